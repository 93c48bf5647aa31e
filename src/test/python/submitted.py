# SPDX-License-Identifier: Apache-2.0
"""What the scripts that watch real runs of submit.sh share."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LABEL = "nuclei"


class Violation(Exception):
    """Something is not as it has been promised."""


def require(holds: bool, problem: str):
    if not holds:
        raise Violation(problem)


def make_image(path: Path, shape: tuple[int, ...] = (2, 256, 256), **layout):
    """An image with a label image `nuclei` and its masking table, as ngio makes them."""
    # Imported late: it takes seconds, and a process that only reads needs none of it.
    from ngio import create_synthetic_ome_zarr

    given = {"ngff_version": "0.4", "axes_names": "cyx", "chunks": (1, 64, 64), "levels": 3, **layout}
    shutil.rmtree(path, ignore_errors=True)
    create_synthetic_ome_zarr(path, shape=shape, channels_meta=["DAPI", "GFP"], overwrite=True, **given)


def labels(path: Path) -> list[int]:
    """The ids of `nuclei`."""
    import numpy as np
    from ngio import open_ome_zarr_container

    found = np.unique(open_ome_zarr_container(path).get_label(LABEL).get_array())
    return [int(label) for label in found if label > 0]


def files(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def difference(left: dict[str, bytes], right: dict[str, bytes]) -> list[str]:
    return [name for name in sorted(left.keys() | right.keys()) if left.get(name) != right.get(name)]


def fresh(source: Path, target: Path):
    """Makes the target a copy of the source, with nothing of earlier runs beside it."""
    for old in target.parent.glob(target.name + "*"):
        shutil.rmtree(old)
    shutil.copytree(source, target)


def require_nothing_beside(image: Path):
    beside = sorted(path.name for path in image.parent.iterdir() if path.name.startswith(image.name))
    require(beside == [image.name], f"left beside {image}: {beside}")


def transform(*words: Path | str, label: str = LABEL) -> list[str]:
    """The command for images and options."""
    return ["transform", *map(str, words), "--label", label, "--in-place"]


def start(arguments: list[str], prefix: tuple[str, ...] = (), **more) -> subprocess.Popen:
    """Starts submit.sh; what it says is one text."""
    environment = {**os.environ, "NGFF_SPARK_MEMORY": "1g"}
    return subprocess.Popen(
        [*prefix, "./submit.sh", *arguments], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)


def submit(arguments: list[str], *codes: int, **more) -> tuple[int, str]:
    """Runs submit.sh, which has to end with one of the codes."""
    run = start(arguments, **more)
    said, _ = run.communicate(timeout=300)
    require(run.returncode in codes, f"{' '.join(arguments)} ended with {run.returncode}:\n{said}")
    return run.returncode, said
