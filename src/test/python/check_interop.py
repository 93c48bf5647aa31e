#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens what org.ngffspark.interop.WriteInterop wrote, with zarr-python, ngio and anndata.

    check_interop.py DIR
"""

import json
import shutil
import struct
import sys
import warnings
from pathlib import Path

import anndata
import numpy as np
import pandas
import tifffile
import zarr
from ngio import open_ome_zarr_container
from ngio.tables import open_tables_container

GOLDEN = Path(__file__).resolve().parents[1] / "resources" / "golden"


def bits(values: np.ndarray) -> np.ndarray:
    native = np.ascontiguousarray(values.astype(values.dtype.newbyteorder("=")))
    return native if native.dtype.kind == "b" else native.view(f"u{native.itemsize}")


def same(what: str, actual: np.ndarray, expected: np.ndarray):
    assert actual.dtype.newbyteorder("=") == expected.dtype.newbyteorder("="), f"{what}: {actual.dtype}"
    np.testing.assert_array_equal(bits(actual), bits(expected), err_msg=what)


def golden_arrays(lossy: bool):
    """With `lossy` ones, which then hold what writing their content again makes of it; without
    those whose content cannot be written.
    """
    for entry in json.loads((GOLDEN / "arrays" / "index.json").read_text()):
        if "refused" not in entry and (lossy or "rewritten" not in entry):
            file = entry.get("rewritten", entry["expected"])
            yield entry["array"], np.load(GOLDEN / "arrays" / file)


def chunk_files(folder: Path) -> set[str]:
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return {name for name in names if not name.startswith(".z") and name != "zarr.json"}


def check_created_arrays(folder: Path):
    count = 0
    for name, expected in golden_arrays(lossy=True):
        array = zarr.open_array(str(folder / name), mode="r")
        same(name, array[...], expected)
        golden = zarr.open_array(str(GOLDEN / "arrays" / name), mode="r")
        assert metadata(array) == metadata(golden), f"{name}: {metadata(array)}"
        if name.split("/")[1] not in ("fill-written", "fill-null"):
            units, known = chunk_files(folder / name), chunk_files(GOLDEN / "arrays" / name)
            assert units <= known, f"{name} has {units - known}, which zarr-python does not write"
        count += 1
    print(f"{count} arrays created by us: zarr-python reads the same elements and metadata")


def metadata(array: zarr.Array) -> dict:
    fields = json.loads(json.dumps(array.metadata.to_dict(), default=str))
    return {name: value for name, value in fields.items() if ":" not in name}


def check_updated_arrays(folder: Path):
    count = 0
    for name, expected in golden_arrays(lossy=False):
        if expected.size == 0:
            continue
        box = tuple(slice(n // 7, (n + 1) // 2) for n in expected.shape)
        changed = bits(expected).copy()
        changed[box] = ~changed[box]
        same(name, zarr.open_array(str(folder / name), mode="r")[...], changed.view(expected.dtype))
        count += 1
    print(f"{count} arrays of zarr-python changed by us: a box changed, and nothing else")


def inner_chunks(shard: bytes, slots: int, at_start: bool) -> list[bytes | None]:
    """The encoded inner chunks of a shard whose index is little-endian with a checksum."""
    length = 16 * slots + 4
    index = shard[:length] if at_start else shard[-length:]
    numbers = struct.unpack(f"<{2 * slots}Q", index[:-4])
    pairs = zip(numbers[::2], numbers[1::2])
    return [None if o == 2**64 - 1 else shard[o : o + n] for o, n in pairs]


def check_carried_over(folder: Path):
    kept = 0
    for name in ["sharded-zstd", "sharded-zstd-index-start", "sharded-blosc", "sharded-transpose"]:
        box = tuple(slice(n // 7, (n + 1) // 2) for n in (70, 90))
        for path in sorted((folder / "v3" / name / "c").glob("*/*")):
            y, x = int(path.parent.name), int(path.name)
            before = (GOLDEN / "arrays/v3" / name / "c" / str(y) / str(x)).read_bytes()
            start = name.endswith("start")
            old, new = (inner_chunks(data, 6, start) for data in (before, path.read_bytes()))
            for slot, (left, right) in enumerate(zip(old, new)):
                top, left_edge = y * 48 + slot // 2 * 16, x * 64 + slot % 2 * 32
                rows = top < box[0].stop and top + 16 > box[0].start
                columns = left_edge < box[1].stop and left_edge + 32 > box[1].start
                if not (rows and columns):
                    assert left == right, f"{name} shard {y}/{x} inner chunk {slot} was encoded anew"
                    kept += 1
    assert kept > 20
    print(f"{kept} inner chunks outside the changed boxes are the same bytes")


ZOOMS = [1.0, 1.5, 2.0, 0.5]


def ngio_does_the_same(path: Path, masking: str):
    """What WrittenContainers does, by ngio."""
    container = open_ome_zarr_container(path)
    masked = container.get_masked_image(masking)
    ids = sorted(roi.label for roi in masked._masking_roi_table.rois())
    for number, label in enumerate(ids):
        options = {"label": label, "zoom_factor": ZOOMS[number % 4],
                   "channel_selection": [number % container.num_channels]}
        patch = masked.get_roi(**options)
        masked.set_roi_masked(patch=np.floor(patch / 2).astype(patch.dtype), **options)
    masked.consolidate(mode="numpy")
    container.derive_label("ours")
    other = container.get_masked_label(label_name="ours", masking_label_name=masking)
    for label in ids[::2]:
        patch = other.get_roi(label=label)
        other.set_roi_masked(label=label, patch=np.full_like(patch, label + 1000))
    other.consolidate(mode="numpy")


def nodes(path: Path) -> dict[str, zarr.Array]:
    found = {}
    for file in [*path.rglob(".zarray"), *path.rglob("zarr.json")]:
        name = str(file.parent.relative_to(path))
        if not name.startswith("tables") and json.loads(file.read_text()).get("node_type") != "group":
            found[name] = zarr.open_array(str(file.parent), mode="r")
    return found


def check_containers(folder: Path):
    for path in sorted(folder.glob("*.zarr")):
        if path.stem.endswith("-derived"):
            continue
        golden = folder / "ngio" / path.name
        shutil.copytree(GOLDEN / "images" / path.name, golden)
        ngio_does_the_same(golden, "nuclei" if path.stem.startswith("plane") else "cells")
        ours, theirs = nodes(path), nodes(golden)
        assert ours.keys() == theirs.keys(), f"{path.name}: {ours.keys() ^ theirs.keys()}"
        for name, array in ours.items():
            same(f"{path.name} {name}", array[...], theirs[name][...])
        check_new_label(path, golden)
        check_tables(path)
        check_derived(path)
        print(f"{path.name}: {len(ours)} arrays, the new label, its tables and the derived image are right")


def check_new_label(path: Path, golden: Path):
    ours, theirs = (open_ome_zarr_container(p).get_label("ours") for p in (path, golden))
    assert ours.axes == theirs.axes and ours.pixel_size == theirs.pixel_size
    for left, right in zip(*(sorted(nodes(p / "labels" / "ours").items()) for p in (path, golden))):
        assert metadata(left[1]) == metadata(right[1]), f"{path.name} ours/{left[0]}"
    group = zarr.open_group(str(path / "labels" / "ours"), mode="r").attrs.asdict()
    known = zarr.open_group(str(golden / "labels" / "ours"), mode="r").attrs.asdict()
    ome, expected = group.get("ome", group), known.get("ome", known)
    assert ome["image-label"]["source"] == expected["image-label"]["source"]
    for written, wanted in zip(ome["multiscales"][0]["datasets"], expected["multiscales"][0]["datasets"]):
        assert written["path"] == wanted["path"]
        scales = [d["coordinateTransformations"][0]["scale"] for d in (written, wanted)]
        np.testing.assert_array_equal(*scales)


def check_tables(path: Path):
    container = open_ome_zarr_container(path)
    expected = container.get_label("ours").build_masking_roi_table()
    regions = {roi.label: bounds(roi) for roi in expected.rois()}
    assert regions, f"{path.name}: label 'ours' is empty"
    for backend in ["anndata", "csv"]:
        masking = container.get_masking_roi_table(f"ours_masking_{backend}")
        assert masking.reference_label == "ours"
        assert {roi.label: bounds(roi) for roi in masking.rois()} == regions, f"{path.name} {backend}"
        rois = container.get_roi_table(f"ours_rois_{backend}").rois()
        assert {int(roi.get_name()): bounds(roi) for roi in rois} == regions, f"{path.name} {backend}"
        chosen = container.get_masked_image(masking_table_name=f"ours_masking_{backend}")
        label = next(iter(regions))
        assert chosen.get_roi_masked(label=label).any()
    frame = anndata.read_zarr(path / "tables" / "ours_masking_anndata")
    assert sorted(map(int, frame.obs_names)) == sorted(regions)
    assert list(frame.var_names)[:2] == ["x_micrometer", "y_micrometer"]


def check_versions(folder: Path):
    """Images of each version: what zarr-python, ngio's tables and anndata read of them."""
    for path in sorted(folder.glob("v*.zarr")):
        derived = nodes(path.with_name(f"derived-{path.name}"))
        images = {name: array for name, array in nodes(path).items() if "/" not in name}
        assert len(images) == 3 and images.keys() == derived.keys(), f"{path.name}: {images.keys()}"
        for name, array in images.items():
            assert array[...].any() and derived[name].shape == array.shape, f"{path.name} {name}"
        labels = nodes(path / "labels" / "nuclei")
        ids = set(np.unique(labels["0"][...])) - {0}
        masks = open_tables_container(path / "tables", mode="r").get("regions")
        assert masks.reference_label == "nuclei" and {roi.label for roi in masks.rois()} == ids
        assert len(anndata.read_zarr(path / "tables" / "regions")) == len(ids)
        print(f"{path.name}: {len(images)} levels, {len(ids)} objects and their table are right")


