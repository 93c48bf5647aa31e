#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Functions of Python on a standalone cluster, with modules, files and an interpreter that come with the run.

    python_runs.py DIR MASTER

The function halves objects, as the built-in transform `affine` does, and waits at its first call of each process
until it is let go. Meanwhile its process, then its executor, then the whole run are killed with kill -9: the result is
that of `affine`, and no process of Python is left. At last the built-in transforms that are written a second time in
numpy give the same pixels on the cluster, in one run, as the built-in ones in one process, in a run for each image.
Features of Python are measured there too.
"""

import csv
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Mapping
from pathlib import Path

from submitted import ROOT, Server, Violation, difference, files, make_image, require

SECONDS = 120
TWINS = Path(__file__).resolve().with_name("numpy_transforms.py")
# By the name of the image that they are for: what makes all pixels of an object alike would hide the other steps.
CHAINS = {
    "chain": [
        ("normalize", "low=5"), ("affine", "scale=0.7", "offset=12.5"), ("gamma", "gamma=0.6"), ("clip", "min=2.5"),
        ("invert",), ("median", "size=3"), ("subtract-background", "percentile=40")],
    "erase": [("erase", "percentile=60")],
    "fill": [("fill", "value=3.5")],
    "blur": [("gaussian-blur", "sigma=1.1")],
}

FUNCTION = """
import os, time
from helper import scaled

def halve(patch, *, state: str):
    with open("factor.txt") as text:
        factor = float(text.read())
    mark = os.path.join(state, f"{os.getpid()} {os.getppid()}")
    if not os.path.exists(mark):
        open(mark, "w").close()
        # A process of its own that would go on: it must end with the worker.
        if os.fork() == 0:
            while True:
                time.sleep(1)
        while not os.path.exists(os.path.join(state, "go")):
            time.sleep(0.01)
    return scaled(patch, factor)
"""

# A step of the chain that an image is named after.
STEP = """
import inspect
import json
import numpy_transforms
from ngff_spark import masked_transform

CHAINS = {chains}

@masked_transform(channelwise=True)
def step(patch, labels, mask, axes, notes, image, *, number: int):
    chain = CHAINS[image.rstrip("/").rpartition("/")[2].removesuffix(".zarr")]
    if number >= len(chain):
        return patch
    name, *params = chain[number]
    twin = getattr(numpy_transforms, name.replace("-", "_"))
    given = {{"labels": labels, "mask": mask, "axes": axes, "notes": notes}}
    wanted = inspect.signature(twin).parameters
    values = {{key: json.loads(value) for key, value in (param.split("=") for param in params)}}
    return twin(patch, **{{key: value for key, value in given.items() if key in wanted}}, **values)
"""

FEATURES = """
from helper import scaled

def half(patch, channel_names):
    with open("factor.txt") as text:
        factor = float(text.read())
    return {f"half-{name}": scaled(patch[i].max(), factor) for i, name in enumerate(channel_names)}
