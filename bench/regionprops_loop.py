"""Measures every image of a plate with regionprops_table as Fractal's measure_features calls it, in
two processes, and prints seconds and objects.

    python bench/regionprops_loop.py PLATE [PROCESSES [IMAGES]]      (2 processes, all images)
"""

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import zarr
from skimage import measure

SHAPE = [
    "label", "area", "area_bbox", "num_pixels", "equivalent_diameter_area", "axis_major_length",
    "axis_minor_length", "euler_number", "feret_diameter_max", "perimeter", "perimeter_crofton",
    "eccentricity", "orientation",
]  # fmt: skip
INTENSITY = ["mean", "median", "max", "min", "std"]


def measured(path: Path) -> int:
    image = zarr.open_array(str(path / "0"), mode="r")[...]
    label = zarr.open_array(str(path / "labels" / "nuclei" / "0"), mode="r")[...]
    planes = np.moveaxis(image.reshape(image.shape[0], *image.shape[-2:]), 0, -1)
    table = measure.regionprops_table(
        label_image=label.reshape(label.shape[-2:]),
        intensity_image=planes,
        properties=SHAPE + [f"intensity_{name}" for name in INTENSITY],
        spacing=(0.1625, 0.1625),
        cache=True,
    )
    return len(table["label"])


def main() -> None:
    plate = Path(sys.argv[1])
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    images = sorted(folder.parent.parent for folder in plate.glob("*/*/*/labels/nuclei"))
    images = images[: int(sys.argv[3])] if len(sys.argv) > 3 else images
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(abs, range(processes)))
        start = time.perf_counter()
        objects = sum(pool.map(measured, images))
        print(f"{time.perf_counter() - start:.2f} {objects}")


if __name__ == "__main__":
    main()
