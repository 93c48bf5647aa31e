# SPDX-License-Identifier: Apache-2.0
"""Prints the sum of the pixels of each level of an image and its label image, as ngio, zarr-python and TensorStore read them.

    python -W ignore check_copied.py IMAGE LABEL
"""

import sys
from pathlib import Path

import numpy as np
import tensorstore as ts
import zarr
from ngio import open_ome_zarr_container


def main(image: Path, label: str):
    container = open_ome_zarr_container(image, mode="r")
    read = {path: container.get_image(path=path).get_array() for path in container.level_paths}
    read[f"labels/{label}/0"] = container.get_label(label, path="0").get_array()
    for path, pixels in read.items():
        np.testing.assert_array_equal(pixels, zarr.open_array(image / path, mode="r")[...], err_msg=path)
        place = {"driver": "file", "path": str(image / path)}
        stored = ts.open({"driver": "zarr3", "kvstore": place}).result().read().result()
        np.testing.assert_array_equal(pixels, stored, err_msg=path)
        print(path, int(pixels.sum()))


main(Path(sys.argv[1]), sys.argv[2])
