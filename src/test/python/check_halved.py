"""Checks that the pixels of one nucleus, or all, in the first channel were halved, and the rest left.

    python check_halved.py BEFORE AFTER [ID]
"""

import sys

import numpy as np
import zarr

before, after = (zarr.open_array(f"{image}/0", mode="r")[:] for image in sys.argv[1:3])
labels = zarr.open_array(f"{sys.argv[1]}/labels/nuclei/0", mode="r")[:]
inside = labels == int(sys.argv[3]) if len(sys.argv) > 3 else labels > 0
assert before[0][inside].max() > 1
before[0][inside] = np.rint(before[0][inside] / 2)
np.testing.assert_array_equal(after, before)
print(f"{inside.sum()} pixels halved")
