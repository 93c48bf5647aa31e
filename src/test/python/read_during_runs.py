#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads images all the time, in another process, while jobs change them in place.

    read_during_runs.py DIR

The reader decodes every write unit (chunk, or whole shard) of every level with zarr-python, and looks
at shape and data type. It must never fail. Of each unit it may see only what the finished runs have
left there, in their order: the old, then the new, never anything else, never an older one again.
"""

import argparse
import hashlib
import itertools
import json
import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import zarr

from submitted import (
    Server, Violation, fresh, make_image, require, require_nothing_beside, submit, transform)

LAYOUTS = {
    "v04.zarr": {"chunks": (1, 32, 32)},
    "v05.zarr": {"ngff_version": "0.5", "chunks": (1, 32, 32), "shards": (1, 64, 64)},
}
JOBS = [
    ["--transform", "affine", "--param", "scale=0.5"],
    ["--transform", "invert"],
    ["--transform", "gaussian-blur", "--param", "sigma=2"],
    ["--transform", "median", "--param", "size=5"],
]


def units(image: Path):
    """Every write unit: its name, and its pixels read anew from disk."""
    for level in itertools.count():
        if not (image / str(level)).exists():
            return
        array = zarr.open_array(image / str(level), mode="r")
        unit = array.shards or array.chunks
        starts = [range(0, length, step) for length, step in zip(array.shape, unit)]
        for place in itertools.product(*starts):
            box = tuple(slice(start, start + step) for start, step in zip(place, unit))
            yield f"{image.name}/{level}/{place} of {array.shape} {array.dtype}", np.asarray(array[box])


def digest(pixels: np.ndarray) -> str:
    return hashlib.sha256(pixels.tobytes()).hexdigest()[:20]


def read(work: Path):
    """The reader: reads all once more when it has been told to stop, and prints what it saw of each unit, in order."""
    seen: dict[str, list[str]] = {}
    passes = count = 0
    last = False
    print("reading", flush=True)
    while not last:
        last = (work / "stop").exists()
        for name in LAYOUTS:
            for unit, pixels in units(work / name):
                now = digest(pixels)
                history = seen.setdefault(unit, [])
                if not history or history[-1] != now:
                    history.append(now)
                count += 1
        passes += 1
    print(json.dumps({"passes": passes, "units": count, "seen": seen}))


def compare(seen: dict[str, list[str]], versions: list[dict[str, str]]) -> int:
    """Holds what was seen against what the runs left; returns how many changes were seen."""
    require(seen.keys() == versions[0].keys(), f"other units: {sorted(seen.keys() ^ versions[0].keys())[:5]}")
    for unit, history in seen.items():
        known = iter(version[unit] for version in versions)
        require(all(now in known for now in history), f"{unit}: saw content that no run left, or not in this order")
    return sum(len(history) - 1 for history in seen.values())


def run(work: Path):
    for name, layout in LAYOUTS.items():
        make_image(work / "source" / name, shape=(2, 384, 384), **layout)
        fresh(work / "source" / name, work / name)

    def version() -> dict[str, str]:
        return {unit: digest(pixels) for name in LAYOUTS for unit, pixels in units(work / name)}

    server = Server(work / "pipes")
    # When it answers it is there, and the reader need not wait for it.
    submit(["transforms"], 0, server=server)
    versions = [version()]
    reader = subprocess.Popen([sys.executable, __file__, str(work), "--read"], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    require(reader.stdout.readline() == "reading\n", "the reader does not start")
    try:
        for job in JOBS:
            start = time.monotonic()
            submit(transform(*(work / name for name in LAYOUTS), *job), 0, server=server)
            versions.append(version())
            changed = [unit for unit, old in versions[-2].items() if versions[-1][unit] != old]
            print(f"{job[1]}: {len(changed)} units changed, {time.monotonic() - start:.1f} s", flush=True)
            for name in LAYOUTS:
                require(any(unit.startswith(name) for unit in changed), f"the run changed nothing in {name}")
                require_nothing_beside(work / name)
    finally:
        (work / "stop").touch()
    said, failure = reader.communicate(timeout=120)
    require(reader.returncode == 0, f"the reader failed:\n{failure}")
    found = json.loads(said)
    changes = compare(found["seen"], versions)
    require(changes > 0, "the reader saw no change at all")
    print(f"the reader decoded {found['units']} units in {found['passes']} passes without any failure, and saw"
          f" {changes} changes of units, each from one finished run's content to a later one's")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--read", action="store_true")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    work = options.work.resolve()
    if options.read:
        read(work)
    else:
        work.mkdir(parents=True, exist_ok=True)
        run(work)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Violation as violation:
        sys.exit(f"violation: {violation}")
