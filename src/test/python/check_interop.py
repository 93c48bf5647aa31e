#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Opens what org.ngffspark.interop.WriteInterop wrote, with zarr-python, ngio and anndata.

    check_interop.py DIR
"""

import json
import struct
import sys
import warnings
from pathlib import Path

import numpy as np
import zarr

GOLDEN = Path(__file__).resolve().parents[1] / "resources" / "golden"


def bits(values: np.ndarray) -> np.ndarray:
    native = np.ascontiguousarray(values.astype(values.dtype.newbyteorder("=")))
    return native if native.dtype.kind == "b" else native.view(f"u{native.itemsize}")


def same(what: str, actual: np.ndarray, expected: np.ndarray):
    assert actual.dtype.newbyteorder("=") == expected.dtype.newbyteorder("="), f"{what}: {actual.dtype}"
    np.testing.assert_array_equal(bits(actual), bits(expected), err_msg=what)


def golden_arrays():
    for entry in json.loads((GOLDEN / "arrays" / "index.json").read_text()):
        yield entry["array"], np.load(GOLDEN / "arrays" / entry["expected"])


def chunk_files(folder: Path) -> set[str]:
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return {name for name in names if not name.startswith(".z") and name != "zarr.json"}


def check_created_arrays(folder: Path):
    count = 0
    for name, expected in golden_arrays():
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
    for name, expected in golden_arrays():
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


def main() -> int:
    warnings.simplefilter("ignore")
    work = Path(sys.argv[1])
    check_created_arrays(work / "arrays")
    check_updated_arrays(work / "updates")
    check_carried_over(work / "updates")
    return 0


if __name__ == "__main__":
    sys.exit(main())
