#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads what org.ngffspark.cli.WriteConverted made of a plate and of an image in every direction.

    check_converted.py ngio DIR          ngio and zarr-python 3: the copies in OME-Zarr
    check_converted.py tensorstore DIR   TensorStore, and zarr-python 2 for N5: all copies

DIR has a folder for each; the source in it is called by its format, each copy by the formats that it went through.
"""

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import zarr

warnings.simplefilter("ignore")
PLATE = ["B/03/0", "B/03/1", "C/05/0", "C/05/1"]
OF_OLD = ["0.5", "0.5-0.4", "n5", "n5-0.4", "n5-0.5", "0.5-n5"]
OF_NEW = ["0.4", "0.4-0.5", "n5", "n5-0.5"]
# Each source with its format, its images, and the copies of it.
SOURCES = {"plate": ("0.4", PLATE, OF_OLD), "image": ("0.4", [""], OF_OLD), "newer": ("0.5", [""], OF_NEW)}


def same(what: str, actual: np.ndarray, expected: np.ndarray) -> None:
    assert actual.dtype == expected.dtype, f"{what}: {actual.dtype}, not {expected.dtype}"
    np.testing.assert_array_equal(actual, expected, err_msg=what)


def opened(path: Path) -> dict:
    from ngio import open_ome_zarr_container, open_ome_zarr_plate

    if path.parent.name != "plate":
        return {"": open_ome_zarr_container(path)}
    plate = open_ome_zarr_plate(path)
    assert plate.wells_paths() == open_ome_zarr_plate(path.with_name("0.4")).wells_paths(), path
    return plate.get_images()


def check_ngio(folder: Path) -> None:
    count = 0
    for source, (form, images, copies) in SOURCES.items():
        first = folder / source / form
        expected = opened(first)
        assert sorted(expected) == images
        for copy in (name for name in copies if not name.endswith("n5")):
            made = opened(first.with_name(copy))
            assert sorted(made) == images, copy
            for name, image in made.items():
                check_image(f"{source}/{copy}/{name}", image, expected[name], first.with_name(copy) / name)
            count += 1
        for back in (name for name in copies if name.endswith(f"-{form}")):
            files = list(first.rglob({"0.4": ".zattrs", "0.5": "zarr.json"}[form]))
            assert len(files) >= 3, files
            for file in files:
                there = first.with_name(back) / file.relative_to(first)
                assert attributes(there) == attributes(file), f"{there} has other attributes"
    print(f"ngio and zarr-python read {count} copies of plate and images as their source")


def check_image(what: str, image, source, path: Path) -> None:
    assert len(image.level_paths) == len(source.level_paths) >= 3, what
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
    if file.name == "zarr.json":
        content = content["attributes"]
    for ours in ("ngff-spark", "ngff_spark_label_fingerprint"):
        content.pop(ours, None)
    return content


def check_tensorstore(folder: Path) -> None:
    arrays = 0
    for source, (form, images, copies) in SOURCES.items():
        first = folder / source / form
        for group in (f"{image}/{node}".lstrip("/") for image in images for node in ("", "labels/nuclei/")):
            levels = sorted(path.name for path in (first / group).glob("[0-9]"))
            assert len(levels) >= 3, f"{first / group} has the levels {levels}"
            for level in levels:
                expected = tensorstore_array(first / group, level)
                for copy in copies:
                    check_array(first.with_name(copy), group, level, expected)
                    arrays += 1
    print(f"TensorStore reads {arrays} converted arrays as their source, zarr-python 2 those of N5")


def check_array(copy: Path, group: str, level: str, expected: np.ndarray) -> None:
    what = f"{copy.parent.name}/{copy.name}/{group}{level}"
    same(what, tensorstore_array(copy / group, level), expected)
    if copy.name.endswith("n5"):
        array = zarr.open_array(zarr.N5Store(str(copy)), mode="r", path=f"{group}s{level}")
        same(what, array[...], expected)


def tensorstore_array(group: Path, level: str) -> np.ndarray:
    import tensorstore as ts

    if (group / "attributes.json").exists():
        kvstore = {"driver": "file", "path": str(group / f"s{level}")}
        return np.ascontiguousarray(ts.open({"driver": "n5", "kvstore": kvstore}).result().read().result().T)
    driver = "zarr3" if (group / "zarr.json").exists() else "zarr"
    kvstore = {"driver": "file", "path": str(group / level)}
    return ts.open({"driver": driver, "kvstore": kvstore}).result().read().result()


{"ngio": check_ngio, "tensorstore": check_tensorstore}[sys.argv[1]](Path(sys.argv[2]))
