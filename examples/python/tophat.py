# SPDX-License-Identifier: Apache-2.0
"""Removes from objects what is larger than a disk, with scipy.

    ./submit.sh transform plate.zarr --label nuclei --zoom 1.5 --suffix TopHat \
        --transform examples/python/tophat.py:tophat --param radius=7
"""

import numpy as np
from ngff_spark import masked_transform
from scipy import ndimage


@masked_transform(channelwise=True)
def tophat(patch, mask, notes, *, radius: int = 5):
    """Removes from each plane what a disk fits into.

    Parameters
    ----------
    radius : int
        Radius of the disk, in pixels.
    """
    if min(patch.shape[-2:]) < 3:
        notes.append("kept: smaller than 3 pixels")
        return None
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    disk = y**2 + x**2 <= radius**2
    # The axes before y and x are channels, time points and planes, each by itself.
    footprint = disk.reshape((1,) * (patch.ndim - 2) + disk.shape)
    return ndimage.white_tophat(patch, footprint=footprint)
