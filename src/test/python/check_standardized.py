"""Checks what the example project's transform made of an image.

    python check_standardized.py IMAGE MEAN

IMAGE_a and IMAGE_b come from two runs of the same job: they are equal, every nucleus of their first
channel has that mean but for rounding and clipping, and everything else is as in IMAGE.
"""

import sys

import numpy as np
import zarr

image, mean = sys.argv[1], float(sys.argv[2])
before, first, second = (zarr.open_array(f"{image}{name}/0", mode="r")[:] for name in ("", "_a", "_b"))
labels = zarr.open_array(f"{image}/labels/nuclei/0", mode="r")[:]
np.testing.assert_array_equal(first, second)
np.testing.assert_array_equal(first[1:], before[1:])
np.testing.assert_array_equal(first[0][labels == 0], before[0][labels == 0])
ids = np.unique(labels[labels > 0])
means = np.array([first[0][labels == label].mean() for label in ids])
assert np.all(np.abs(means - mean) < 20), means
print(f"{len(ids)} nuclei have a mean of {means.min():.1f} to {means.max():.1f}")
