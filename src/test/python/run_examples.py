#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the commands of README, docs, conf and examples as they stand there.

    run_examples.py here DIR             those of one machine
    run_examples.py master DIR MASTER    those that name a master of Spark, on this one
    run_examples.py print WORD           prints those that begin with a word or hold it

A block of commands is run by bash as a whole, in the folder DIR/here, which has submit.sh, conf and examples of the
sources, and images, files and folders of the names that the block uses, made anew for each block. Other names are
replaced only where CHANGED says so. Of `here`, commands without options of Spark are handed to one process, see
src/test/sh/served/bin/java. What blocks made that other checks look at is kept in DIR/kept.
"""

import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import textwrap
import zipfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from submitted import ROOT, Server

SECONDS = 600
# Blocks that another check runs or reads, by their first words.
ELSEWHERE = {
    "./submit.sh demo": "src/test/sh/35-demo.sh",
    "mvn -Pdist": "src/test/sh/install.sh",
    "tar": "src/test/sh/85-distribution.sh",
    "source": "src/test/sh/85-distribution.sh",
    "./submit.sh --conf spark.hadoop.fs.s3a": "src/test/sh/90-object-stores.sh",
    "spark-sql": "src/test/sh/80-python-package.sh",
    "docker": "ContainerExamplesTest",
    "FROM apache/spark": "ContainerExamplesTest",
    "volume=": "ContainerExamplesTest",
}
# Blocks that are no commands.
TEXTS = ("RunResult", "lock", "D ", "{", "plate.zarr/", "[#", '"""', "Parameters")
# What a block wants that is not there, by a part of its text.
BEFORE = {
    "nuclei_features": "./submit.sh measure plate.zarr --label nuclei",
    "--image 0Corrected --dry-run": """
        ./submit.sh transform plate.zarr --label nuclei --transform invert --suffix Corrected
        ./submit.sh segment plate.zarr --label nuclei --channel DAPI --method otsu --to nuclei_found""",
    "--split watershed --to nuclei": """
        ./submit.sh remove plate.zarr --table nuclei_ROI_table --force
        ./submit.sh remove plate.zarr --label nuclei --force""",
    "DIR/run.jsonl": "./submit.sh transform plate.zarr --label nuclei --transform invert --in-place --report DIR",
    "PLATE_OR_IMAGE": "cp -r plate.zarr PLATE_OR_IMAGE",
    "@tsv' run.jsonl": "./submit.sh rois plate.zarr --label nuclei --table new --manifest run.jsonl",
    "mine.jar": "cp examples/transform-project/target/my-transform.jar mine.jar",
    # On executors of their own.
    "my-transform.jar,model.jar": """
        sed -i 's/local.2./local-cluster[1,2,1024]/' "$SPARK_CONF_DIR/spark-defaults.conf"
        cp examples/transform-project/target/my-transform.jar .
        python3 -m zipfile -c model.jar conf/nightly.yaml""",
    "/shared/model.npz": """python3 -c "import numpy; numpy.savez('model', weight=numpy.float32(0.5), bias=10.0)" """,
    # Of Slurm the two programs that the script uses; a signal ends its second step.
    "scontrol": """
        mkdir bin
        printf '#!/bin/sh\n[ "$2" != transform ] || exit 143\nexec "$@"\n' >bin/srun
        printf '#!/bin/sh\necho "scontrol $*"\n' >bin/scontrol
        chmod +x bin/*""",
}
# How what is no command of a shell is run, by its first words.
STARTED = {
    "30 1 * * *": """
        sed 's:^30 1 . . . ::' block >cron.sh
        bash -e cron.sh
        bash -e cron.sh | tee again.txt
        grep -q '2 done by the same job before' again.txt""",
    "recover = BashOperator": """
        grep -o 'bash_command="[^"]*"' block | cut -d '"' -f 2 >airflow.sh
        [ "$(wc -l <airflow.sh)" -eq 2 ]
        bash -e airflow.sh""",
    "#!/bin/bash": """
        PATH=$PWD/bin:$PATH PLATE=plate.zarr SLURM_JOB_ID=17 bash -e block >slurm.txt || code=$?
        [ "$code" -eq 143 ]
        grep -q '^scontrol requeue 17$' slurm.txt""",
}
# What other checks look at: where it is, and a part of the block that makes it.
KEPT = {
    "halved": ("plate.zarr/B/03/0", "README.md: ./submit.sh inspect"),
    "standardized": ("plate.zarr/B/03", "com.example.Standardize"),
    "sharp": ("plate.zarr/B/03/0Sharp", "python3 sharpen.py"),
    "tophat": ("plate.zarr/B/03/0TopHat", "tophat.py:"),
    "net": ("plate.zarr/B/03/0Net", "brighten.py:"),
    "bright": ("plate.zarr/B/03/0", "bright_parts.py:"),
    "train.zarr": ("train.zarr", "--to train.zarr"),
}
# Names that stand for what is elsewhere on another machine.
CHANGED = {
    "/shared/model.npz": "model.npz",
    "/data/plates/today.zarr": "plate.zarr",
    "{{ params.plate }}": "plate.zarr",
    "/opt/ngff-spark/": "./",
    "cd /opt/ngff-spark ": "true ",
    "/var/lock/": "./",
}
HELPER = "def scaled(patch, factor):\n    return patch * factor\n"
MINE = """
import more
from helper import scaled

def work(patch):
    with open("table.csv") as table:
        return scaled(patch, float(table.read()) + more.NOTHING)
"""


