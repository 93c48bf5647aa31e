# SPDX-License-Identifier: Apache-2.0
"""Plates that iohub writes, of each NGFF version that it knows, and what it reads in them.

    python iohub_plates.py OUT
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import zarr
from iohub.ngff import TransformationMeta, open_ome_zarr

warnings.simplefilter("ignore")

OUT = Path(sys.argv[1])
VERSIONS = ["0.4", "0.5"] if zarr.__version__ > "3" else ["0.4"]


def pixels(seed):
    return np.random.default_rng(seed).normal(size=(1, 2, 3, 10, 14)).astype("float32")


def make(path, version):
    scale = [TransformationMeta(type="scale", scale=[1.0, 1.0, 2.0, 0.325, 0.325])]
    with open_ome_zarr(
        path, layout="hcs", mode="w-", channel_names=["Phase", "GFP"], version=version
    ) as plate:
        for field in ("0", "1"):
            position = plate.create_position("A", "2", field)
            position.create_image("0", pixels(int(field)), chunks=(1, 1, 1, 10, 14), transform=scale)


def described(path, version):
    expected = {}
    with open_ome_zarr(path, mode="r") as plate:
        wells = sorted({name.rsplit("/", 1)[0] for name, _ in plate.positions()})
        expected[path.name] = {"version": version, "wells": wells}
        for name, position in plate.positions():
            file = f"{path.stem}-{name.replace('/', '-')}.npy"
            np.save(OUT / file, np.asarray(position["0"][:]))
            expected[f"{path.name}/{name}"] = {
                "version": version,
                "axes": [axis.name.lower() for axis in position.axes],
                "scales": [[float(value) for value in position.scale]],
                "channels": list(position.channel_names),
                "pixels": file,
            }
    return expected


everything = {}
for each in VERSIONS:
    target = OUT / f"plate-{each}.zarr"
    make(target, each)
    everything.update(described(target, each))
(OUT / "expected.json").write_text(json.dumps(everything, indent=1) + "\n")