def check_written_again(folder: Path, golden: Path):
    """Tables of the golden containers that were read and written keep all columns and values."""
    for path in sorted(folder.iterdir()):
        ours = open_tables_container(path / "tables", mode="r")
        known = open_tables_container(golden / path.name / "tables", mode="r")
        for name in ours.list():
            frame = ours.get(name, strict=False).dataframe
            expected = known.get(name.split("_as_")[0], strict=False).dataframe
            rows = dict(zip(map(str, expected.index), range(len(expected))))
            if name.startswith(("masks", "odd")):
                rows.pop("0", None)  # the background has no region
            assert sorted(map(str, frame.index)) == sorted(rows), f"{path.name} {name}"
            expected = expected.iloc[[rows[str(index)] for index in frame.index]]
            assert sorted(frame.columns) == sorted(expected.columns), f"{path.name} {name}"
            for column in expected.columns:
                left, right = ([plain(v) for v in each[column]] for each in (frame, expected))
                assert left == right, f"{path.name} {name} {column}: {left}, expected {right}"
            if name.endswith("_as_anndata"):
                assert len(anndata.read_zarr(path / "tables" / name)) == len(expected)
        print(f"{path.name}: {len(ours.list())} tables written again have all columns")


def plain(value):
    """A cell whatever type a backend gives it: None, a float or a string.

    ngio reads a missing text of a CSV file, its own too, as an empty one.
    """
    if pandas.isna(value) or value == "":
        return None
    return float(value) if isinstance(value, (bool, int, float, np.number, np.bool_)) else str(value)


