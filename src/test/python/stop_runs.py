#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tells runs to end, as a scheduler (SIGTERM) and Ctrl-C (SIGINT) do, at random moments.

    stop_runs.py DIR [--stops N] [--seed N]

The exit code is that of the signal, a message and the page of the run say how things stand, every
image is as before or as after, nothing is left beside the plate, and `--resume` makes it what an
undisturbed run makes.
"""

import argparse
import random
import re
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

from ngio import ImageInWellPath, create_empty_plate

from submitted import (
    Violation, difference, files, fresh, make_image, require, require_nothing_beside, start, submit, transform)

IMAGES = ["A/01/0", "A/02/0", "B/01/0"]
JOB = ["--transform", "gaussian-blur", "--param", "sigma=40"]
STATE = re.compile(r"stopped, (\d) images? done, all others are as they were")


def make_plate(path: Path):
    places = [ImageInWellPath(row=row, column=column, path=image)
              for row, column, image in (name.split("/") for name in IMAGES)]
    create_empty_plate(path, name="stop", images=places, overwrite=True)
    for name in IMAGES:
        make_image(path / name, shape=(2, 512, 512))


def image(all_files: dict[str, bytes], name: str) -> dict[str, bytes]:
    return {key: value for key, value in all_files.items() if key.startswith(name + "/")}


class Stops:
    def __init__(self, work: Path):
        self.source, self.plate, self.report = work / "source.zarr", work / "plate.zarr", work / "report"
        make_plate(self.source)
        fresh(self.source, self.plate)
        self.locked, self.duration = self.whole_run()
        self.before, self.after = files(self.source), files(self.plate)

    def whole_run(self) -> tuple[float, float]:
        """When an undisturbed run has its first lock, and when it ends, in seconds."""
        begin = time.monotonic()
        run = start(transform(self.plate, *JOB))
        beside = self.plate.with_name(self.plate.name + ".ngff-spark")
        while run.poll() is None and not beside.exists():
            time.sleep(0.01)
        locked = time.monotonic() - begin
        said, _ = run.communicate(timeout=300)
        require(run.returncode == 0, said)
        return locked, time.monotonic() - begin

    def stop(self, number: signal.Signals, after_lock: float) -> str:
        """Sends the signal so long after the first lock."""
        fresh(self.source, self.plate)
        run = start(transform(self.plate, *JOB, "--report", self.report))
        beside = self.plate.with_name(self.plate.name + ".ngff-spark")
        while run.poll() is None and not beside.exists():
            time.sleep(0.005)
        time.sleep(after_lock)
        run.send_signal(number)
        asked = time.monotonic()
        said, _ = run.communicate(timeout=60)
        ended = f"ended with {run.returncode} {time.monotonic() - asked:.1f} s later"
        self.require_clean(said)
        require(run.returncode in (0, 128 + number), f"{ended}\n{said}")
        if run.returncode == 0:
            return f"{ended}, all done"
        return f"{ended}: {self.require_said(said)}"

    def require_clean(self, said: str):
        require_nothing_beside(self.plate)
        now = files(self.plate)
        for name in IMAGES:
            states = [image(self.before, name), image(self.after, name)]
            require(image(now, name) in states, f"{name}: {difference(image(now, name), states[0])[:5]} …\n{said}")

    def require_said(self, said: str) -> str:
        now = files(self.plate)
        done = sum(image(now, name) == image(self.after, name) for name in IMAGES)
        state = STATE.search(said)
        require(state is not None and int(state[1]) == done, f"{done} images are done, it says:\n{said}")
        require("\tat " not in said, f"a stack trace:\n{said}")
        page = (self.report / "report.html").read_text()
        word = "Done." if done == len(IMAGES) else "Stopped before all was done."
        shown = re.search(r'data-name="done" data-value="(\d+)"', page)
        require(word in page and int(shown[1]) == done, f"{done} images are done, the page says: {shown[0]}\n{said}")
        return state[0]

    def resume(self):
        submit(transform(self.plate, *JOB, "--resume"), 0)
        wrong = difference(files(self.plate), self.after)
        require(not wrong, f"after --resume not as an undisturbed run leaves it: {wrong[:5]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--stops", type=int, default=6)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    options.work.mkdir(parents=True, exist_ok=True)
    print(f"seed {options.seed}")
    moments = random.Random(options.seed)
    stops = Stops(options.work.resolve())
    print(f"an undisturbed run takes {stops.duration:.1f} s, its first lock {stops.locked:.1f} s", flush=True)
    stopped = 0
    for number in range(options.stops):
        kind = (signal.SIGTERM, signal.SIGINT)[number % 2]
        # With the first lock the images are being planned, which takes too little time to be hit by chance.
        moment = 0 if number < 2 else moments.uniform(0, 0.8) * (stops.duration - stops.locked)
        outcome = stops.stop(kind, moment)
        stopped += "stopped" in outcome
        print(f"{kind.name} {moment:.2f} s after the first lock: {outcome}", flush=True)
    stops.resume()
    print("resumed well")
    require(stopped > 0, "no run was stopped: nothing is shown by that")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Violation, subprocess.TimeoutExpired) as violation:
        sys.exit(f"violation: {violation}")
