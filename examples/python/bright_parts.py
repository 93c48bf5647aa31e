# SPDX-License-Identifier: Apache-2.0
"""Leaves of each object what Otsu's threshold calls bright, with scikit-image: new label pixels.

    ./submit.sh transform plate.zarr --label nuclei --on-label nuclei --suffix Bright \
        --transform examples/python/bright_parts.py:bright_parts --param channel=0
"""

import functools

import numpy as np
import zarr
from ngff_spark import masked_transform
from skimage.filters import threshold_otsu


@functools.lru_cache(maxsize=1)
def open_level(image):
    """The finest level, whose pixels are those of the label image too. It is opened once an image."""
    return zarr.open_array(f"{image}/0", mode="r")


@masked_transform(target="labels")
def bright_parts(patch, mask, image, origin, *, channel: int = 0):
    """Takes pixels away that are darker than the object's threshold.

    Parameters
    ----------
    channel : int
        Channel whose pixels are looked at.
    """
    place = tuple(slice(start, start + length) for start, length in zip(origin, patch.shape))
    pixels = open_level(image)[(channel, ...) + place]
    inside = pixels[mask]
    if inside.min() == inside.max():
        return None
    return np.where(pixels > threshold_otsu(inside), patch, 0)
