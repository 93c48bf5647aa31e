#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares images that the examples of examples/python made with what the same libraries give for each object, and a
training set, read as docs/crops.md does, with the objects' boxes.

    check_examples.py IMAGE SET  channel 0 of IMAGE, IMAGE_tophat and IMAGE_net; labels `nuclei` and `nuclei_bright`
"""

import re
import sys
from pathlib import Path

import numpy as np
from ngio import open_ome_zarr_container
from scipy import ndimage
from skimage.filters import threshold_otsu

RADIUS, WEIGHT, BIAS = 4, 0.5, 10.0


def first_channel(image):
    return open_ome_zarr_container(image).get_image().get_array(channel_selection=[0])[0]


def main():
    image = sys.argv[1]
    container = open_ome_zarr_container(image)
    ids = container.get_label("nuclei").get_array()
    pixels = first_channel(image)
    tophat, net, bright = pixels.copy(), pixels.copy(), ids.copy()
    y, x = np.mgrid[-RADIUS : RADIUS + 1, -RADIUS : RADIUS + 1]
    disk = (y**2 + x**2 <= RADIUS**2)[(None,) * (ids.ndim - 2)]
    for label, box in enumerate(ndimage.find_objects(ids), 1):
        if box is None:
            continue
        mask = ids[box] == label
        tophat[box][mask] = ndimage.white_tophat(pixels[box], footprint=disk)[mask]
        inside = pixels[box][mask]
        net[box][mask] = np.clip(np.rint(np.maximum(inside.astype(np.float32) * WEIGHT + BIAS, 0)), 0, 65535)
        bright[box][mask & (pixels[box] <= threshold_otsu(inside))] = 0
    results = {
        "tophat": (pixels, tophat, first_channel(f"{image}_tophat")),
        "net": (pixels, net, first_channel(f"{image}_net")),
        "bright": (ids, bright, container.get_label("nuclei_bright").get_array()),
    }
    wrong = 0
    for name, (before, expected, found) in results.items():
        changed, unlike = np.count_nonzero(expected != before), np.count_nonzero(expected != found)
        print(f"{name}: {changed} pixels are to change, {unlike} are not as expected")
        wrong += unlike > 0 or changed == 0
    return 1 if wrong or not is_set(Path(sys.argv[2]), image, container, ids) else 0


def is_set(folder, image, container, ids):
    """Whether the training set holds each object in the middle of its crop."""
    text = (Path(__file__).parents[3] / "docs" / "crops.md").read_text()
    space = {}
    exec(re.search("```python\n(.*?)```", text, re.DOTALL).group(1), space)
    crops = space["Crops"](folder)
    pixels = container.get_image().get_array()
    boxes = ndimage.find_objects(ids)
    same = len(crops) == sum(box is not None for box in boxes)
    same &= all(Path(place).samefile(image) for place in crops.crops["images"][:])
    for crop, mask, label in (crops[index] for index in range(len(crops))):
        box = boxes[label - 1]
        lengths = [part.stop - part.start for part in box]
        middle = tuple(slice((n - m) // 2, (n - m) // 2 + m) for n, m in zip(mask.shape, lengths))
        same &= np.array_equal(crop[(slice(None), *middle)], pixels[(slice(None), *box)])
        same &= np.array_equal(mask[middle], ids[box] == label)
        same &= np.count_nonzero(mask) == np.count_nonzero(ids == label)
    print(f"training set: {len(crops)} objects, as in the image: {bool(same)}")
    return same


if __name__ == "__main__":
    sys.exit(main())
