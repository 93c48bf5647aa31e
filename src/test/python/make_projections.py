#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes small stacks and what Fractal's task `projection` and numpy make of them.

    python3 -m venv fractal && fractal/bin/pip install -r src/test/python/requirements-fractal.txt
    fractal/bin/python src/test/python/make_projections.py

Beside each stack lie `NAME.npz`, by method the projected levels, and `NAME.json`, the attributes of the
projected image and the regions of its tables. What the task has not is numpy's alone: `std`, labels. Not
made anew by CI, as those of `make_fractal.py`.
"""

import json
import logging
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
from fractal_tasks_core._projection_utils import DaskProjectionMethod
from fractal_tasks_core.projection import projection
from ngio import create_ome_zarr_from_array, open_ome_zarr_container

GOLDEN = Path(__file__).resolve().parents[1] / "resources" / "golden" / "projections"
METHODS = {
    "max": DaskProjectionMethod.MIP,
    "min": DaskProjectionMethod.MINIP,
    "mean": DaskProjectionMethod.MEANIP,
    "sum": DaskProjectionMethod.SUMIP,
}
# Name: axes, lengths, type, version. The task writes uint16 whatever it reads, so that other types are numpy's.
CASES = {
    "stack-v04": ("czyx", (2, 5, 30, 40), "uint16", "0.4"),
    "stack-v05": ("czyx", (1, 7, 33, 20), "uint16", "0.5"),
    "movie-v05": ("tczyx", (2, 1, 3, 16, 18), "uint16", "0.5"),
    "bytes-v04": ("zyx", (4, 12, 14), "uint8", "0.4"),
    "signed-v05": ("zyx", (4, 12, 14), "int16", "0.5"),
    "float-v04": ("zyx", (6, 12, 14), "float32", "0.4"),
}


def pixels(shape: tuple, kind: str) -> np.ndarray:
    rng = np.random.default_rng(5)
    if kind.startswith("float"):
        return (rng.integers(-4000, 4000, shape) / 8).astype(kind)
    return rng.integers(0, np.iinfo(kind).max, shape, endpoint=True).astype(kind)


def labels(shape: tuple) -> np.ndarray:
    return np.random.default_rng(6).integers(0, 4, shape).astype("uint32")


def make(path: Path, axes: str, shape: tuple, kind: str, version: str) -> None:
    container = create_ome_zarr_from_array(
        str(path),
        pixels(shape, kind),
        pixelsize=0.5,
        z_spacing=2.0,
        axes_names=axes,
        levels=2,
        channels_meta=["DAPI", "GFP"][: dict(zip(axes, shape)).get("c", 1)],
        ngff_version=version,
    )
    label = container.derive_label("nuclei")
    label.set_array(labels(tuple(n for axis, n in zip(axes, shape) if axis != "c")))
    label.consolidate()
    container.add_table("FOV_ROI_table", container.build_image_roi_table("FOV"), backend="csv")
    container.add_table("nuclei_ROI", container.build_masking_roi_table("nuclei"), backend="csv")


def by_numpy(image: np.ndarray, z: int) -> dict:
    values = image.astype("float64")
    made = {
        "max": values.max(axis=z, keepdims=True),
        "min": values.min(axis=z, keepdims=True),
        "mean": values.mean(axis=z, keepdims=True),
        "sum": values.sum(axis=z, keepdims=True),
        "std": values.std(axis=z, keepdims=True),
    }
    if image.dtype.kind != "f":
        limits = np.iinfo(image.dtype)
        made["mean"] = np.trunc(made["mean"])
        made["sum"] = made["sum"].clip(limits.min, limits.max)
        made["std"] = np.rint(made["std"])
    return {f"{name}-numpy": array.astype(image.dtype) for name, array in made.items()}


def expected(path: Path, axes: str, kind: str) -> tuple[dict, dict]:
    container = open_ome_zarr_container(str(path))
    arrays, told = by_numpy(container.get_image().get_as_numpy(), axes.index("z")), {}
    ids = container.get_label("nuclei").get_as_numpy()
    arrays["nuclei"] = ids.max(axis=axes.replace("c", "").index("z"), keepdims=True)
    for name, method in METHODS.items() if kind == "uint16" else ():
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / path.name
            shutil.copytree(path, source)
            projection(zarr_url=str(source), method=method)
            made = source.parent / f"{path.stem}_{method.abbreviation}.zarr"
            container = open_ome_zarr_container(str(made))
            for level in range(container.levels):
                arrays[f"{name}-{level}"] = container.get_image(path=str(level)).get_as_numpy()
            told[name] = attributes(made)
            told[name]["regions"] = {
                roi.name: {each.axis_name: [each.start, each.length] for each in roi.slices}
                for roi in container.get_generic_roi_table("FOV_ROI_table").rois()
            }
    return arrays, told


def attributes(image: Path) -> dict:
    file = image / ".zattrs"
    if file.exists():
        return json.loads(file.read_text())
    return json.loads((image / "zarr.json").read_text())["attributes"]["ome"]


def main() -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for name, (axes, shape, kind, version) in CASES.items():
        path = GOLDEN / f"{name}.zarr"
        make(path, axes, shape, kind, version)
        arrays, told = expected(path, axes, kind)
        np.savez_compressed(GOLDEN / f"{name}.npz", **arrays)
        (GOLDEN / f"{name}.json").write_text(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
