#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Starts two different jobs on one image at once, again and again.

    race_runs.py DIR [--races N]

One wins, the other says who has the image and touches nothing; every file is as the winner's job
alone leaves it. If one ended before the other took its lock both are done, one after the other.
"""

import argparse
import re
import socket
import sys
import warnings
from pathlib import Path

from submitted import (
    Violation, difference, files, fresh, make_image, require, require_nothing_beside, start, submit, transform)

JOBS = {
    "A": ["--transform", "gaussian-blur", "--param", "sigma=60"],
    "B": ["--transform", "median", "--param", "size=151"],
}
OTHER = {"A": "B", "B": "A"}


class Races:
    def __init__(self, work: Path):
        self.source, self.image = work / "source.zarr", work / "image.zarr"
        make_image(self.source, shape=(2, 512, 512), chunks=(1, 256, 256))
        self.results = {}

    def result(self, order: str) -> dict[str, bytes]:
        """The files that these jobs leave, one after the other, with nobody in their way."""
        if order not in self.results:
            quiet = self.image.with_name("quiet.zarr")
            fresh(self.source, quiet)
            for job in order:
                submit(transform(quiet, *JOBS[job]), 0)
            self.results[order] = files(quiet)
        return self.results[order]

    def race(self, first: str) -> str:
        fresh(self.source, self.image)
        runs = {job: start(transform(self.image, *JOBS[job])) for job in (first, OTHER[first])}
        said = {job: run.communicate(timeout=300)[0] for job, run in runs.items()}
        codes = {job: run.returncode for job, run in runs.items()}
        texts = "\n".join(f"{job} ended with {codes[job]}:\n{said[job]}" for job in runs)
        winners = [job for job in runs if codes[job] == 0]
        require(bool(winners), "nobody won\n" + texts)
        self.require_clean(winners, texts)
        if len(winners) == 2:
            return "one after the other"
        loser = OTHER[winners[0]]
        require(codes[loser] == 2, texts)
        self.require_named(said[loser], runs[winners[0]].pid, JOBS[winners[0]])
        return f"{winners[0]} won"

    def require_clean(self, winners: list[str], texts: str):
        require_nothing_beside(self.image)
        orders = winners if len(winners) == 1 else ["AB", "BA"]
        now = files(self.image)
        wrong = [difference(now, self.result(order))[:5] for order in orders]
        require([] in wrong, f"not the result of {orders}: {wrong}\n{texts}")

    def require_named(self, message: str, pid: int, job: list[str]):
        """submit.sh becomes the JVM, so that its process is that of the run."""
        host = re.escape(socket.gethostname())
        wanted = rf"Image .*{self.image.name} is locked by run \S+ \(host {host}, process {pid}," \
            rf" started \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ: submit.sh transform /.*{job[1]}.*\); it is still at work"
        require(re.search(wanted, message) is not None, f"the loser says:\n{message}wanted: {wanted}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--races", type=int, default=6)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    options.work.mkdir(parents=True, exist_ok=True)
    races = Races(options.work.resolve())
    outcomes = []
    for number in range(options.races):
        outcomes.append(races.race("AB"[number % 2]))
        print(f"race {number + 1}: {outcomes[-1]}", flush=True)
    met = sum("won" in outcome for outcome in outcomes)
    print(f"in {met} of {len(outcomes)} races the runs met")
    require(2 * met >= len(outcomes), "the runs hardly ever met: nothing is shown by that")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Violation as violation:
        sys.exit(f"violation: {violation}")