class Block(NamedTuple):
    document: str
    text: str

    def __str__(self):
        return f"{self.document}: {self.text}"


def blocks() -> list[Block]:
    """What is fenced as shell or as nothing, or set off by four spaces."""
    documents = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "conf" / "nightly.yaml"]
    documents += (ROOT / "examples" / "python").glob("*.py")
    found = []
    for document in sorted(documents):
        text = document.read_text()
        if document.suffix == ".yaml":
            text = re.sub("^#", " ", text, flags=re.M)
        fenced = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)
        texts = [block for language, block in fenced if language in ("", "sh")]
        rest = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
        texts += map(textwrap.dedent, re.findall(r"(?:^    .*\n)+", rest, re.M))
        if document.suffix != ".md":
            texts = [block for block in texts if block.startswith("./submit.sh")]
        found += [Block(document.name, block) for block in texts if not block.startswith(TEXTS)]
    return found


def functions(text: str) -> dict[str, str]:
    """The files of Python that commands name and documents show, by their names."""
    shown = [
        block for document in sorted((ROOT / "docs").glob("*.md"))
        for block in re.findall("^```python\n(.*?)^```$", document.read_text(), re.M | re.S)]
    files = {}
    for name, function in re.findall(r" (?:\w+,)*(\w+\.py):(\w+)", text):
        files[name] = next((block for block in shown if f"def {function}(" in block and "import ngff" not in block), MINE)
    if "sharpen.py" in text:
        files["sharpen.py"] = next(block for block in shown if "numpy.save" in block)
    return files


