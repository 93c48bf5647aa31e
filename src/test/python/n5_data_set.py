#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A data set of N5 by TensorStore, without metadata of an image, before and after the program changed it.

    n5_data_set.py make|check DIR

`check` expects that 10 was added to the objects of `raw` in place, and a new `rawNew` beside it.
"""

import json
import sys
from pathlib import Path

import numpy as np
import tensorstore as ts

SHAPE = (3, 40, 50)
AFTER = {"axes": ["x", "y", "z"], "pixelResolution": {"unit": "um", "dimensions": [0.25, 0.5, 2]}}


def pixels() -> np.ndarray:
    return np.random.default_rng(1).integers(0, 4000, SHAPE).astype("uint16")


def labels() -> np.ndarray:
    ids = np.zeros(SHAPE, "uint32")
    ids[:, 5:20, 7:30] = 3
    ids[1:, 22:37, 20:45] = 4
    return ids


def make(path: Path, values: np.ndarray, compression: dict) -> None:
    array = ts.open(
        {
            "driver": "n5",
            "kvstore": {"driver": "file", "path": str(path)},
            "metadata": {
                "dimensions": SHAPE[::-1],
                "blockSize": (16, 16, 2),
                "dataType": values.dtype.name,
                "compression": compression,
            },
            "create": True,
        }
    ).result()
    array.write(values.T).result()


def same(path: Path, expected: np.ndarray) -> None:
    store = ts.open({"driver": "n5", "kvstore": {"driver": "file", "path": str(path)}}).result()
    assert store.chunk_layout.read_chunk.shape == (16, 16, 2), store.chunk_layout
    np.testing.assert_array_equal(store.read().result().T, expected, err_msg=str(path))
    print(f"TensorStore reads {path.name} as expected")


def main(mode: str, folder: Path) -> None:
    raw = folder / "raw"
    if mode == "make":
        make(raw, pixels(), {"type": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1})
        make(folder / "labels" / "nuclei", labels(), {"type": "gzip", "level": 1})
        return
    changed = np.where(labels() > 0, pixels() + 10, pixels())
    same(raw, changed)
    same(folder / "rawNew", np.where(labels() > 0, changed + 10, changed))
    told = json.loads((raw / "attributes.json").read_text())
    assert set(told) == {"dimensions", "blockSize", "dataType", "compression", "ngff-spark"}, told
    new = json.loads((folder / "rawNew" / "attributes.json").read_text())
    assert {name: new[name] for name in AFTER} == AFTER, new


main(sys.argv[1], Path(sys.argv[2]))
