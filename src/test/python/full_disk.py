#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs on images whose disk is full, or which they may not write.

    full_disk.py full DIR MOUNT   MOUNT is an empty tmpfs that may be mounted again with other sizes
    full_disk.py limited DIR      where nothing can be mounted: files may not grow beyond 1 KiB
    full_disk.py denied DIR       as root: as user 65534; else as this user without permission to write

Each run has to end with a clear message that names a file, and to leave the image as it was, bit for
bit, with nothing beside it, at the latest after `recover`.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

from submitted import (
    Server, Violation, difference, files, fresh, make_image, require, require_nothing_beside, submit, transform)

JOB = ["--transform", "affine", "--param", "scale=0.5"]
FULL = "No space left on device"


def require_untouched(image: Path, before: dict[str, bytes], said: str, server: Server):
    """As it was, at the latest after `recover`."""
    beside = [path.name for path in image.parent.iterdir() if path.name.startswith(image.name + ".")]
    _, recovered = submit(["recover", str(image)], 0, server=server)
    print(f"  left beside it by the run: {beside or 'nothing'}; recover: {recovered.strip()}")
    changed = difference(files(image), before)
    require(not changed, f"{changed[:5]} …\n{said}")
    require_nothing_beside(image)


def require_message(said: str, problem: str):
    """One line of it has the problem and the full name of a file."""
    lines = [line for line in said.splitlines() if problem in line]
    require(bool(lines) and re.search(r"/\S*\.zarr\S*", lines[0]) is not None, f"no clear message:\n{said}")
    require("\tat " not in said, f"a stack trace:\n{said}")
    print("  " + lines[0])


def full(work: Path, mount: Path):
    server = Server(work / "pipes")
    source = work / "source.zarr"
    make_image(source)
    image = mount / "image.zarr"

    def limit(option: str):
        subprocess.run(["mount", "-o", f"remount,{option}", "tmpfs", str(mount)], check=True)

    limit("size=64m")
    fresh(source, image)
    before = files(image)
    used = os.statvfs(mount)
    used_bytes = (used.f_blocks - used.f_bfree) * used.f_frsize
    used_files = used.f_files - used.f_ffree
    sizes = [f"size={used_bytes + room}" for room in (0, 16 << 10, 100 << 10)]
    for option in [*sizes, f"size=64m,nr_inodes={used_files + 9}"]:
        print(f"a disk with {option}, of which {used_bytes} bytes and {used_files} files are used", flush=True)
        limit(option)
        _, said = submit(transform(image, *JOB), 1, 2, server=server)
        require_message(said, FULL)
        require_untouched(image, before, said, server)
        limit("size=64m,nr_inodes=10000")
    staging = mount / "stage"
    print("a full disk for --staging")
    image = work / "image.zarr"
    fresh(source, image)
    limit(f"size={used_bytes + (16 << 10)}")
    _, said = submit(transform(image, *JOB, "--staging", str(staging)), 1, 2, server=server)
    require_message(said, FULL)
    require_untouched(image, before, said, server)
    require(not staging.exists() or not files(staging), f"left in {staging}: {list(files(staging))[:5]}")
    print("the disk has room again")
    limit("size=64m")
    image = mount / "image.zarr"
    submit(transform(image, *JOB), 0, server=server)
    require(bool(difference(files(image), before)), "the run changed nothing")
    require_nothing_beside(image)


def limited(work: Path):
    print("nothing can be mounted here: in place of a full disk files may not grow beyond 1 KiB")
    image = work / "image.zarr"
    make_image(image)
    before = files(image)
    limit = ("bash", "-c", 'ulimit -f 1; exec "$0" "$@"')
    _, said = submit(transform(image, *JOB), 1, 2, prefix=limit)
    require_message(said, "File too large")
    require_untouched(image, before, said, Server(work / "pipes"))


def lock_up(folder: Path, writable: bool):
    for path in [folder, *folder.rglob("*")]:
        path.chmod((0o755 if path.is_dir() else 0o644) & (0o777 if writable else 0o555))


def denied(work: Path):
    """What may not be written: image and folder, one folder within it, and single files that must not be replaced."""
    server = Server(work / "pipes")
    source = work / "source.zarr"
    make_image(source)
    before = files(source)
    root = os.geteuid() == 0
    for name, problem in (("folder", "you may write neither into"), ("level", "permission denied")):
        image = work / name / "image.zarr"
        image.parent.mkdir(exist_ok=True)
        fresh(source, image)
        if root:
            give_to_other(image.parent)
        closed = image.parent if name == "folder" else image / "1"
        lock_up(closed, writable=False)
        print(f"permission to write is missing for {closed.name} in {image.parent}")
        try:
            _, said = submit_as_other(work, transform(image, *JOB)) if root else submit(transform(image, *JOB), 1, 2)
        finally:
            lock_up(closed, writable=True)
        require_message(said.replace("Permission denied", "permission denied"), problem)
        require_untouched(image, before, said, server)
    if root:
        for name, problem, keep in (("sticky", "another user, in a directory with the sticky bit", keep_sticky),
                                    ("immutable", "it is immutable", keep_immutable)):
            kept_file(work, source, name, problem, keep, server)


def kept_file(work: Path, source: Path, name: str, problem: str, keep, server: Server):
    image = work / name / "image.zarr"
    image.parent.mkdir()
    fresh(source, image)
    give_to_other(image.parent)
    print(f"a file that must not be replaced: {name}")
    release = keep(next(path for path in (image / "1").rglob("*") if path.is_file() and not path.name.startswith(".")))
    if release is None:
        print("  left out, for this file system knows no such files")
        return
    try:
        _, said = submit_as_other(work, transform(image, *JOB))
    finally:
        release()
    require_message(said, problem)
    require_untouched(image, files(source), said, server)


def keep_sticky(file: Path):
    os.chown(file.parent, 0, 65534)
    file.parent.chmod(0o1775)
    os.chown(file, 1234, 65534)
    return lambda: None


def keep_immutable(file: Path):
    try:
        subprocess.run(["chattr", "+i", file], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return lambda: subprocess.run(["chattr", "-i", file], check=True)


def give_to_other(folder: Path):
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, 65534, 65534)


def submit_as_other(work: Path, arguments: list[str]) -> tuple[int, str]:
    other = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all",
             "env", f"HOME={work}", f"NGFF_SPARK_LOG_DIR={work}/log")
    (work / "log").mkdir(exist_ok=True)
    os.chown(work / "log", 65534, 65534)
    return submit(arguments, 1, 2, prefix=other)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("step", choices=["full", "limited", "denied"])
    parser.add_argument("work", type=Path)
    parser.add_argument("mount", type=Path, nargs="?")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    work = options.work.resolve()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    if options.step == "full":
        full(work, options.mount.resolve())
    else:
        {"limited": limited, "denied": denied}[options.step](work)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Violation as violation:
        sys.exit(f"violation: {violation}")