def bounds(roi) -> dict:
    """Start and length by axis; a plane is the same as z 0 to 1."""
    found = {s.axis_name: (s.start, s.length) for s in roi.slices}
    return {"z": (0.0, 1.0)} | found


def check_derived(path: Path):
    derived = open_ome_zarr_container(path.with_name(f"{path.stem}-derived.zarr"))
    source = open_ome_zarr_container(path)
    assert derived.channel_labels == source.channel_labels
    for level in source.level_paths:
        left, right = derived.get_image(path=level), source.get_image(path=level)
        assert left.pixel_size == right.pixel_size and left.axes == right.axes
        assert left.zarr_array.chunks == right.zarr_array.chunks
        assert left.zarr_array.shards == right.zarr_array.shards
        same(f"derived {path.name} {level}", left.get_array(), right.get_array())


def check_crops(folder: Path):
    """Hyperstacks of ImageJ: tifffile has axes in their order, T, Z, C, and leaves out those of length 1."""
    files = sorted(folder.glob("*.tif"))
    for path in files:
        axes = path.stem.split("-")[0]
        expected = np.load(path.with_suffix(".npy"))
        with tifffile.TiffFile(path) as file:
            series, told, page = file.series[0], file.imagej_metadata, file.pages[0]
            assert series.axes.lower() == "".join(axis for axis in "tzcyx" if axis in axes), series.axes
            array = np.moveaxis(series.asarray(), range(len(axes)), [axes.index(axis) for axis in series.axes.lower()])
            same(path.name, array, expected.astype("uint8") if expected.dtype == bool else expected)
            assert told["unit"] == "micron" and told["spacing"] == (2.5 if "z" in axes else 1)
            assert ("t" not in axes) or told["finterval"] == 3
            resolution = [page.tags[name].value for name in ("XResolution", "YResolution")]
            assert [top / bottom for top, bottom in resolution] == [2, 4], resolution
    assert len(files) == 28
    print(f"tifffile reads {len(files)} crops")


def main() -> int:
    warnings.simplefilter("ignore")
    work = Path(sys.argv[1])
    check_created_arrays(work / "arrays")
    check_updated_arrays(work / "updates")
    check_carried_over(work / "updates")
    check_containers(work / "containers")
    check_versions(work / "versions")
    check_crops(work / "crops")
    check_written_again(work / "tables", GOLDEN / "tables")
    return 0


if __name__ == "__main__":
    sys.exit(main())