"""


class Cluster:
    def __init__(self, work: Path, master: str):
        self.work, self.master = work, master
        self.state = work / "state"
        self.script = work / "größer.py"
        self.script.write_text(FUNCTION)
        (work / "helper.py").write_text("def scaled(patch, factor):\n    return patch * factor\n")
        (work / "factor.txt").write_text("0.5")
        self.environment()
        self.image = work / "image.zarr"
        self.server = Server(work / "pipes")
        make_image(self.image, ngff_version="0.5", shards=(1, 128, 128))
        self.built_in([("affine", "scale=0.5")], "java.zarr")
        self.expected = chunks(work / "java.zarr")
        require(self.expected != chunks(self.image), "the built-in transform changed nothing")

    def environment(self):
        """An archive with an interpreter, as conda-pack and venv-pack make them, but that it starts this one."""
        python = self.work / "packed" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
        python.chmod(0o755)
        with tarfile.open(self.work / "environment.tar.gz", "w:gz") as archive:
            archive.add(self.work / "packed", arcname=".")

    def submit(self, transform: str, param: str, output: str, master: str = "") -> "Run":
        shutil.rmtree(self.state, ignore_errors=True)
        self.state.mkdir()
        options = self.options(master or self.master)
        return Run(self.transform(options, [(transform, param)], self.to(output), self.image))

    def built_in(self, steps: list[tuple[str, ...]], output: str):
        Run(self.transform([], steps, self.to(output), self.image), self.server.environment).check()

    def to(self, output: str) -> list[str]:
        return ["--output", str(self.work / output)]

    def options(self, master: str) -> list[str]:
        options = ["--master", master, "--conf", "spark.driver.host=127.0.0.1"]
        options += ["--executor-memory", "1g", "--conf", "spark.pyspark.python=./env/bin/python"]
        options += ["--py-files", str(self.work / "helper.py"), "--files", str(self.work / "factor.txt")]
        return [*options, "--archives", f"{self.work / 'environment.tar.gz'}#env"]

    @staticmethod
    def transform(options: list[str], steps: list[tuple[str, ...]], to: list[str], *images: Path) -> list[str]:
        """The command for steps, each a transform and its parameters."""
        command = ["./submit.sh", *options, *(["--"] if options else [])]
        command += ["transform", *map(str, images), "--label", "nuclei"]
        for name, *params in steps:
            command += ["--transform", name, *(word for param in params for word in ("--param", param))]
        return [*command, *to]

    def halve(self, output: str, master: str = "") -> "Run":
        return self.submit(f"{self.script}:halve", f"state={self.state}", output, master)

    def waiting(self, apart: set[int]) -> tuple[int, int]:
        """A process that holds an object, and its executor; none of those that are known."""
        def find():
            marks = [tuple(map(int, path.name.split())) for path in self.state.glob("* *")]
            return next((mark for mark in marks if mark[0] not in apart and is_there(mark[0])), None)

        return until(find, "no process of Python holds an object")

    def let_go(self):
        (self.state / "go").touch()

    def require_same(self, output: str):
        unlike = difference(chunks(self.work / output), self.expected)
        require(not unlike, f"{output} is not what the built-in transform gives: {unlike}")

    def require_nothing_left(self):
        for path in self.state.glob("* *"):
            leader = int(path.name.split()[0])
            until(lambda: not group(leader), f"the group of process {leader} is left")


class Run:
    def __init__(self, command: list[str], given: Mapping[str, str] = os.environ):
        environment = {name: value for name, value in given.items() if name != "SPARK_HOME"}
        self.log = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def check(self) -> str:
        text, _ = self.log.communicate(timeout=SECONDS)
        require(self.log.returncode == 0, f"the run ended with {self.log.returncode}:\n{text}")
        return text

    def kill(self):
        self.log.kill()
        self.log.communicate()


def chunks(image: Path) -> dict[str, bytes]:
    return {name: content for name, content in files(image).items() if not name.endswith("zarr.json")}


def is_there(process: int) -> bool:
    try:
        return "Z" != Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def group(leader: int) -> list[int]:
    """The processes of a group, without those that have ended and only wait to be noticed."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # It has ended meanwhile.
        if int(fields[2]) == leader and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def until(condition, problem: str):
    end = time.monotonic() + SECONDS
    while not (value := condition()):
        require(time.monotonic() < end, problem)
        time.sleep(0.05)
    return value


def brings_modules_files_and_interpreter(cluster: Cluster):
    run = cluster.halve("local.zarr", "local[2,3]")
    cluster.let_go()
    run.check()
    cluster.require_same("local.zarr")
    cluster.require_nothing_left()


