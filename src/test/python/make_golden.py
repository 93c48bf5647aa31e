#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the golden fixtures with the real ngio and zarr-python.

    make_golden.py            writes src/test/resources/golden anew
    make_golden.py --check    makes them in a temporary folder and compares what they hold

The content is the same each time; the encoded bytes may differ between builds of the codecs, so
--check compares decoded arrays and parsed metadata.
"""

import argparse
import gzip
import json
import logging
import shutil
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import zarr

import golden_arrays
import golden_features
import golden_images
import golden_pyramids
import golden_rois
import golden_segments
import golden_tables
import golden_transforms

GOLDEN = Path(__file__).resolve().parents[1] / "resources" / "golden"
PARTS = {
    "arrays": golden_arrays.make,
    "rois": golden_rois.make,
    "pyramids": golden_pyramids.make,
    "images": golden_images.make,
    "tables": golden_tables.make,
    "transforms": golden_transforms.make,
    "features": golden_features.make,
    "segments": golden_segments.make,
}
ARRAY_FILES = {".zarray", "zarr.json"}


def is_array(folder: Path) -> bool:
    if (folder / ".zarray").exists():
        return True
    metadata = folder / "zarr.json"
    return metadata.exists() and json.loads(metadata.read_text())["node_type"] == "array"


def described(root: Path) -> dict[str, object]:
    """What a folder holds: decoded arrays and parsed documents by their relative paths."""
    found = {}
    arrays = {path.parent for path in root.rglob("*") if path.name in ARRAY_FILES}
    arrays = {folder for folder in arrays if is_array(folder)}
    for folder in arrays:
        found[f"{folder.relative_to(root)} (array)"] = zarr.open_array(str(folder), mode="r")[...]
    for path in sorted(root.rglob("*")):
        if path.is_dir():
            continue
        metadata = path.name.startswith(".z") or path.name == "zarr.json"
        if arrays.intersection(path.parents) and not metadata:
            found[str(path.relative_to(root))] = "a chunk"
        else:
            found[str(path.relative_to(root))] = content(path)
    return found


def content(path: Path) -> object:
    if path.suffix == ".npy":
        return np.load(path)
    if path.suffix == ".npz":
        with np.load(path) as packed:
            return {name: packed[name] for name in packed.files}
    if path.name.endswith(".json") or path.name.startswith(".z"):
        return json.loads(path.read_text())
    if path.name.endswith(".gz"):
        return gzip.decompress(path.read_bytes())
    return path.read_bytes()


def same(left: object, right: object) -> bool:
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[name], right[name]) for name in left)
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        if left.dtype != right.dtype or left.shape != right.shape:
            return False
        return np.array_equal(left, right, equal_nan=left.dtype.kind == "f")
    return type(left) is type(right) and left == right


def differences(committed: Path, fresh: Path) -> list[str]:
    old, new = described(committed), described(fresh)
    problems = [f"{name} is not made by the script" for name in sorted(old.keys() - new.keys())]
    problems += [f"{name} is missing" for name in sorted(new.keys() - old.keys())]
    common = sorted(old.keys() & new.keys())
    problems += [f"{name} differs" for name in common if not same(old[name], new[name])]
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with what is there")
    parser.add_argument("parts", nargs="*", help=f"default: all of {', '.join(PARTS)}")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    problems = []
    for part in options.parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / part
            PARTS[part](fresh)
            if options.check:
                problems += [f"{part}/{text}" for text in differences(GOLDEN / part, fresh)]
            else:
                shutil.rmtree(GOLDEN / part, ignore_errors=True)
                shutil.copytree(fresh, GOLDEN / part)
        print(f"{part}: {'checked' if options.check else 'made'}")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