class Place:
    """A folder in which blocks are run."""

    def __init__(self, work: Path, changed: dict[str, str]):
        self.work, self.changed = work, changed
        self.here, self.images = work / "here", work / "images"
        shutil.rmtree(work, ignore_errors=True)
        self.here.mkdir(parents=True)
        (work / "kept").mkdir()
        self.environment = {name: value for name, value in os.environ.items() if name != "SPARK_HOME"}
        folder = Path(sys.executable).parent
        self.environment["PATH"] = f"{folder}:{self.environment['PATH']}"
        self.environment |= {"PYSPARK_PYTHON": sys.executable, "NGFF_SPARK_MEMORY": "2g"}
        self.link()

    def link(self):
        (self.here / "submit.sh").symlink_to(ROOT / "submit.sh")
        (self.here / "examples").symlink_to(ROOT / "examples")
        shutil.copytree(ROOT / "conf", self.here / "conf")

    def prepare(self, block: Block):
        """Makes the folder anew, which stays the same for who works in it."""
        for left in self.here.iterdir():
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
        self.link()
        for image in self.images.iterdir():
            if image.name in block.text or image.name == "plate.zarr":
                shutil.copytree(image, self.here / image.name)
        for name, text in functions(block.text).items():
            (self.here / name).write_text(text)
        if "env.tar.gz" in block.text:
            self.bring_along()

    def bring_along(self):
        """What a function takes to executors: modules, a file, and an environment that starts this interpreter."""
        (self.here / "helper.py").write_text(HELPER)
        with zipfile.ZipFile(self.here / "more.zip", "w") as modules:
            modules.writestr("more.py", "NOTHING = 0\n")
        (self.here / "table.csv").write_text("0.5\n")
        python = self.work / "packed" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        python.chmod(0o755)
        with tarfile.open(self.here / "env.tar.gz", "w:gz") as archive:
            archive.add(self.work / "packed", arcname=".")

    def run(self, block: Block):
        for part, commands in BEFORE.items():
            if part in block.text:
                self.bash(commands)
        (self.here / "block").write_text(self.named(block.text))
        self.bash(next((how for start, how in STARTED.items() if block.text.startswith(start)), block.text))
        for name, (path, part) in KEPT.items():
            if part in str(block):
                shutil.copytree(self.here / path, self.work / "kept" / name)

    def named(self, text: str) -> str:
        for name, here in self.changed.items():
            text = text.replace(name, here)
        return text

    def bash(self, text: str):
        ended = subprocess.run(
            ["bash", "-e", "-c", self.named(text)], cwd=self.here, env=self.environment, text=True, timeout=SECONDS,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if ended.returncode != 0:
            sys.exit(f"{text}\nended with code {ended.returncode}:\n{ended.stdout}")


def complete(place: Place):
    """Makes of the images that are there what documents call by names of their own, and takes them for all blocks."""
    place.bash("""
        ./submit.sh transform plate.zarr/B/03/0 --label nuclei --on-label nuclei --ids 2 --in-place \
            --transform relabel --param to=1009
        ./submit.sh convert plate.zarr/B/03/0 --format n5 --to volume.n5/c0
        mkdir volume.n5/setup0 && cp -r volume.n5/c0 volume.n5/setup0/timepoint0""")
    for labels in place.here.glob("plate.zarr/*/*/*/labels"):
        shutil.copytree(labels / "wf_2_labels", labels / "cells")
        change(labels / "zarr.json", lambda group: group["attributes"]["ome"]["labels"].append("cells"))
    # Its channels are told by label and by number.
    change(place.here / "image.zarr" / ".zattrs", lambda group: group["omero"]["channels"].reverse())
    pixels = np.random.default_rng(7).integers(1, 4000, (3, 20, 30)).astype(">u2")
    labels = np.zeros(pixels.shape, ">u4")
    labels[:, 4:12, 5:25] = 3
    write_n5(place.here / "volume.n5" / "raw", pixels, "uint16")
    write_n5(place.here / "volume.n5" / "raw" / "labels" / "nuclei", labels, "uint32")
    place.images.mkdir()
    for image in ("plate.zarr", "image.zarr", "volume.n5"):
        (place.here / image).rename(place.images / image)


def change(file: Path, how):
    content = json.loads(file.read_text())
    how(content)
    file.write_text(json.dumps(content))


def write_n5(path: Path, array: np.ndarray, name: str):
    """A data set of one block, with nothing that tells what it is."""
    size = list(array.shape[::-1])
    told = {"dimensions": size, "blockSize": size, "dataType": name, "compression": {"type": "raw"}}
    (path / "0" / "0").mkdir(parents=True)
    (path / "attributes.json").write_text(json.dumps(told))
    (path / "0" / "0" / "0").write_bytes(struct.pack(">HHIII", 0, 3, *size) + array.tobytes())


def is_elsewhere(block: Block) -> bool:
    return block.text.startswith(tuple(ELSEWHERE))


def run_here(work: Path):
    place = Place(work, CHANGED)
    defaults = "spark.master local[2]\nspark.driver.host 127.0.0.1\nspark.ui.enabled false\n"
    (work / "conf").mkdir()
    # Packages are looked for in what Maven has fetched first.
    defaults += f"spark.jars.ivy {work}/ivy\nspark.jars.repositories file://{ROOT}/target/repository\n"
    (work / "conf" / "spark-defaults.conf").write_text(defaults)
    place.environment["SPARK_CONF_DIR"] = str(work / "conf")
    macros = (ROOT / "target/repository/net/imagej/ij").rglob("ij-*.jar")
    server = Server(work / "pipes", place.environment, place.here, macros, images=place.here)
    place.environment = server.environment
    try:
        complete(place)
        # What makes the jar comes first.
        for block in sorted(blocks(), key=lambda block: "mvn" not in block.text):
            if is_elsewhere(block) or "spark://" in block.text:
                continue
            if block.text.startswith("jq") and not shutil.which("jq"):
                print(f"there is no jq here: not tried: {block}")
                continue
            print(block, flush=True)
            place.prepare(block)
            place.run(block)
    finally:
        server.end()


def run_on(work: Path, master: str):
    changed = {"spark://head:7077": master, "spark://host:7077": master, "/shared/": f"{work}/here/"}
    place = Place(work, changed)
    classpath = [ROOT / "target/test-classes", *ROOT.glob("target/ngff-spark-[0-9]*.jar"), ROOT / "target/spark-home/jars/*"]
    subprocess.run(
        ["java", "-cp", ":".join(map(str, classpath)), "org.ngffspark.cli.WriteExamples", place.images], check=True)
    for block in blocks():
        if "spark://" in block.text:
            print(block, flush=True)
            place.prepare(block)
            job = place.here / "conf" / "nightly.yaml"
            job.write_text(job.read_text().replace("/data/", f"{place.here}/"))
            place.run(block)
            new = [path.name for path in place.here.glob("plate.zarr/*/*/0?*")]
            if len(new) != 2:
                sys.exit(f"{block}\nmade {new}, expected an image in each of two wells")


def main():
    match sys.argv[1:]:
        case ["here", work]:
            run_here(Path(work).resolve())
        case ["master", work, master]:
            run_on(Path(work).resolve(), master)
        case ["print", word]:
            found = [block.text for block in blocks() if word in block.text]
            print("".join(found) or sys.exit(f"no block has '{word}'"), end="")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