def loses_a_process_and_an_executor(cluster: Cluster):
    run = cluster.halve("killed.zarr")
    known = set()
    worker, _ = cluster.waiting(known)
    os.kill(worker, signal.SIGKILL)
    until(lambda: not group(worker), "the children of a killed process are left")
    known.add(worker)
    worker, executor = cluster.waiting(known)
    # What starts the interpreter may lie between.
    os.kill(executor, signal.SIGKILL)
    until(lambda: not group(worker), "the processes of a killed executor are left")
    cluster.let_go()
    run.check()
    cluster.require_same("killed.zarr")
    cluster.require_nothing_left()


def loses_the_driver(cluster: Cluster):
    run = cluster.halve("again.zarr")
    cluster.waiting(set())
    run.kill()
    cluster.require_nothing_left()
    Run(["./submit.sh", "recover", str(cluster.work / "again.zarr")], cluster.server.environment).check()
    run = cluster.halve("again.zarr")
    cluster.let_go()
    run.check()
    cluster.require_same("again.zarr")
    cluster.require_nothing_left()


def measures_by_modules_files_and_interpreter(cluster: Cluster):
    script = cluster.work / "maß.py"
    script.write_text(FEATURES)
    Run(["./submit.sh", *cluster.options(cluster.master), "--", "measure", str(cluster.image), "--label", "nuclei",
         "--features", f"intensity_max,{script}:half", "--table", "halves", "--backend", "csv"]).check()
    with open(cluster.image / "tables" / "halves" / "table.csv", newline="") as text:
        rows = list(csv.DictReader(text))
    pairs = [(name, name.replace("half", "intensity_max", 1)) for name in rows[0] if name.startswith("half-")]
    require(pairs, f"no column of the function is in the table: {list(rows[0])}")
    wrong = [row for row in rows for own, known in pairs if float(row[own]) != float(row[known]) / 2]
    require(not wrong, f"the function measured something else: {wrong[:1]}")


def gives_what_the_built_in_ones_give(cluster: Cluster):
    options = ["--master", cluster.master, "--conf", "spark.driver.host=127.0.0.1", "--executor-memory", "1g"]
    options += ["--conf", f"spark.pyspark.python={sys.executable}", "--py-files", str(TWINS)]
    script = cluster.work / "steps.py"
    script.write_text(STEP.format(chains=CHAINS))
    images = []
    for name, steps in CHAINS.items():
        cluster.built_in(steps, f"{name}-java.zarr")
        images.append(cluster.work / f"{name}.zarr")
        shutil.copytree(cluster.image, images[-1])
    twins = [(f"{script}:step", f"number={number}") for number in range(max(map(len, CHAINS.values())))]
    Run(cluster.transform(options, twins, ["--suffix", "-python"], *images)).check()
    for name in CHAINS:
        java, python = (chunks(cluster.work / f"{name}-{language}.zarr") for language in ("java", "python"))
        require(java != chunks(cluster.image), f"{name} changed nothing")
        if name != "blur":
            require(not difference(java, python), f"{name} differs: {difference(java, python)}")
        else:
            require(most_apart(cluster.work / "blur-java.zarr", cluster.work / "blur-python.zarr") <= 1, "blur differs")


def most_apart(one: Path, other: Path) -> int:
    """Of the pixels of two images."""
    import numpy
    from ngio import open_ome_zarr_container

    pixels = [open_ome_zarr_container(each).get_image().get_array().astype(numpy.int64) for each in (one, other)]
    return int(numpy.abs(pixels[0] - pixels[1]).max())


def main() -> int:
    work, master = Path(sys.argv[1]).resolve(), sys.argv[2]
    work.mkdir(parents=True)
    cluster = Cluster(work, master)
    checks = (brings_modules_files_and_interpreter, loses_a_process_and_an_executor, loses_the_driver,
              gives_what_the_built_in_ones_give, measures_by_modules_files_and_interpreter)
    for check in checks:
        began = time.monotonic()
        try:
            check(cluster)
        except Violation as violation:
            print(f"{check.__name__}: {violation}")
            return 1
        print(f"{check.__name__.replace('_', ' ')}: yes, {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
