# SPDX-License-Identifier: Apache-2.0
"""Images and plates of each version that ngff-zarr writes, and what it reads in them.

    python ngff_zarr_images.py OUT
"""

import json
import sys
import warnings
from pathlib import Path

import ngff_zarr as nz
import numpy as np

warnings.simplefilter("ignore")

OUT = Path(sys.argv[1])
SCALE = {"t": 3.0, "c": 1.0, "z": 2.0, "y": 0.5, "x": 0.25}


def pixels(dims):
    lengths = {"t": 2, "c": 2, "z": 3, "y": 12, "x": 16}
    return np.random.default_rng(7).integers(-100, 100, [lengths[d] for d in dims], "int16")


def multiscales(dims, name, translation=None):
    image = nz.to_ngff_image(
        pixels(dims),
        dims=tuple(dims),
        scale={d: SCALE[d] for d in dims},
        translation=translation or {d: 0.0 for d in dims},
        name=name,
        axes_units={"y": "micrometer", "x": "micrometer"},
    )
    return nz.to_multiscales(image, scale_factors=[2])


def described(path, file):
    read = nz.from_ngff_zarr(str(path))
    first = read.images[0]
    np.save(OUT / file, np.asarray(first.data))
    scales = [[float(image.scale[d]) for d in image.dims] for image in read.images]
    translations = [[float(image.translation[d]) for d in image.dims] for image in read.images]
    return {"axes": list(first.dims), "scales": scales, "translations": translations, "pixels": file}


def plate(path, version):
    names = {"rows": ["A", "B"], "columns": ["1", "2"]}
    metadata = nz.Plate(
        name="screen",
        rows=[nz.PlateRow(name=name) for name in names["rows"]],
        columns=[nz.PlateColumn(name=name) for name in names["columns"]],
        wells=[nz.PlateWell(path="B/1", rowIndex=1, columnIndex=0)],
        acquisitions=[nz.PlateAcquisition(id=0, name="first")],
        field_count=1,
        version=version,
    )
    nz.to_hcs_zarr(nz.HCSPlate(store=str(path), plate_metadata=metadata), str(path))
    nz.write_hcs_well_image(
        store=str(path),
        multiscales=multiscales("cyx", "field"),
        plate_metadata=metadata,
        row_name="B",
        column_name="1",
        field_index=0,
        acquisition_id=0,
        version=version,
    )


expected = {}
for version in ("0.4", "0.5", "0.6"):
    for dims in ("yx", "tczyx"):
        name = f"{dims}-{version}.zarr"
        moved = {d: 1.5 if d in "yx" else 0.0 for d in dims}
        nz.to_ngff_zarr(str(OUT / name), multiscales(dims, dims, moved), version=version)
        expected[name] = {"version": version, **described(OUT / name, f"{dims}-{version}.npy")}
    name = f"plate-{version}.zarr"
    plate(OUT / name, version)
    wells = [well.path for well in nz.from_hcs_zarr(str(OUT / name)).metadata.wells]
    image = described(OUT / name / "B" / "1" / "0", f"plate-{version}.npy")
    expected[f"{name}/B/1/0"] = {"version": version, **image}
    expected[name] = {"version": version, "wells": wells}
nz.to_ngff_zarr(str(OUT / "later.zarr"), multiscales("yx", "later"), version="0.9.dev1")
(OUT / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
