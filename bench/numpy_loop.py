"""What the benchmark's job takes with numpy, scipy and ngio in two processes.

    python bench/numpy_loop.py PLATE

Whole channels in memory, a loop over scipy's find_objects, the pyramid by ngio: halves every pixel of
every nucleus of every image of the plate, in place.
"""

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import zarr
from ngio import open_ome_zarr_container
from scipy.ndimage import find_objects


def halve(image: str) -> int:
    pixels = zarr.open_array(f"{image}/0", mode="r+")
    labels = zarr.open_array(f"{image}/labels/nuclei/0", mode="r")[0]
    boxes = find_objects(labels)
    for channel in range(pixels.shape[0]):
        plane = pixels[channel, 0]
        for label, box in enumerate(boxes, start=1):
            if box is not None:
                patch, mask = plane[box], labels[box] == label
                patch[mask] = np.rint(patch[mask] * 0.5)
        pixels[channel, 0] = plane
    open_ome_zarr_container(image).get_image().consolidate()
    return sum(box is not None for box in boxes)


if __name__ == "__main__":
    images = sorted(str(path.parent) for path in Path(sys.argv[1]).glob("*/*/*/0") if path.is_dir())
    start = time.perf_counter()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        objects = sum(processes.map(halve, images))
    seconds = time.perf_counter() - start
    print(f"{len(images)} images, {objects} objects, {seconds:.1f} s, {seconds / len(images):.2f} s an image")
