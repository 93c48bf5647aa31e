#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Validates with ome-zarr-models every group below some folders that has OME metadata.

    check_models.py ENVIRONMENT FOLDER…

ENVIRONMENT is a folder for the virtual environment, which is made if it is missing: versions that
know NGFF 0.6 need a newer Python than ngio.
"""

import json
import subprocess
import sys
import warnings
from collections import Counter
from pathlib import Path

PYTHON = "3.12"
VERSIONS = ["ome-zarr-models==1.8.1", "zarr==3.4.2", "pydantic==2.12.5", "pydantic-zarr==0.10.0", "numpy==2.5.5"]
OME = {"multiscales", "plate", "well", "labels"}


def ome(group: Path) -> dict:
    """The OME metadata of a group; empty if it is none or has none."""
    if (group / ".zgroup").exists() and (group / ".zattrs").exists():
        return json.loads((group / ".zattrs").read_text())
    if (group / "zarr.json").exists():
        return json.loads((group / "zarr.json").read_text()).get("attributes", {}).get("ome", {})
    return {}


def validate(folders: list[Path]) -> int:
    from ome_zarr_models import open_ome_zarr
    from ome_zarr_models.exceptions import ValidationWarning

    valid = Counter()
    wrong = []
    for folder in folders:
        for group in sorted(path for path in [folder, *folder.rglob("*")] if path.is_dir()):
            if not OME & ome(group).keys():
                continue
            version = ome(group).get("version", "0.4")
            try:
                with warnings.catch_warnings(action="error", category=ValidationWarning):
                    open_ome_zarr(str(group), version=version)
                valid[version] += 1
            except Exception as problem:
                wrong.append(f"{group}: {problem}")
    print("\n".join(wrong) or f"valid groups by version: {dict(sorted(valid.items()))}")
    assert valid.keys() == {"0.4", "0.5", "0.6"}, valid
    return 1 if wrong else 0


def main() -> int:
    if sys.argv[1] == "--validate":
        return validate([Path(each) for each in sys.argv[2:]])
    from make_wild import environment

    python = environment(Path(sys.argv[1]), PYTHON, VERSIONS)
    return subprocess.run([python, __file__, "--validate", *sys.argv[2:]]).returncode


if __name__ == "__main__":
    sys.exit(main())
