# SPDX-License-Identifier: Apache-2.0
"""Where ngio puts regions of interest: pure arithmetic, one axis a row.

`slices.csv.gz`: a ROI (world units) on an image axis and on a label axis, zoomed; the ranges of
pixels that ngio reads of both and the length it resamples the label to. An empty start or length is
open. `nearest.csv.gz`: which source index each target index takes when ngio resamples a label.
`linear.csv.gz`: an axis of float64 values resampled as ngio resamples images.
"""

import csv
import gzip
import io
from pathlib import Path

import numpy as np
from ngio.common import Roi
from ngio.common._dimensions import Dimensions
from ngio.common._zoom import numpy_zoom
from ngio.io_pipes._io_pipe_ops import roi_to_slicing_dict
from ngio.io_pipes._ops_slices import build_slicing_ops
from ngio.io_pipes._zoom_transform import BaseZoomTransform
from ngio.ome_zarr_meta.ngio_specs import build_canonical_axes_handler
from ngio.ome_zarr_meta.ngio_specs._dataset import Dataset

CASES = 4000
ZOOMS = [1.0, 1.0, 2.0, 1.5, 0.5, 1.1, 0.3, 3.0, 1.25, 0.75]
PIXELS = [0.1625, 0.325, 0.65, 1.0, 0.2, 0.1, 0.36, 2.5, 0.108333333333]
RATIOS = [1.0, 1.0, 2.0, 4.0, 8.0, 0.5, 0.25, 3.0, 1.5, 1.7]


def dimensions(length: int, pixel: float) -> Dimensions:
    axes = build_canonical_axes_handler(axes_names=["y", "x"])
    dataset = Dataset(path="0", axes_handler=axes, scale=[1.0, pixel])
    return Dimensions(shape=(1, length), chunks=(1, length), dataset=dataset)


def interval(rng, length: int, pixel: float, label_pixel: float) -> tuple[float | None, float | None]:
    kind = rng.integers(0, 8)
    if kind == 0:
        return None, None
    if kind == 1:
        return float(rng.uniform(-3, length + 3)) * pixel, None
    if kind <= 3:
        # As a table computed from the label image has it: whole label pixels.
        cells = max(1, int(length * pixel / label_pixel))
        first = int(rng.integers(0, cells))
        count = int(rng.integers(1, min(60, cells - first) + 1))
        return first * label_pixel, count * label_pixel
    if kind <= 5:
        # Close to whole pixels, on both sides of the tolerance of 0.01.
        off = rng.choice([0.0, 0.003, 0.00999999, 0.01, 0.0100001, 0.02, -0.009, -0.01, -0.011], size=2)
        start = int(rng.integers(-4, length + 4)) + off[0]
        count = max(0.0, int(rng.integers(0, 60)) + off[1])
        return float(start * pixel), float(count * pixel)
    return float(rng.uniform(-20, length + 5)) * pixel, float(rng.uniform(0, 80)) * pixel


def slice_row(rng) -> list:
    pixel = float(rng.choice(PIXELS))
    label_pixel = pixel * float(rng.choice(RATIOS))
    length = int(rng.integers(1, 300)) if rng.random() < 0.8 else int(rng.integers(300, 50_000))
    label_length = max(1, int(length * pixel / label_pixel))
    start, extent = interval(rng, length, pixel, label_pixel)
    zoom = float(rng.choice(ZOOMS))
    image, label = dimensions(length, pixel), dimensions(label_length, label_pixel)
    roi = Roi.from_values(slices={"y": (None, None), "x": (start, extent)}, name="r").zoom(zoom)
    low, high = read(image, roi).normalized_slicing_tuple[1].indices(length)[:2]
    label_ops = read(label, roi)
    label_low, label_high = label_ops.normalized_slicing_tuple[1].indices(label_length)[:2]
    zoomer = BaseZoomTransform(input_dimensions=label, target_dimensions=image)
    _, out = zoomer._compute_zoom_shape((1, label_high - label_low), ("y", "x"), label_ops)
    known = [length, pixel, label_length, label_pixel, start, extent, zoom]
    return known + [low, max(low, high), label_low, max(label_low, label_high), out]


def read(grid: Dimensions, roi: Roi):
    slices = roi_to_slicing_dict(roi=roi, pixel_size=grid.pixel_size)
    return build_slicing_ops(dimensions=grid, slicing_dict=slices)


def slices() -> list[list]:
    rng = np.random.default_rng(11)
    head = ["length", "pixel", "label_length", "label_pixel", "start", "extent", "zoom"]
    head += ["low", "high", "label_low", "label_high", "resampled"]
    return [head] + [slice_row(rng) for _ in range(CASES)]


def nearest() -> list[list]:
    rng = np.random.default_rng(12)
    pairs = [(a, b) for a in range(1, 33) for b in range(1, 33)] + [(2, 49)]
    pairs += [tuple(map(int, rng.integers(1, 400, size=2))) for _ in range(60)]
    rows = [["source", "target", "indices"]]
    for source, target in pairs:
        line = np.arange(source, dtype=np.uint32).reshape(1, source)
        taken = numpy_zoom(line, target_shape=(1, target), order="nearest")[0]
        rows.append([source, target, " ".join(map(str, taken))])
    return rows


def linear() -> list[list]:
    rng = np.random.default_rng(13)
    rows = [["source", "target", "values", "resampled"]]
    for source in [*range(1, 24), 50, 101]:
        for target in {max(1, source // 2), max(1, source // 3), max(1, source // 4), source}:
            line = rng.uniform(-100, 100, size=(1, source)).round(3)
            taken = numpy_zoom(line, target_shape=(1, target), order="linear")[0]
            values = [" ".join(map(repr, map(float, v))) for v in (line[0], taken)]
            rows.append([source, target, *values])
    return rows


def write(file: Path, rows: list[list]):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    with open(file, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.getvalue().encode())


def make(root: Path):
    root.mkdir(parents=True)
    write(root / "slices.csv.gz", slices())
    write(root / "nearest.csv.gz", nearest())
    write(root / "linear.csv.gz", linear())
