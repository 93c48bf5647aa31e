# SPDX-License-Identifier: Apache-2.0
"""The package as scripts and notebooks use it, on the program that the wheel holds."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import ngff_spark as ns
import numpy as np
import pytest
from ngff_spark import _launcher

pytestmark = pytest.mark.skipif(not _launcher.SCRIPT.is_file(), reason="the package is not installed from its wheel")
SECONDS = 120

KILLED = """
import sys, time
import ngff_spark as ns

marker = sys.argv[2]

def waits(patch):
    open(marker, "w").close()
    time.sleep(600)

ns.transform(sys.argv[1], label="nuclei", function=waits, in_place=True)
"""


@pytest.fixture(scope="module")
def session():
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield spark
    spark.stop()


def paths(images):
    return [image.path for image in images]


def assert_untouched(image):
    assert np.array_equal(image.pixels(), image.expected(lambda label: 100))
    assert sorted(each.name for each in image.path.iterdir()) == ["0", "labels", "zarr.json"]


def until(condition):
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_functions_of_a_script_change_their_objects(images, capfd):
    offset = 5

    def add(patch, mask, label, *, factor: int = 1):
        assert mask.shape == patch.shape
        return patch + offset + factor * label

    run = ns.transform(paths(images), label="nuclei", function=add, params={"factor": 10}, suffix="_new", progress=True)
    for image in images:
        assert np.array_equal(image.pixels("_new"), image.expected(lambda label: 105 + 10 * label))
        assert_untouched(image)
    assert run.objects == 4
    assert [image["state"] for image in run.images] == ["done", "done"]
    assert run.manifest[0]["kind"] == "run" and run.manifest[-1]["images_done"] == 2
    assert repr(run) == "<Run transform: 2 images done, 0 failed, 4 objects>"
    table = run.to_pandas()
    assert sorted(table["output"]) == sorted(str(image.result("_new")) for image in images)
    shown = capfd.readouterr().err
    assert "2 of 2 images" in shown and "4.00/4.00" in shown


def fails_at_7(patch, label):
    if label == 7:
        raise ValueError("no seven")
    return patch * 2


def assert_failure(images, raised):
    assert str(images[1].path) in str(raised.value)
    assert "object 7: transform 'fails_at_7' failed: ValueError: no seven" in str(raised.value)
    assert 'raise ValueError("no seven")' in str(raised.value)
    assert [image["state"] for image in raised.value.run.images].count("failed") == 1
    assert np.array_equal(images[0].pixels(), images[0].expected(lambda label: 200))
    assert_untouched(images[1])


def test_images_that_fail_are_named_and_stay_as_they_were(images):
    with pytest.raises(ns.RunError) as raised:
        ns.transform(paths(images), label="nuclei", function=fails_at_7, in_place=True)
    assert_failure(images, raised)


def test_what_cannot_begin_is_refused(images):
    with pytest.raises(ns.RefusedError, match="has no parameter 'by'; it has none"):
        ns.transform(paths(images), label="nuclei", function=fails_at_7, params={"by": 2}, in_place=True)
    assert_untouched(images[0])


def interrupt_when(marker):
    def wait():
        until(marker.exists)
        os.kill(os.getpid(), signal.SIGINT)

    # Who started the tests in the background of a shell has had interrupts ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    thread = threading.Thread(target=wait, daemon=True)
    thread.start()


@pytest.mark.parametrize("own", [True, False])
def test_an_interrupt_undoes_what_is_not_finished(images, tmp_path, own, request):
    spark = None if own else request.getfixturevalue("session")
    marker = str(tmp_path / "begun")

    def waits(patch):
        open(marker, "w").close()
        time.sleep(600)

    interrupt_when(Path(marker))
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        ns.transform(images[0].path, label="nuclei", function=waits, in_place=True, spark=spark)
    assert time.monotonic() - began < SECONDS
    assert_untouched(images[0])


def test_a_run_ends_with_the_script_that_began_it(images, tmp_path):
    marker = tmp_path / "begun"
    script = subprocess.Popen([sys.executable, "-c", KILLED, images[0].path, marker])
    until(marker.exists)
    script.kill()
    script.wait()
    until(lambda: not any(str(images[0].path).encode() in command for command in commands()))
    assert_untouched(images[0])


def commands():
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield process.read_bytes()
        except OSError:
            continue  # It has ended meanwhile.


def test_a_session_that_is_there_is_used(images, session):
    before = session.sparkContext.applicationId
    with pytest.raises(ns.RunError) as raised:
        ns.transform(paths(images), label="nuclei", function=fails_at_7, in_place=True, spark=session)
    assert_failure(images, raised)
    run = ns.rois(paths(images), label="nuclei", table="boxes", spark=session, progress=False)
    assert run.objects == 4
    with pytest.raises(ns.RefusedError, match="No label 'none'"):
        ns.rois(paths(images), label="none", table="boxes", spark=session)
    assert session.sparkContext.applicationId == before
    assert session.range(3).count() == 3


def test_the_other_commands_are_functions_too(images, tmp_path):
    (described,) = ns.inspect(images[0].path)
    assert "nuclei" in str(described)
    run = ns.crops(images[0].path, label="nuclei", to=tmp_path / "crops", ids=[2])
    assert run.objects == 1
    assert np.load(tmp_path / "crops" / "2.npy").shape == (1, 4, 16)
    of_one_size = {"label": "nuclei", "format": "zarr", "size": "8,16", "to": tmp_path / "train.zarr"}
    assert ns.crops(paths(images), **of_one_size).objects == 4
    assert (tmp_path / "train.zarr" / "pixels" / "zarr.json").exists()
    assert {image["state"] for image in ns.crops(paths(images), resume=True, **of_one_size).images} == {"skipped"}
    assert "fails_at_7" in ns.transforms(fails_at_7)
    assert "gamma" in ns.transforms()
    assert isinstance(ns.recover(images[0].path), str)
