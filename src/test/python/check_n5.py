#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens the data sets that org.ngffspark.interop.WriteN5 wrote, with TensorStore and zarr-python 2.

    check_n5.py DIR
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import tensorstore as ts
import zarr

warnings.simplefilter("ignore")


def same(what: str, actual: np.ndarray, expected: np.ndarray) -> None:
    assert actual.dtype == expected.dtype, f"{what}: {actual.dtype}"
    np.testing.assert_array_equal(actual.tobytes(), expected.tobytes(), err_msg=what)


def main(folder: Path) -> None:
    counts = {"TensorStore": 0, "zarr-python": 0}
    store = zarr.N5Store(str(folder))
    for entry in json.loads((folder / "index.json").read_text())["arrays"]:
        name, expected = entry["array"], np.load(folder / entry["expected"])
        # TensorStore does not read the settings of zstd that zarr-python writes, and that stay.
        if not (name.startswith("zarr-python/") and name.endswith("zstd")):
            kvstore = {"driver": "file", "path": str(folder / name)}
            array = ts.open({"driver": "n5", "kvstore": kvstore}).result()
            same(name, np.ascontiguousarray(array.read().result().T), expected)
            counts["TensorStore"] += 1
        same(name, zarr.open_array(store, mode="r", path=name)[...], expected)
        counts["zarr-python"] += 1
    for program, count in counts.items():
        assert count > 100, f"{program} read {count} data sets"
        print(f"{program} reads {count} data sets of N5")


main(Path(sys.argv[1]))
