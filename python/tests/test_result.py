# SPDX-License-Identifier: Apache-2.0
import json

import pytest
from ngff_spark import RefusedError, Run, RunError, _commands
from ngff_spark._child import Ended

LINES = [
    {"kind": "run", "command": "transform"},
    {"kind": "image", "input": "a.zarr", "state": "done", "objects": 3, "seconds": 0.5},
    {"kind": "image", "input": "b.zarr", "state": "failed", "message": "object 7: no", "objects": 0},
    {"kind": "end", "images_done": 1, "images_failed": 1},
]


def test_a_run_lists_its_images():
    run = Run(["transform"], LINES, "")
    assert [image["input"] for image in run.images] == ["a.zarr", "b.zarr"]
    assert [image["input"] for image in run.failed] == ["b.zarr"]
    assert run.objects == 3
    assert repr(run) == "<Run transform: 1 images done, 1 failed, 3 objects>"


def test_a_run_is_a_table():
    pytest.importorskip("pandas")
    table = Run(["transform"], LINES, "").to_pandas()
    assert table["input"].tolist() == ["a.zarr", "b.zarr"]
    assert table["objects"].tolist() == [3, 0]


def test_images_that_failed_are_named(tmp_path):
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text("".join(f"{json.dumps(line, separators=(',', ':'))}\n" for line in LINES))
    with pytest.raises(RunError) as raised:
        _commands._result(["transform"], Ended(1, "", "much else"), manifest)
    assert str(raised.value) == "1 of 2 images failed:\n  b.zarr: object 7: no"
    assert raised.value.run.failed[0]["input"] == "b.zarr"


def test_the_time_in_the_name_of_a_manifest_is_that_of_the_run(tmp_path, monkeypatch):
    named = tmp_path / "a[1]-%t.jsonl"
    text = "".join(f"{json.dumps(line, separators=(',', ':'))}\n" for line in LINES)
    (tmp_path / "a[1]-20260101T000000Z.jsonl").write_text("of an earlier run")
    (tmp_path / "a[1]-other.jsonl").write_text("of no run")

    def execute(*_):
        (tmp_path / "a[1]-20260102T000000Z.jsonl").write_text(text)
        return Ended(0, "", "")

    monkeypatch.setattr(_commands, "_execute", execute)
    run = _commands.run("transform", "plate.zarr", manifest=named, spark_options=["--master", "local[1]"])
    assert run.manifest == LINES


def test_a_manifest_of_several_runs_gives_the_last_one(tmp_path):
    manifest = tmp_path / "manifest.jsonl"
    earlier = [{"kind": "run", "run": "1"}, {"kind": "image", "run": "1", "state": "failed"}]
    later = [{**line, "run": "2"} for line in LINES]
    text = [json.dumps(line, separators=(",", ":")) for line in [*earlier, *later]]
    manifest.write_text("\n".join([text[0], text[1], '{"kind":"ima', *text[2:]]) + "\n")
    assert _commands._last_run(manifest) == later


def test_a_run_that_could_not_begin_is_a_wrong_value(tmp_path):
    with pytest.raises(RefusedError, match="no such label") as raised:
        _commands._result(["transform"], Ended(2, "", "no such label"), tmp_path / "none")
    assert isinstance(raised.value, ValueError)
