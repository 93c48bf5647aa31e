#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads the plates that org.ngffspark.interop.WriteConverted made of one plate in every direction.

    check_converted.py ngio DIR          ngio and zarr-python 3: the plates of OME-Zarr
    check_converted.py tensorstore DIR   TensorStore, and zarr-python 2 for N5: all plates
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import zarr

warnings.simplefilter("ignore")
COPIES = ["0.5", "0.5-0.4", "n5", "n5-0.4", "n5-0.5", "0.5-n5"]
BACK = ["0.5-0.4", "n5-0.4"]
IMAGES = ["B/03/0", "B/03/1", "C/05/0", "C/05/1"]
LEVELS = 3


def same(what: str, actual: np.ndarray, expected: np.ndarray) -> None:
    assert actual.dtype == expected.dtype, f"{what}: {actual.dtype}, not {expected.dtype}"
    np.testing.assert_array_equal(actual, expected, err_msg=what)


def check_ngio(folder: Path) -> None:
    from ngio import open_ome_zarr_plate

    plate = open_ome_zarr_plate(folder / "0.4")
    source = plate.get_images()
    assert sorted(source) == IMAGES
    for copy in (name for name in COPIES if not name.endswith("n5")):
        made = open_ome_zarr_plate(folder / copy)
        assert made.wells_paths() == plate.wells_paths(), copy
        images = made.get_images()
        assert sorted(images) == IMAGES, copy
        for name, image in images.items():
            check_image(f"{copy}/{name}", image, source[name], folder / copy / name)
    for back in BACK:
        for file in (folder / "0.4").rglob(".zattrs"):
            there = folder / back / file.relative_to(folder / "0.4")
            assert attributes(there) == attributes(file), f"{there} has other attributes"
    print(f"ngio and zarr-python read {len(COPIES) - 2} converted plates as their source")


def check_image(what: str, image, source, path: Path) -> None:
    assert len(image.level_paths) == len(source.level_paths) == LEVELS, what
    assert image.channel_labels == source.channel_labels, what
    assert image.list_labels() == source.list_labels() != [], what
    assert image.list_tables() == source.list_tables() != [], what
    for level, expected in zip(image.level_paths, source.level_paths):
        pixels = source.get_image(path=expected).get_array()
        same(what, image.get_image(path=level).get_array(), pixels)
        same(what, zarr.open_array(str(path / level), mode="r")[...], pixels)
        assert image.get_image(path=level).pixel_size == source.get_image(path=expected).pixel_size
        for label in image.list_labels():
            same(
                f"{what} {label}",
                image.get_label(label, path=level).get_array(),
                source.get_label(label, path=expected).get_array(),
            )
    for table in image.list_tables():
        frame, expected = image.get_table(table).dataframe, source.get_table(table).dataframe
        assert frame.equals(expected), f"{what} table {table}"


def attributes(file: Path) -> dict:
    """Without what tells of the copying itself."""
    content = json.loads(file.read_text()) if file.exists() else {}
    for ours in ("ngff-spark", "ngff_spark_label_fingerprint"):
        content.pop(ours, None)
    return content


def check_tensorstore(folder: Path) -> None:
    arrays = 0
    for image in IMAGES:
        for node in ("", "labels/nuclei/"):
            for level in range(LEVELS):
                expected = tensorstore_array(folder / "0.4" / image / node, level)
                for copy in COPIES:
                    what = f"{copy}/{image}/{node}{level}"
                    same(what, tensorstore_array(folder / copy / image / node, level), expected)
                    arrays += 1
                    if copy.endswith("n5"):
                        store = zarr.N5Store(str(folder / copy))
                        array = zarr.open_array(store, mode="r", path=f"{image}/{node}s{level}")
                        same(what, array[...], expected)
    print(f"TensorStore reads {arrays} converted arrays as their source, zarr-python 2 those of N5")


def tensorstore_array(group: Path, level: int) -> np.ndarray:
    import tensorstore as ts

    if (group / "attributes.json").exists():
        kvstore = {"driver": "file", "path": str(group / f"s{level}")}
        return np.ascontiguousarray(ts.open({"driver": "n5", "kvstore": kvstore}).result().read().result().T)
    driver = "zarr3" if (group / "zarr.json").exists() else "zarr"
    kvstore = {"driver": "file", "path": str(group / str(level))}
    return ts.open({"driver": driver, "kvstore": kvstore}).result().read().result()


{"ngio": check_ngio, "tensorstore": check_tensorstore}[sys.argv[1]](Path(sys.argv[2]))
