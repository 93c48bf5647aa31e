#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs that sleep and wake too late, and other users of the machine. Needs root.

    taken_over.py DIR

A run is stopped (SIGSTOP) in its commit, another one while it stages. From another container, by
another clock and where /proc shows less, `recover` cannot tell whether it lives and touches nothing.
With `--dead-run` it finishes the first and undoes the second; a third run changes the image; then
the sleepers wake, and end with an error that changes no file. A journal that another user has put
beside an image is believed by nobody. What root changes of a plate stays its owner's. In a folder
that only root may write the owner of fifty images changes them all, and meets root's runs.
"""

import argparse
import atexit
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
import warnings
from pathlib import Path

import zarr
from submitted import (
    LABEL, ROOT, Violation, difference, files, fresh, make_image, require, require_nothing_beside, start, submit, transform)

SLOW = ["--transform", "gaussian-blur", "--param", "sigma=3"]
QUICK = ["--transform", "affine", "--param", "offset=1", "--no-pyramid"]
OWNER, GROUP = 1234, 5678
DIRECTORY, FILE = 0o2775, 0o664

# Where recover looks from.
PLACES = {
    "another container": ("unshare", "--pid", "--fork", "--mount-proc"),
    "another clock": ("unshare", "--time", "--boottime", "1000", "--fork"),
    "a /proc with less in it": (
        "unshare", "--mount", "sh", "-c", 'mount -t proc -o subset=pid proc /proc && exec "$@"', "sh"),
    "a /proc that hides processes, as another user": (
        "unshare", "--mount", "sh", "-c",
        'mount -t proc -o hidepid=2 proc /proc && exec setpriv --reuid 4321 --regid 4321 --clear-groups "$@"', "sh"),
}


class Sleeper:
    """A run that was stopped when something had appeared in its directory."""

    def __init__(self, image: Path, job: list[str], appears: str, area: Path | None = None, **more):
        area = area or image.with_name(image.name + ".ngff-spark")
        self.run = start(transform(image, *job), **more)
        atexit.register(self.run.kill)
        while not any(area.glob(appears)):
            if self.run.poll() is not None:
                raise Violation(f"the run ended before {appears} was there:\n{self.run.stdout.read()}")
            time.sleep(0.001)
        os.kill(self.run.pid, signal.SIGSTOP)
        while not self.stands_still():
            time.sleep(0.001)
        owners = list(area.glob("@run/*"))
        require(len(owners) == 1, f"the run was through before it was stopped: {owners}")
        self.id = owners[0].name.rsplit(".", 1)[0]

    def stands_still(self) -> bool:
        """Whether each thread has come to its stop: one may be in the middle of writing a file."""
        threads = Path("/proc", str(self.run.pid), "task").glob("*/stat")
        try:
            return all(thread.read_text().rpartition(")")[2].split()[0] == "T" for thread in threads)
        except (FileNotFoundError, ProcessLookupError):
            return False  # One of them ended meanwhile.

    def wake(self, *codes: int) -> str:
        """Goes on to its end, which has to be an error if no other code is named."""
        os.kill(self.run.pid, signal.SIGCONT)
        said, _ = self.run.communicate(timeout=120)
        require(self.run.returncode in (codes or (1, 2)), f"woke and ended with {self.run.returncode}:\n{said}")
        return said


def others_may_read(path: Path) -> bool:
    return all(each.stat().st_mode & 0o005 for each in (path, *path.parents))


def recover(image: Path, *more: str, code: int, prefix: tuple[str, ...] = ()) -> str:
    return submit(["recover", str(image), *more], code, prefix=prefix)[1]


def untouched(image: Path, action, says: str):
    """Does something that has to change no file, neither of the image nor beside it."""
    before = files(image.parent)
    said = action()
    wrong = difference(before, files(image.parent))
    require(not wrong, f"{says}: changed {wrong[:5]}")
    require(says in said, f"expected '{says}':\n{said}")


def give(image: Path, owner: int = OWNER, group: int = GROUP):
    """Makes an image that of another user and of a group that may write it."""
    for path in [image, *image.rglob("*")]:
        os.chown(path, owner, group)
        path.chmod(DIRECTORY if path.is_dir() else FILE)


def require_given(image: Path, owner: int = OWNER, group: int = GROUP):
    for path in [image, *image.rglob("*")]:
        found = path.stat()
        mode = DIRECTORY if path.is_dir() else FILE
        wrong = (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) != (owner, group, mode)
        require(not wrong, f"{path} has {found.st_uid}:{found.st_gid} {found.st_mode:o}")


def sleepers(work: Path):
    source, image = work / "source.zarr", work / "image" / "image.zarr"
    make_image(source, shape=(2, 512, 512), chunks=(1, 16, 16), levels=1)
    fresh(source, image)
    # Who may write the image may write its folder: so runs keep what is theirs beside it.
    give(image.parent)
    zombie = Sleeper(image, SLOW, "@run/*/journal.json")
    for place, prefix in PLACES.items():
        if "setpriv" in prefix[-2] and not others_may_read(ROOT / "submit.sh"):
            print(f"left out, for other users may not read {ROOT}: from {place}")
            continue
        untouched(image, lambda: recover(image, code=1, prefix=prefix), "it cannot be told whether it is still at work")
        print(f"from {place} nobody is taken for dead")
    elsewhere = PLACES["another container"]
    said = recover(image, "--dead-run", zombie.id, code=0, prefix=elsewhere)
    require("finished the commit of" in said, said)
    require_nothing_beside(image)
    after_first = files(image)
    moved = difference(files(source), after_first)
    require(len(moved) > 100, f"the commit changed {len(moved)} files only")
    sleeper = Sleeper(image, QUICK, "@run/*/units/*/*/*")
    said = recover(image, "--dead-run", sleeper.id, code=0, prefix=elsewhere)
    require("undid" in said, said)
    require(not difference(files(image), after_first), "undone, and not as before")
    submit(transform(image, *QUICK), 0, umask=0o077)
    require(bool(difference(files(image), after_first)), "the third run changed nothing")
    for each in (zombie, sleeper):
        untouched(image, each.wake, "")
        print(f"run {each.id} woke and changed nothing")
    require_nothing_beside(image)
    require_given(image)
    print("what root has changed, with a strict umask, is still its owner's")


def planted(work: Path):
    """What another user puts beside an image makes nobody delete or write anything."""
    place = work / "planted"
    image, victim = place / "a.zarr", place / "victim"
    place.mkdir()
    shutil.copytree(work / "source.zarr", image)
    victim.mkdir()
    (victim / "important.txt").write_text("precious")
    owned = place / "a.zarr.ngff-spark/@run/x.80000000"
    (owned / "units").mkdir(parents=True)
    (owned / "units/1").write_text("planted")
    header = '{"ngff-spark journal":2,"container":"a.zarr","metadata":false,"units":1,"run":"x"}\n'
    (owned / "journal.json").write_text(header + '{"key":"../victim/important.txt"}\n')
    (owned / "owner-x.80000000.json").write_text("{}\n")
    for path in [place / "a.zarr.ngff-spark", *(place / "a.zarr.ngff-spark").rglob("*")]:
        os.chown(path, OWNER, OWNER)
    untouched(image, lambda: recover(image, "--dead-run", "x", code=1), "belongs to")
    print("a planted journal is believed by nobody")


def kept_folder(work: Path):
    """Whoever owns the images may not write the folder they lie in."""
    if not others_may_read(ROOT / "submit.sh"):
        print(f"left out, for other users may not read {ROOT}: images in a folder that is root's")
        return
    # Spark starts for users that have a name only.
    ids = 65534, 65534
    owner = ("setpriv", "--reuid", str(ids[0]), "--regid", str(ids[1]), "--clear-groups")
    folder = work / "kept"
    folder.mkdir()
    folder.chmod(0o755)
    make_image(folder / "0.zarr", shape=(2, 128, 128), levels=1)
    give(folder / "0.zarr", *ids)
    images = [folder / f"{number}.zarr" for number in range(50)]
    for image in images[1:]:
        subprocess.run(["cp", "-a", images[0], image], check=True)
    image, before = images[0], files(images[0])
    area = image / ".runs.ngff-spark"
    for prefix, other in ((owner, ()), ((), owner)):
        nodes = zarr_nodes(image)
        sleeper = Sleeper(image, QUICK + ["--again"], "@run/*/units/*/*/*", area=area, prefix=prefix)
        require(zarr_nodes(image) == nodes, "zarr lists what a run keeps in the image")
        said = submit(transform(image, *QUICK, "--again"), 2, prefix=other)[1]
        require(f"is locked by run {sleeper.id}" in said, said)
        sleeper.wake(0)
        require(not area.exists(), f"{area} was left")
        require_given(image, *ids)
    print("an owner without the folder and root meet, whoever comes first")
    dead = Sleeper(image, QUICK + ["--again"], "@run/*/units/*/*/*", area=area, prefix=owner)
    dead.run.kill()
    dead.run.wait()
    require("undid" in recover(image, code=0, prefix=owner), "a dead run in the image was not found")
    inputs = [str(each) for each in images[1:]]
    submit(["transform", *inputs, "--label", LABEL, *QUICK, "--in-place"], 0, prefix=owner)
    for each in images[1:]:
        require(files(each) != before, f"{each} is as before")
        require_given(each, *ids)
    require(len(list(folder.iterdir())) == len(images), "something was left beside the images")
    print("fifty images in a folder that their owner may not write are changed")


def zarr_nodes(image: Path) -> list[str]:
    """What zarr-python lists of a group, to any depth."""
    return sorted(name for name, _ in zarr.open_group(image, mode="r").members(max_depth=None))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    warnings.simplefilter("ignore")
    work = parser.parse_args().work.resolve()
    work.mkdir(parents=True)
    sleepers(work)
    planted(work)
    kept_folder(work)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Violation as violation:
        sys.exit(f"violation: {violation}")
