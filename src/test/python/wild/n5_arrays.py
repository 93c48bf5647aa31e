# SPDX-License-Identifier: Apache-2.0
"""N5 data sets of every type and compression that TensorStore and zarr-python 2 write.

    python n5_arrays.py OUT

Arrays are z, y, x with blocks that do not divide them, one of them all zero. `index.json` names for
each the .npy file that holds its content.
"""

import json
import sys
import warnings
from pathlib import Path

import numcodecs
import numpy as np
import tensorstore as ts
import zarr

warnings.simplefilter("ignore")

OUT = Path(sys.argv[1])
SHAPE = (3, 5, 4)
BLOCKS = (2, 3, 4)
TYPES = ["uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "float32", "float64"]
TENSORSTORE = {
    "raw": {"type": "raw"},
    "gzip": {"type": "gzip", "level": 6},
    "zlib": {"type": "gzip", "level": 1, "useZlib": True},
    "bzip2": {"type": "bzip2", "blockSize": 2},
    "xz": {"type": "xz", "preset": 1},
    "zstd": {"type": "zstd", "level": 3},
    "blosc": {"type": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1},
}
ZARR_PYTHON = {
    "raw": None,
    "gzip": numcodecs.GZip(1),
    "zlib": numcodecs.Zlib(1),
    "bzip2": numcodecs.BZ2(1),
    "xz": numcodecs.LZMA(preset=1),
    "zstd": numcodecs.Zstd(1),
    "blosc": numcodecs.Blosc("zstd", 3, numcodecs.Blosc.BITSHUFFLE),
}


def content(name):
    rng = np.random.default_rng(len(name))
    kind = np.dtype(name)
    if kind.kind == "f":
        values = (rng.standard_normal(SHAPE) * 100).astype(kind)
        values[0, 0] = [np.inf, -0.0, np.finfo(kind).max, np.finfo(kind).tiny]
    else:
        limits = np.iinfo(kind)
        values = rng.integers(limits.min, limits.max, SHAPE, dtype=kind, endpoint=True)
        values[0, 0] = [limits.min, limits.max, 1, 0]
    values[2:, 3:] = 0
    return values


def tensorstore(path, values, compression):
    array = ts.open(
        {
            "driver": "n5",
            "kvstore": {"driver": "file", "path": str(path)},
            "metadata": {
                "dimensions": SHAPE[::-1],
                "blockSize": BLOCKS[::-1],
                "dataType": values.dtype.name,
                "compression": compression,
            },
            "create": True,
        }
    ).result()
    array.write(values.T).result()
    assert (array.read().result().T == values).all()


def zarr_python(store, name, values, compressor):
    array = zarr.create(
        SHAPE, chunks=BLOCKS, dtype=values.dtype, compressor=compressor, store=store, path=name
    )
    array[:] = values
    array.attrs["made by"] = "zarr-python"


index = []
store = zarr.N5Store(str(OUT / "zarr-python"))
zarr.group(store)
for each in TYPES:
    expected = content(each)
    np.save(OUT / f"{each}.npy", expected)
    for name, compression in TENSORSTORE.items():
        tensorstore(OUT / "tensorstore" / f"{each}-{name}", expected, compression)
        index.append({"array": f"tensorstore/{each}-{name}", "expected": f"{each}.npy"})
    for name, compressor in ZARR_PYTHON.items():
        zarr_python(store, f"{each}-{name}", expected, compressor)
        index.append({"array": f"zarr-python/{each}-{name}", "expected": f"{each}.npy"})
(OUT / "index.json").write_text(json.dumps({"arrays": index}, indent=1) + "\n")
