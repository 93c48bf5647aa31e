# SPDX-License-Identifier: Apache-2.0
"""Sends functions of scripts and notebooks to the processes that apply them."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import importlib.util
import io
import json
import linecache
import os
import re
import sys
import sysconfig
import tempfile
import types
from collections import ChainMap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cloudpickle

SUFFIX = ".pyfunction"
# Place of the name of the file among what code is made of.
_FILE = 10
# What a pickle needs where it is loaded, if it is not installed there; in the order of their imports.
_NEEDED = ("cloudpickle", "cloudpickle.cloudpickle")


@contextlib.contextmanager
def named(function: str | Callable[..., Any]) -> Iterator[str]:
    """The value of the option --transform that stands for a function.

    Parameters
    ----------
    function
        The name of a transform, which stands for itself, or a function, which is pickled into a file that is
        there until the context ends.
    """
    if isinstance(function, str):
        yield function
        return
    if not callable(function):
        raise TypeError(f"function must be a function or the name of a transform, got {function!r}")
    with tempfile.TemporaryDirectory(prefix="ngff-spark-") as folder:
        name = _name(function)
        file = Path(folder) / (name + SUFFIX)
        file.write_text(json.dumps(describe(function)), encoding="utf-8")
        yield f"{file}:{name}"


def describe(function: Callable[..., Any]) -> dict[str, Any]:
    """A function as the processes that apply it are told of it: by value, with what it needs."""
    with _by_value(_module(function)):
        pickler = _Pickler()
        pickler.dump(function)
    return {
        "kind": "pickle",
        "name": _name(function),
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "data": base64.b64encode(pickler.file.getvalue()).decode("ascii"),
        "lines": pickler.lines,
        "modules": {name: _source(name) for name in _NEEDED},
    }


def _name(function: Callable[..., Any]) -> str:
    name = getattr(function, "__name__", type(function).__name__)
    return re.sub(r"\W+", "", name) or "function"


def _module(function: Callable[..., Any]) -> types.ModuleType | None:
    if not hasattr(function, "__module__"):
        function = type(function)
    return sys.modules.get(function.__module__ or "")


def _is_sent(module: types.ModuleType) -> bool:
    return module.__name__ in cloudpickle.list_registry_pickle_by_value()


@contextlib.contextmanager
def _by_value(module: types.ModuleType | None) -> Iterator[None]:
    """Functions of a module beside the script are sent too; those of installed ones are imported there."""
    if module is None or module.__name__ == "__main__" or _is_installed(module) or _is_sent(module):
        yield
    else:
        cloudpickle.register_pickle_by_value(module)
        try:
            yield
        finally:
            cloudpickle.unregister_pickle_by_value(module)


def _is_installed(module: types.ModuleType) -> bool:
    file = getattr(module, "__file__", None)
    if file is None:
        return True
    folders = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    return any(os.path.realpath(file).startswith(os.path.realpath(folder) + os.sep) for folder in folders)


class _Pickler(cloudpickle.Pickler):  # type: ignore[misc]  # It has no types.
    """Pickles equal code to equal bytes, also where each session of a notebook names its cells anew.

    Attributes
    ----------
    lines
        Source texts by the names that the code has for them, for tracebacks.
    """

    def __init__(self) -> None:
        self.file = io.BytesIO()
        self.lines: dict[str, str] = {}
        self.dispatch_table = ChainMap({types.CodeType: self._reduce_code}, cloudpickle.Pickler.dispatch_table)
        super().__init__(self.file)

    def _reduce_code(self, code: types.CodeType) -> Any:
        file = code.co_filename
        text = "".join(linecache.getlines(file))
        place = f"<cell {hashlib.sha256(text.encode()).hexdigest()[:8]}>" if _is_cell(file) else file
        if text:
            self.lines[place] = text
        maker, values = cloudpickle.Pickler.dispatch_table[types.CodeType](code)
        # Some versions keep the name of the file and some give all code the same.
        return maker, (*values[:_FILE], place, *values[_FILE + 1 :])


def _is_cell(file: str) -> bool:
    """Whether the name of a file is one that a notebook or shell made up."""
    return file.startswith("<") or f"{os.sep}ipykernel_" in file


def _source(name: str) -> str:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"No source of the module '{name}' is installed, which functions are sent with")
    return Path(spec.origin).read_text(encoding="utf-8")
