#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The real microscopy image and nuclei mask that ngio's wheel ships, transformed by ngio and by us.

    real_sample.py DIR STEP…   one step after the other:

    make      containers of the sample in DIR/ours and, the same, in DIR/ngio and DIR/before
    loop      runs ngio's loop on DIR/ngio: get_roi_masked, function, set_roi_masked
    crops     compares DIR/crops/… with get_roi and get_roi_masked of DIR/before
    compare   compares all levels of DIR/ours with those of DIR/ngio, bit for bit
"""

import argparse
import shutil
import sys
import warnings
from pathlib import Path

import numpy as np
from ngio import create_synthetic_ome_zarr, open_ome_zarr_container

SHAPES = {"v04": (2, 512, 512), "v05": (2, 1, 512, 768)}
LAYOUTS = {
    "v04": {"ngff_version": "0.4", "axes_names": "cyx", "chunks": (1, 128, 128)},
    "v05": {"ngff_version": "0.5", "chunks": (1, 1, 64, 64), "shards": (1, 1, 256, 256)},
}
LABEL = "nuclei"


def make(work: Path):
    for name, shape in SHAPES.items():
        path = work / "ours" / f"{name}.zarr"
        container = create_synthetic_ome_zarr(
            path, shape=shape, levels=4, channels_meta=["DAPI", "GFP"], overwrite=True, **LAYOUTS[name])
        image = container.get_image()
        second = image.get_array(channel_selection=[1])
        image.set_array(np.flip(second, axis=-1) // 3, channel_selection=[1])
        image.consolidate()
        for copy in ("ngio", "before"):
            shutil.rmtree(work / copy / path.name, ignore_errors=True)
            shutil.copytree(path, work / copy / path.name)
        ids = np.unique(container.get_label(LABEL).get_array())
        print(f"{path.name}: {image.shape} {image.dtype}, {len(ids) - 1} nuclei")


def halved(patch: np.ndarray) -> np.ndarray:
    """What `affine` with scale 0.5 does to a channel: half to even."""
    return np.rint(patch * 0.5).astype(patch.dtype)


def loop(work: Path):
    for name in SHAPES:
        container = open_ome_zarr_container(work / "ngio" / f"{name}.zarr")
        masked = container.get_masked_image(LABEL)
        ids = [roi.label for roi in masked._masking_roi_table.rois()]
        for label in ids:
            patch = masked.get_roi_masked(label=label)
            masked.set_roi_masked(label=label, patch=halved(patch))
        masked.consolidate()
        print(f"{name}.zarr: ngio transformed {len(ids)} nuclei")


def levels(path: Path):
    container = open_ome_zarr_container(path)
    for level in container.level_paths:
        yield f"level {level}", container.get_image(path=level).get_array()
    for label in container.list_labels():
        for level in container.level_paths:
            yield f"label {label} level {level}", container.get_label(label, path=level).get_array()


def compare(work: Path):
    for name in SHAPES:
        ours, theirs = work / "ours" / f"{name}.zarr", work / "ngio" / f"{name}.zarr"
        count = 0
        for (level, left), (_, right) in zip(levels(ours), levels(theirs), strict=True):
            np.testing.assert_array_equal(left, right, err_msg=f"{name}.zarr {level}")
            count += 1
        tables = open_ome_zarr_container(ours).list_tables()
        print(f"{name}.zarr: {count} arrays equal ngio's bit for bit; ngio opens it, tables {tables}")


CROPS = {
    "whole": lambda masked, label: masked.get_roi(label=label),
    "masked": lambda masked, label: masked.get_roi_masked(label=label),
    "zoomed": lambda masked, label: masked.get_roi_masked(
        label=label, zoom_factor=1.5, channel_selection=[1]),
}


def crops(work: Path):
    for name in SHAPES:
        masked = open_ome_zarr_container(work / "before" / f"{name}.zarr").get_masked_image(LABEL)
        ids = [roi.label for roi in masked._masking_roi_table.rois()]
        for kind, expected in CROPS.items():
            folder = work / "crops" / kind / f"{name}.zarr"
            found = sorted(int(file.stem) for file in folder.glob("*.npy"))
            assert found == sorted(ids), f"{folder} holds {found}, expected {sorted(ids)}"
            for label in ids:
                crop = np.load(folder / f"{label}.npy")
                wanted = expected(masked, label)
                assert crop.dtype == wanted.dtype, f"{folder}/{label}.npy is {crop.dtype}"
                np.testing.assert_array_equal(crop, wanted, err_msg=f"{folder}/{label}.npy")
            print(f"{name}.zarr: {len(ids)} crops '{kind}' equal ngio's")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    steps = {"make": make, "loop": loop, "crops": crops, "compare": compare}
    parser.add_argument("work", type=Path)
    parser.add_argument("steps", choices=steps, nargs="+")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    for step in options.steps:
        steps[step](options.work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
