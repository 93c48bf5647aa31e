#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes src/test/resources/golden/wild: what programs other than ngio write, packed as one zip each.

    make_wild.py [--environments FOLDER] [NAME...]     default: all

Each program runs in a virtual environment of its own with the versions given here, on the Python
that its version needs: `pythonX.Y`, or the one that pyenv has installed.
"""

import argparse
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
GOLDEN = HERE.parent / "resources" / "golden" / "wild"
TIMESTAMP = (2026, 1, 1, 0, 0, 0)

# name: script, Python, versions
WRITERS = {
    "anndata-0.7.8": (
        "anndata_tables.py",
        "3.8",
        ["anndata==0.7.8", "zarr==2.16.1", "numcodecs==0.12.1", "pandas==2.0.3", "numpy==1.24.4"],
    ),
    "anndata-0.8.0": (
        "anndata_tables.py",
        "3.9",
        ["anndata==0.8.0", "zarr==2.18.2", "numcodecs==0.12.1", "pandas==1.5.3", "numpy==1.26.4"],
    ),
    "anndata-0.10.9": (
        "anndata_tables.py",
        "3.10",
        ["anndata==0.10.9", "zarr==2.18.3", "numcodecs==0.13.1", "pandas==2.3.3", "numpy==2.2.6"],
    ),
    "anndata-0.13.4": (
        "anndata_tables.py",
        "3.12",
        ["anndata==0.13.4", "zarr==3.4.2", "numcodecs==0.17.1", "pandas==3.1.1", "numpy==2.5.5"],
    ),
    "iohub-0.2.3": (
        "iohub_plates.py",
        "3.11",
        ["iohub==0.2.3", "zarr==2.18.7", "numcodecs==0.15.2", "numpy==2.4.6", "xarray==2026.9.0"],
    ),
    "iohub-0.3.0a7": (
        "iohub_plates.py",
        "3.12",
        ["iohub==0.3.0a7", "zarr==3.4.2", "numcodecs==0.17.1", "numpy==2.5.5", "xarray==2026.9.0"],
    ),
    "ngff-zarr-0.50.0": (
        "ngff_zarr_images.py",
        "3.12",
        ["ngff-zarr==0.50.0", "zarr==3.4.2", "numcodecs==0.17.1", "numpy==2.5.5", "dask==2026.8.0"],
    ),
    "ome-zarr-0.21.0": (
        "ome_zarr_images.py",
        "3.12",
        ["ome-zarr==0.21.0", "ome-zarr-models==1.8.1", "zarr==3.4.2", "numcodecs==0.17.1", "numpy==2.5.5"],
    ),
    "spatialdata-0.8.0": (
        "spatialdata_images.py",
        "3.12",
        ["spatialdata==0.8.0", "anndata==0.13.4", "ome-zarr==0.21.0", "zarr==3.4.2", "numpy==2.5.5"],
    ),
    "n5": (
        "n5_arrays.py",
        "3.11",
        ["tensorstore==0.1.78", "zarr==2.18.7", "numcodecs==0.15.1", "numpy==2.4.6"],
    ),
    "n5-images": (
        "n5_images.py",
        "3.11",
        ["tensorstore==0.1.78", "zarr==2.18.7", "numcodecs==0.15.1", "numpy==2.4.6"],
    ),
    "ngio-1.1.3": (
        "ngio_tables.py",
        "3.12",
        ["ngio==1.1.3", "anndata==0.13.4", "zarr==3.4.2", "numcodecs==0.17.1", "pandas==3.1.1", "numpy==2.5.5"],
    ),
}


def interpreter(version: str) -> str:
    pyenv = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python"))
    return str(pyenv[-1]) if pyenv else f"python{version}"


def environment(folder: Path, python: str, versions: list[str]) -> Path:
    if not (folder / "bin" / "python").exists():
        subprocess.run([interpreter(python), "-m", "venv", folder], check=True)
    pip = [folder / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, *versions], check=True)
    return folder / "bin" / "python"


def pack(folder: Path, archive: Path) -> None:
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), TIMESTAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, path.read_bytes())


def make(name: str, environments: Path) -> None:
    script, python, versions = WRITERS[name]
    executable = environment(environments / name, python, versions)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([executable, HERE / "wild" / script, folder], check=True)
        pack(Path(folder), GOLDEN / f"{name}.zip")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--environments", type=Path, help="keeps the virtual environments there")
    parser.add_argument("names", nargs="*", help=f"of {', '.join(WRITERS)}")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in options.names or WRITERS:
            make(name, options.environments or Path(folder))
            print(f"{name}: made")
    return 0


if __name__ == "__main__":
    sys.exit(main())
