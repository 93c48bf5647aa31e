"""Checks that the pixels of one nucleus in the first channel were halved, and all others left.

    python check_halved.py BEFORE AFTER ID
"""

import sys

import numpy as np
import zarr

before, after = (zarr.open_array(f"{image}/0", mode="r")[:] for image in sys.argv[1:3])
inside = zarr.open_array(f"{sys.argv[1]}/labels/nuclei/0", mode="r")[:] == int(sys.argv[3])
assert before[0][inside].max() > 1
before[0][inside] = np.rint(before[0][inside] / 2)
np.testing.assert_array_equal(after, before)
print(f"{inside.sum()} pixels halved")
