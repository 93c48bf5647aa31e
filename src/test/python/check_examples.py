#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares images that the commands of examples/python made with what the same libraries give for each object of
ngio's masked image, and the training set of docs/crops.md, read as it says, with the objects' boxes.

    check_examples.py PLATE FOLDER    the folder has tophat, net and bright, of the image B/03/0, and train.zarr
"""

import re
import shutil
import sys
from pathlib import Path

import numpy as np
from ngio import open_ome_zarr_container
from scipy import ndimage
from skimage.filters import threshold_otsu

# As in the commands.
RADIUS, ZOOM = 7, 1.5
WEIGHT, BIAS = 0.5, 10.0


def pixels(image):
    return open_ome_zarr_container(image).get_image().get_array()


def tophat(image, scratch):
    """By ngio's loop: read from the image, written into a copy."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(image, scratch)
    y, x = np.mgrid[-RADIUS : RADIUS + 1, -RADIUS : RADIUS + 1]
    before = open_ome_zarr_container(image).get_masked_image("nuclei")
    after = open_ome_zarr_container(scratch).get_masked_image("nuclei")
    for label in np.unique(open_ome_zarr_container(image).get_label("nuclei").get_array()):
        if label == 0:
            continue
        patch = before.get_roi(label=int(label), zoom_factor=ZOOM)
        disk = (y**2 + x**2 <= RADIUS**2).reshape((1,) * (patch.ndim - 2) + y.shape)
        after.set_roi_masked(label=int(label), patch=ndimage.white_tophat(patch, footprint=disk), zoom_factor=ZOOM)
    return pixels(scratch)


def main():
    plate, kept = map(Path, sys.argv[1:])
    image = plate / "B/03/0"
    container = open_ome_zarr_container(image)
    ids = container.get_label("nuclei").get_array()
    before = pixels(image)
    net, bright = before.copy(), ids.copy()
    for label, box in boxes(ids).items():
        mask = ids[box] == label
        inside = before[0][box][mask]
        net[0][box][mask] = np.clip(np.rint(np.maximum(inside.astype(np.float32) * WEIGHT + BIAS, 0)), 0, 65535)
        bright[box][mask & (before[0][box] <= threshold_otsu(inside))] = 0
    results = {
        "tophat": (before, tophat(image, kept / "by-ngio"), pixels(kept / "tophat")),
        "net": (before, net, pixels(kept / "net")),
        "bright": (ids, bright, open_ome_zarr_container(kept / "bright").get_label("nucleiBright").get_array()),
    }
    wrong = 0
    for name, (before, expected, found) in results.items():
        changed, unlike = np.count_nonzero(expected != before), np.count_nonzero(expected != found)
        print(f"{name}: {changed} pixels are to change, {unlike} are not as expected")
        wrong += unlike > 0 or changed == 0
    return 1 if wrong or not is_set(kept / "train.zarr", plate) else 0


def boxes(ids):
    return {label: box for label, box in enumerate(ndimage.find_objects(ids), 1) if box is not None}


def is_set(folder, plate):
    """Whether the training set holds each object of the plate in the middle of its crop."""
    text = (Path(__file__).parents[3] / "docs" / "crops.md").read_text()
    space = {}
    exec(re.search("```python\n(.*?)```", text, re.DOTALL).group(1), space)
    crops = space["Crops"](folder)
    images = [Path(place).relative_to(Path(place).parents[2]) for place in crops.crops["images"][:]]
    same, count = True, 0
    for image in dict.fromkeys(images):
        container = open_ome_zarr_container(plate / image)
        before, ids = container.get_image().get_array(), container.get_label("nuclei").get_array()
        place = boxes(ids)
        count += len(place)
        for index in (index for index, own in enumerate(images) if own == image):
            crop, mask, label = crops[index]
            lengths = [part.stop - part.start for part in place[label]]
            middle = tuple(slice((n - m) // 2, (n - m) // 2 + m) for n, m in zip(mask.shape, lengths))
            same &= np.array_equal(crop[(slice(None), *middle)], before[(slice(None), *place[label])])
            same &= np.array_equal(mask[middle], ids[place[label]] == label)
            same &= np.count_nonzero(mask) == np.count_nonzero(ids == label)
    same &= len(crops) == count and len(set(images)) == 2
    print(f"training set: {len(crops)} objects of {len(set(images))} images, as in them: {bool(same)}")
    return same


if __name__ == "__main__":
    sys.exit(main())
