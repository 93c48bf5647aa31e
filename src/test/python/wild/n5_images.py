# SPDX-License-Identifier: Apache-2.0
"""Images in N5 by the conventions of N5 viewer, BigDataViewer and COSEM, and a data set that tells its axes.

    python n5_images.py OUT

TensorStore and zarr-python 2 write the arrays; the attributes are those that the conventions name. `expected.json`
has for each image its axes, the scales of its levels, its label images and the .npy files of the finest levels.
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
SHAPE = (4, 20, 24)
BLOCKS = (2, 8, 16)
# From x on, as N5 writes them.
SIZE = [0.25, 0.5, 2.0]
FACTORS = [[1, 1, 1], [2, 2, 1], [4, 4, 1]]
UNIT = "um"


def pixels(seed):
    return np.random.default_rng(seed).integers(0, 4000, SHAPE).astype("uint16")


def nuclei():
    ids = np.zeros(SHAPE, "uint64")
    ids[:, 2:9, 3:12] = 7
    ids[1:3, 11:18, 13:22] = 300
    return ids


def coarser(values, factors):
    return values[:, :: factors[1], :: factors[0]]


def tensorstore(path, values, **metadata):
    array = ts.open(
        {
            "driver": "n5",
            "kvstore": {"driver": "file", "path": str(OUT / path)},
            "metadata": {
                "dimensions": values.shape[::-1],
                "blockSize": BLOCKS[::-1],
                "dataType": values.dtype.name,
                "compression": {"type": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1},
                **metadata,
            },
            "create": True,
        }
    ).result()
    array.write(values.T).result()


def add(path, **attributes):
    """As tools add to the attributes that are there."""
    file = OUT / path / "attributes.json"
    there = json.loads(file.read_text()) if file.exists() else {}
    file.write_text(json.dumps({**there, **attributes}))


def zarr_python(path, values, **attributes):
    store = zarr.N5Store(str(OUT / path.split("/")[0]))
    inside = path.split("/", 1)[1]
    array = zarr.create(
        values.shape, chunks=BLOCKS, dtype=values.dtype, compressor=numcodecs.GZip(1), store=store, path=inside
    )
    array[:] = values
    array.attrs.update(attributes)


def told(name, values, **more):
    np.save(OUT / f"{name.replace('/', '-')}.npy", values)
    scales = [[SIZE[2], SIZE[1] * factor[1], SIZE[0] * factor[0]] for factor in FACTORS]
    entry = {"version": "0.4", "axes": ["z", "y", "x"], "scales": scales}
    entry["pixels"] = f"{name.replace('/', '-')}.npy"
    return {**entry, "labels": {}, **more}


expected = {}

# N5 viewer: scales and pixelResolution in the group; a label image below labels, which no list names.
raw = pixels(1)
ids = nuclei()
for level, factors in enumerate(FACTORS):
    tensorstore(f"viewer.n5/c0/s{level}", coarser(raw, factors))
    tensorstore(f"viewer.n5/c0/labels/nuclei/s{level}", coarser(ids, factors))
for group in ("viewer.n5/c0", "viewer.n5/c0/labels/nuclei"):
    add(group, scales=FACTORS, pixelResolution={"unit": UNIT, "dimensions": SIZE})
add("viewer.n5", n5="2.5.1")
expected["viewer.n5/c0"] = told("viewer.n5/c0", raw, labels={"nuclei": told("nuclei", ids)})

# N5 viewer: downsamplingFactors and pixelResolution in each level, nothing in the group.
raw = pixels(2)
for level, factors in enumerate(FACTORS):
    resolution = {"unit": UNIT, "dimensions": SIZE}
    zarr_python(
        f"levels.n5/c0/s{level}", coarser(raw, factors), downsamplingFactors=factors, pixelResolution=resolution
    )
expected["levels.n5/c0"] = told("levels.n5/c0", raw)

# BigDataViewer: one view setup at one time point.
raw = pixels(3)
for level, factors in enumerate(FACTORS):
    path = f"bdv.n5/setup0/timepoint0/s{level}"
    zarr_python(path, coarser(raw, factors), downsamplingFactors=factors)
add("bdv.n5/setup0", downsamplingFactors=FACTORS, dataType="uint16")
add("bdv.n5/setup0/timepoint0", resolution=SIZE, saved_completely=True, multiScale=True)
expected["bdv.n5/setup0/timepoint0"] = told("bdv.n5/setup0/timepoint0", raw)

# COSEM: a transform for each level, in the group and in the levels, axes from z on.
raw = pixels(4)
datasets = []
translations = []
for level, factors in enumerate(FACTORS):
    scale = [SIZE[2], SIZE[1] * factors[1], SIZE[0] * factors[0]]
    translate = [0.0, SIZE[1] * (factors[1] - 1) / 2, SIZE[0] * (factors[0] - 1) / 2]
    translations.append(translate)
    transform = {"axes": ["z", "y", "x"], "scale": scale, "translate": translate, "units": ["nm"] * 3}
    zarr_python(f"cosem.n5/em/raw/s{level}", coarser(raw, factors), transform=transform)
    datasets.append({"path": f"s{level}", "transform": transform})
add("cosem.n5/em/raw", multiscales=[{"name": "raw", "datasets": datasets}])
expected["cosem.n5/em/raw"] = told("cosem.n5/em/raw", raw, translations=translations)

# A data set alone, that TensorStore was told axes, units and resolution of.
raw = pixels(5)
tensorstore("alone.n5", raw, axes=["x", "y", "z"], units=[UNIT] * 3, resolution=SIZE)
expected["alone.n5"] = {**told("alone.n5", raw), "scales": [[SIZE[2], SIZE[1], SIZE[0]]]}

(OUT / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
