#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills runs on a plate at random moments and looks at what is left.

    kill_runs.py DIR [--driver N] [--executor N] [--seed N]

Driver: kill -9 of the whole run, while it has something beside the plate. In between, ngio opens
every image with its label images and tables, and each pixel is the old or the new one. Then, in
turn, `recover` (each image is as before or as after) and `--resume`, or `--resume` alone: every file
is that of an undisturbed run. So for a transform in two steps, and once for measure, segment,
pyramid, remove, and paste of files that numpy has changed; the page of a killed transform says that
no end is noted; of crops that are there each is whole, of images of a plate that is converted too.
Runs that are killed have processes of their own; those before and after share one.
Executor: kill -9 of an executor of a local-cluster while tasks
stage units, then of the other one; the run itself must end well, with the same files.
"""

import argparse
import copy
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import PIL.Image
from ngio import ImageInWellPath, create_empty_plate, create_ome_zarr_from_array, open_ome_zarr_container
from ngio.resources import get_sample_info

from submitted import ROOT, Server, difference, files, fresh, submit

IMAGES = ["B/03/0", "B/03/1", "C/05/0"]
CHUNK = 32
TRANSFORM = ["transform", "--label", "nuclei", "--transform", "affine", "--param", "scale=0.5",
             "--transform", "gaussian-blur", "--param", "sigma=1", "--in-place"]
MEASURE = ["measure", "--label", "nuclei", "--features", "shape,intensity"]
SEGMENT = ["segment", "--label", "nuclei", "--method", "otsu", "--to", "bright"]
CONVERT = ["--format", "0.5", "--chunks", "32,32", "--shards", "128,128"]
PYRAMID = ["pyramid", "--levels", "5"]
REMOVE = ["remove", "--label", "nuclei", "--force"]
# How a command goes on where it was killed.
AGAIN = {"pyramid": []}
CLUSTER = ["--master", "local-cluster[2,1,1024]", "--conf", "spark.driver.host=127.0.0.1", "--"]


def make_plate(path: Path):
    """Three images of the sample, each 1 x 512 x 512 in 256 small chunks."""
    wells = [name.split("/") for name in IMAGES]
    places = [ImageInWellPath(row=row, column=column, path=image) for row, column, image in wells]
    create_empty_plate(path, name="kill", images=places, overwrite=True)
    sample = get_sample_info("Cardiomyocyte")
    raw = np.asarray(PIL.Image.open(sample.img_path)).astype(np.uint16) * 200
    nuclei = np.asarray(PIL.Image.open(sample.labels[0].label_path)).astype(np.uint32)
    for number, name in enumerate(IMAGES):
        container = create_ome_zarr_from_array(
            path / name, (raw + number)[None], pixelsize=0.325, levels=4, axes_names="cyx",
            chunks=(1, CHUNK, CHUNK), overwrite=True)
        label = container.derive_label("nuclei")
        label.set_array(nuclei)
        label.consolidate()
        table = label.build_masking_roi_table()
        container.add_table("nuclei_ROI_table", table)


def pixels(plate: Path) -> dict[str, np.ndarray]:
    found = {}
    for name in IMAGES:
        container = open_ome_zarr_container(plate / name)
        for level in container.level_paths:
            found[f"{name}/{level}"] = container.get_image(path=level).get_array()
        for label in container.list_labels():
            container.get_label(label).get_array()
        for table in container.list_tables():
            container.get_table(table)
    return found


class Kills:
    """Kills runs while they are at work, at random moments."""

    def __init__(self, work: Path, seed: int):
        self.log = work / "run.log"
        self.moments = random.Random(seed)
        self.seconds = 0.0

    def start(self, arguments: list[str]) -> subprocess.Popen:
        with open(self.log, "wb") as log:
            return subprocess.Popen(
                ["./submit.sh", *arguments], cwd=ROOT, stdout=log, stderr=log, start_new_session=True)

    def finish(self, run: subprocess.Popen):
        code = run.wait(timeout=300)
        if code != 0:
            sys.exit(f"exit code {code}:\n" + self.log.read_text(errors="replace"))

    @staticmethod
    def wait_for(run: subprocess.Popen, condition: Callable[[], bool]):
        while run.poll() is None and not condition():
            time.sleep(0.01)

    def time(self, arguments: list[str], place: Path):
        """Runs undisturbed: about as long others have something to lose, too."""
        run = self.start(arguments)
        self.wait_for(run, place.exists)
        first = last = time.monotonic()
        while run.poll() is None:
            if place.exists():
                last = time.monotonic()
            time.sleep(0.01)
        self.finish(run)
        self.seconds = last - first

    def kill(self, prepare: Callable[[], None], arguments: list[str], place: Path) -> str:
        """Kills a run that has begun to write a place; one that ends before tells how long it took, and runs again."""
        for attempt in range(6):
            prepare()
            run = self.start(arguments)
            self.wait_for(run, place.exists)
            begun = time.monotonic()
            moment = self.moments.uniform(0.0, 0.8**attempt) * self.seconds
            try:
                run.wait(timeout=moment)
            except subprocess.TimeoutExpired:
                os.killpg(run.pid, signal.SIGKILL)
                run.wait()
                return f"killed after {moment:.2f} s"
            self.finish(run)
            self.seconds = time.monotonic() - begun
        sys.exit(f"{arguments[0]}: each run ended before it was to be killed")


class Runs:
    def __init__(self, work: Path, server: Server, kills: Kills, command: list[str]):
        self.work, self.server, self.kills = work, server, kills
        self.report = work / "report"
        self.command = command
        self.source = work / "source.zarr"
        self.plate = work / "plate.zarr"
        self.area = work / "plate.zarr.ngff-spark"
        self.before, self.before_pixels = files(self.source), pixels(self.source)

    def of(self, command: list[str]) -> "Runs":
        """As these, of a command that has been run undisturbed."""
        runs = copy.copy(self)
        runs.command = command
        runs.fresh()
        runs.do(*runs.words())
        runs.after, runs.after_pixels = files(self.plate), pixels(self.plate)
        assert difference(self.before, runs.after), "the undisturbed run changed nothing"
        return runs

    def do(self, *arguments: Path | str):
        """Runs to a good end in the process that is there."""
        submit(list(map(str, arguments)), 0, server=self.server)

    def words(self, *more: str) -> list[str]:
        return [self.command[0], str(self.plate), *self.command[1:], *more]

    def has_staged(self) -> bool:
        """Whether tasks are at work."""
        try:
            return any(path.name.isdigit() and path.is_file() for path in self.area.rglob("units/*/*/*"))
        except FileNotFoundError:
            return False

    def fresh(self):
        fresh(self.source, self.plate)

    def paste(self) -> list[str]:
        """A command that pastes the objects of the plate, half as bright."""
        crops = self.work / "crops"
        self.do("crops", self.source, "--label", "nuclei", "--to", crops)
        for file in crops.rglob("*.npy"):
            np.save(file, np.load(file) / 2)
        return ["paste", "--label", "nuclei", "--from", str(crops), "--in-place"]

    def kill_crops(self) -> str:
        """What a killed run has cut are whole files, and it goes on to all of them."""
        whole, cut = self.work / "whole", self.work / "cut"
        crops = ["crops", str(self.source), "--label", "nuclei", "--to"]
        self.do(*crops, whole)
        ended = self.kills.kill(lambda: shutil.rmtree(cut, ignore_errors=True), [*crops, str(cut)], cut)
        wanted = files(whole)
        there = {name: content for name, content in files(cut).items() if name.endswith(".npy")}
        assert all(wanted[name] == content for name, content in there.items()), "a crop is not whole"
        self.do(*crops, cut)
        wrong = difference(files(cut), wanted)
        assert not wrong, f"not the crops of an undisturbed run: {wrong[:5]}"
        return f"{ended}, when {len(there)} of {len(wanted)} files were there"

    def kill_convert(self) -> str:
        """Of a plate that is converted each image is whole or not there, after `recover` nothing else is."""
        whole, cut = self.work / "whole.zarr", self.work / "cut.zarr"
        convert = ["convert", str(self.source), *CONVERT, "--to"]
        self.do(*convert, whole)
        ended = self.kills.kill(lambda: shutil.rmtree(cut, ignore_errors=True), [*convert, str(cut)], cut)
        self.do("recover", cut)
        wanted, there = files(whole), files(cut)
        images = {name: [key for key in there if key.startswith(name + "/")] for name in IMAGES}
        done = [name for name in IMAGES if images[name]]
        for name in done:
            same = {key: value for key, value in wanted.items() if key.startswith(name + "/")}
            assert {key: there[key] for key in images[name]} == same, f"{name} is not whole"
            open_ome_zarr_container(cut / name).get_image().get_array()
        left = [key for key in there.keys() - wanted.keys()] + [path.name for path in self.work.glob("cut.zarr.*")]
        assert not left, f"left by the killed run: {left[:5]}"
        self.do(*convert, cut, "--resume")
        wrong = difference(files(cut), wanted)
        assert not wrong, f"not the plate of an undisturbed run: {wrong[:5]}"
        return f"{ended}, when {len(done)} of {len(IMAGES)} images were there"

    def kill_driver(self, recover_first: bool) -> str:
        has_page = self.command is TRANSFORM
        words = self.words(*(["--report", str(self.report)] if has_page else []))

        def prepare():
            self.fresh()
            shutil.rmtree(self.report, ignore_errors=True)

        ended = self.kills.kill(prepare, words, self.area)
        if has_page:
            self.check_pages()
        self.check_in_between()
        again = AGAIN.get(self.command[0], ["--resume"])
        if recover_first or "--resume" not in again:
            self.do("recover", self.plate)
            self.check_recovered()
        self.do(*self.words(*again))
        self.check_same_as_undisturbed()
        return ended

    def check_pages(self):
        """The page that was there, and the one made of the manifest, say that the run has not ended."""
        manifest = self.report / "run.jsonl"
        if '"kind":"end"' in manifest.read_text():
            return
        of_moment = (self.report / "report.html").read_text()
        self.do("report", manifest, "--to", self.work / "page")
        for page in (of_moment, (self.work / "page" / "report.html").read_text()):
            assert "no end is noted" in page and page.endswith("</html>\n"), "the page of a killed run is another's"

    def check_in_between(self):
        for name, now in pixels(self.plate).items():
            old, new = self.before_pixels[name], self.after_pixels[name]
            assert ((now == old) | (now == new)).all(), f"{name} has pixels that are neither old nor new"

    def check_recovered(self):
        now = files(self.plate)
        for name in IMAGES:
            image = {key: value for key, value in now.items() if key.startswith(name + "/")}
            states = [{k: v for k, v in known.items() if k.startswith(name + "/")}
                      for known in (self.before, self.after)]
            assert image in states, f"{name} after recover: {difference(image, states[0])[:5]} …"
        self.check_nothing_beside()

    def check_same_as_undisturbed(self):
        wrong = difference(files(self.plate), self.after)
        assert not wrong, f"not as an undisturbed run leaves it: {wrong[:10]}"
        self.check_nothing_beside()

    def check_nothing_beside(self):
        beside = [path.name for path in self.work.glob("plate.zarr*") if path != self.plate]
        assert not beside, f"left beside the plate: {beside}"

    def kill_executors(self, count: int) -> int:
        """Runs on a cluster, killing one executor after the other; how many were killed."""
        self.fresh()
        run = self.kills.start([*CLUSTER, *self.words()])
        self.kills.wait_for(run, self.has_staged)
        killed = []
        while len(killed) < count and run.poll() is None:
            victims = [pid for pid in executors(run.pid) if pid not in killed]
            if victims:
                os.kill(victims[0], signal.SIGKILL)
                killed.append(victims[0])
            time.sleep(0.2)
        self.kills.finish(run)
        self.check_same_as_undisturbed()
        return len(killed)


def executors(session: int) -> list[int]:
    """Executors that this run started, by the session it leads."""
    listing = subprocess.run(["ps", "-e", "-o", "pid=,sid=,args="], capture_output=True, text=True,
                             check=True).stdout
    rows = [line.split(None, 2) for line in listing.splitlines()]
    return [int(pid) for pid, sid, command in rows
            if sid == str(session) and "CoarseGrainedExecutorBackend" in command]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--driver", type=int, default=1)
    parser.add_argument("--executor", type=int, default=2)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    print(f"seed {options.seed}", flush=True)
    work = options.work.resolve()
    server = Server(work / "pipes")
    kills = Kills(work, options.seed)
    make_plate(work / "source.zarr")
    plain = Runs(work, server, kills, MEASURE)
    plain.fresh()
    kills.time(plain.words(), plain.area)
    print(f"an undisturbed run has something beside the plate for {kills.seconds:.2f} s", flush=True)
    print(f"driver, crops: {plain.kill_crops()}; cut again well", flush=True)
    print(f"driver, convert: {plain.kill_convert()}; resumed well", flush=True)
    driven = 0
    for command, count in ((MEASURE, 1), (SEGMENT, 1), (PYRAMID, 1), (REMOVE, 1), (plain.paste(), 1),
                           (TRANSFORM, options.driver)):
        runs = plain.of(command)
        for _ in range(count):
            print(f"driver, {command[0]}: {runs.kill_driver(driven % 2 == 1)}; resumed well", flush=True)
            driven += 1
    killed = runs.kill_executors(options.executor)
    print(f"{killed} executors: killed; ended well", flush=True)
    assert killed == options.executor, "the run ended before all executors were killed"
    return 0


if __name__ == "__main__":
    sys.exit(main())
