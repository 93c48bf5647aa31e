"""What one object and channel takes in a loop over ngio's masked image, on the benchmark's plate.

    python bench/ngio_loop.py IMAGE [OBJECTS]      (20 objects, spread over the image)

Halves the pixels of each object in one channel, in place.
"""

import sys
import time

import numpy as np
from ngio import open_ome_zarr_container

image = open_ome_zarr_container(sys.argv[1]).get_masked_image("nuclei")
count = int(sys.argv[2]) if len(sys.argv) > 2 else 20
labels = np.linspace(1, 2900, count).astype(int)
start = time.perf_counter()
for label in labels:
    patch = image.get_roi_masked(int(label), channel_selection=0)
    image.set_roi_masked(int(label), patch // 2, channel_selection=0)
seconds = time.perf_counter() - start
print(f"{count} objects of one channel: {1000 * seconds / count:.0f} ms an object")
