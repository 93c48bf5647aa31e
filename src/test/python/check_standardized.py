"""Checks what two runs of the example project's transform made of an image, the second from the first.

    python check_standardized.py BEFORE FIRST MEAN SECOND MEAN

Every nucleus has that mean but for rounding and clipping, in each channel, and everything else is as before.
"""

import sys

import numpy as np
import zarr

images = [sys.argv[1], sys.argv[2], sys.argv[4]]
before, first, second = (zarr.open_array(f"{image}/0", mode="r")[:] for image in images)
labels = zarr.open_array(f"{images[0]}/labels/nuclei/0", mode="r")[:]
for pixels, mean in ((first, float(sys.argv[3])), (second, float(sys.argv[5]))):
    for channel in range(len(pixels)):
        np.testing.assert_array_equal(pixels[channel][labels == 0], before[channel][labels == 0])
        means = np.array([pixels[channel][labels == label].mean() for label in np.unique(labels[labels > 0])])
        assert np.all(np.abs(means - mean) < 20), means
        print(f"{len(means)} nuclei have a mean of {means.min():.1f} to {means.max():.1f}")
