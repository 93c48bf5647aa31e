# SPDX-License-Identifier: Apache-2.0
"""What the scripts that watch real runs of submit.sh share."""

import atexit
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LABEL = "nuclei"
SECONDS = 300


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


class Server:
    """A process that runs commands for those that need none of their own, see src/test/sh/served/bin/java.

    Whoever starts submit.sh in the environment hands the command over, one at a time. `classes` are more than those
    of the tests; `images` is the folder that the images of the documents are written into at first, if any.
    """

    def __init__(
            self, pipes: Path, given: Mapping[str, str] = os.environ, folder: Path = ROOT,
            classes: Iterable[Path] = (), images: Path | None = None):
        pipes.mkdir(parents=True)
        for name in ("ask", "answer"):
            os.mkfifo(pipes / name)
        self.environment = {
            "NGFF_SPARK_MEMORY": "1g", **given, "JAVA_HOME": str(ROOT / "src/test/sh/served"),
            "SERVED_JAVA": shutil.which("java"), "SERVED_PIPES": str(pipes)}
        started = {"SERVED_CLASSES": ":".join(map(str, [ROOT / "target/test-classes", *classes]))}
        if images is not None:
            started["SERVED_IMAGES"] = str(images)
        with (pipes / "log").open("w") as log:
            self.process = subprocess.Popen(
                ["./submit.sh", "transforms"], cwd=folder, env=self.environment | started,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        atexit.register(self.end)

    def end(self):
        self.process.terminate()
        self.process.wait(SECONDS)


def start(
        arguments: list[str], prefix: tuple[str, ...] = (), server: Server | None = None, **more) -> subprocess.Popen:
    """Starts submit.sh, whose command a server runs if there is one; what it says is one text."""
    environment = {**os.environ, "NGFF_SPARK_MEMORY": "1g"} if server is None else server.environment
    return subprocess.Popen(
        [*prefix, "./submit.sh", *arguments], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)


def submit(arguments: list[str], *codes: int, **more) -> tuple[int, str]:
    """Runs submit.sh, which has to end with one of the codes."""
    run = start(arguments, **more)
    said, _ = run.communicate(timeout=SECONDS)
    require(run.returncode in codes, f"{' '.join(arguments)} ended with {run.returncode}:\n{said}")
    return run.returncode, said
