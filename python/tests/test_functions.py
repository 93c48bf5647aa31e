# SPDX-License-Identifier: Apache-2.0
"""Functions arrive whole in a process that has neither cloudpickle nor the modules of the script."""

import json
import subprocess
import sys
from pathlib import Path

import beside
import numpy as np
import pytest
from ngff_spark import _functions

WORKER = Path(__file__).parents[2] / "src" / "main" / "resources" / "org" / "ngffspark" / "python"
FACTOR = 3

LOAD = """
import json, sys

sys.path.append(sys.argv[1])
from ngff_spark_worker import failure, source

told = json.load(sys.stdin)
# Hides what is installed from the usual finder.
usual = next(finder for finder in sys.meta_path if getattr(finder, "__name__", "") == "PathFinder")
find = usual.find_spec
usual.find_spec = lambda name, *rest: None if name.partition(".")[0] in ("cloudpickle", "beside") else find(name, *rest)
function, digest = source.find(told, [])
import numpy as np
try:
    print(json.dumps([function(np.arange(3)).tolist(), digest]))
except ZeroDivisionError as broken:
    print(json.dumps([failure.told(broken, "raised")["traceback"], digest]))
"""


def load(function, told=None):
    told = told or json.dumps(_functions.describe(function))
    command = [sys.executable, "-c", LOAD, str(WORKER)]
    done = subprocess.run(command, input=told, capture_output=True, text=True, cwd="/", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def make(offset):
    def inner(patch):
        return patch * FACTOR + offset

    return inner


class Model:
    def __init__(self, offset):
        self.offset = offset

    def __call__(self, patch):
        return patch + self.offset


def fails(patch):
    return patch // 0 if patch is None else 1 / 0


def test_closures_and_globals_are_sent_too():
    assert load(make(5))[0] == [5, 8, 11]


def test_lambdas_and_objects_that_can_be_called_are_functions():
    assert load(lambda patch: patch - 1)[0] == [-1, 0, 1]
    assert load(Model(2))[0] == [2, 3, 4]


def test_modules_beside_the_script_are_sent():
    assert load(beside.double)[0] == [0, 2, 4]


def test_functions_of_installed_modules_are_imported_there():
    assert load(np.negative)[0] == [0, -1, -2]
    assert len(_functions.describe(np.negative)["data"]) < 200


def test_tracebacks_show_the_lines():
    text = load(fails)[0]
    assert "return patch // 0 if patch is None else 1 / 0" in text
    assert "ngff-spark>" not in text


def test_equal_functions_have_equal_digests_whatever_the_cell_is_called():
    source = "def f(patch):\n    return patch + {}\n"
    digests = []
    for file, number in (("/tmp/ipykernel_1/11.py", 1), ("/tmp/ipykernel_2/22.py", 1), ("/tmp/ipykernel_2/22.py", 2)):
        space = {"__name__": "__main__"}
        exec(compile(source.format(number), file, "exec"), space)
        digests.append(load(space["f"])[1])
    assert digests[0] == digests[1] != digests[2]


def test_another_minor_version_of_python_is_refused():
    told = {**_functions.describe(make(1)), "python": "3.2"}
    command = [sys.executable, "-c", LOAD, str(WORKER)]
    done = subprocess.run(command, input=json.dumps(told), capture_output=True, text=True, cwd="/", check=False)
    assert "the function 'inner' comes from Python 3.2, and this is Python 3." in done.stderr


def test_a_name_stands_for_itself_and_a_function_for_a_file():
    with _functions.named("gamma") as name:
        assert name == "gamma"
    with _functions.named(make(1)) as name:
        file, _, function = name.rpartition(":")
        assert function == "inner"
        assert json.loads(Path(file).read_text())["kind"] == "pickle"
    assert not Path(file).exists()
    with _functions.named(lambda patch: patch) as name:
        assert name.endswith("lambda.pyfunction:lambda")
    refusal = "function must be a function or the name of a transform, got 3"
    with pytest.raises(TypeError, match=refusal), _functions.named(3):
        pass
