#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes small containers with feature tables by Fractal's task `measure_features`.

    python3 -m venv fractal && fractal/bin/pip install -r src/test/python/requirements-fractal.txt
    fractal/bin/python src/test/python/make_fractal.py

The task needs an older ngio than the other fixtures, so that it has an environment of its own and
its fixtures are not made anew by CI.
"""

import logging
import shutil
import warnings
from pathlib import Path

import numpy as np
import zarr
from fractal_tasks_core.measure_features import (
    IntensityFeatures,
    ShapeFeatures,
    measure_features,
)
from ngio import create_ome_zarr_from_array
from scipy import ndimage

GOLDEN = Path(__file__).resolve().parents[1] / "resources" / "golden" / "fractal"
# Name: axes, lengths, length of a pixel in y and x, in z, version.
CASES = {
    "plane-v04": ("cyx", (2, 60, 70), 0.325, 1.0, "0.4"),
    "plane-v05": ("czyx", (2, 1, 60, 70), 0.5, 1.0, "0.5"),
    "stack-v05": ("czyx", (1, 6, 30, 36), 0.5, 2.0, "0.5"),
    "movie-v04": ("tczyx", (3, 1, 1, 30, 40), 0.5, 1.0, "0.4"),
    "lowres-v04": ("cyx", (1, 60, 80), 0.25, 1.0, "0.4"),
}


def objects(name: str, shape: tuple) -> np.ndarray:
    rng = np.random.default_rng(sum(map(ord, name)))
    grid = rng.standard_normal(shape)
    grid = ndimage.gaussian_filter(grid, [0] * (len(shape) - 2) + [2, 2])
    labels, _ = ndimage.label(grid > 0.08)
    labels[rng.random(shape) < 0.01] = 0
    return labels.astype("uint32")


def make(name: str, axes: str, shape: tuple, pixel: float, plane: float, version: str) -> None:
    path = GOLDEN / f"{name}.zarr"
    rng = np.random.default_rng(1)
    image = rng.integers(0, 4000, shape).astype("uint16")
    channels = ["DAPI", "GFP 488"][: shape[axes.index("c")]]
    container = create_ome_zarr_from_array(
        str(path),
        image,
        pixelsize=pixel,
        z_spacing=plane,
        axes_names=axes,
        levels=1,
        channels_meta=channels,
        ngff_version=version,
    )
    fine = tuple(n for axis, n in zip(axes, shape) if axis != "c")
    if name.startswith("lowres"):
        coarse = (fine[0] // 2, fine[1] // 2)
        label = container.derive_label("nuclei", shape=coarse, pixelsize=2 * pixel)
        label.set_array(objects(name, coarse))
    else:
        label = container.derive_label("nuclei")
        label.set_array(objects(name, fine))
    label.consolidate()
    measure_features(
        zarr_url=str(path),
        input_label_name="nuclei",
        output_table_name="features",
        features=[ShapeFeatures(include_convex_hull_properties=True), IntensityFeatures()],
        advanced_options={"table_backend": "anndata"},
    )
    # Regions are named after a set, in an order that changes from run to run.
    for region in (path / "tables" / "features" / "obs").glob("region"):
        shutil.rmtree(region)
    rewrite(path / "tables" / "features")


def rewrite(table: Path) -> None:
    obs = zarr.open_group(str(table / "obs"))
    obs.attrs["column-order"] = [c for c in obs.attrs["column-order"] if c != "region"]


def main() -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for name, case in CASES.items():
        make(name, *case)


if __name__ == "__main__":
    main()
