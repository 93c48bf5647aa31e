# SPDX-License-Identifier: Apache-2.0
"""Options of commands from arguments of functions."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any


def command_line(command: str, inputs: Any, options: Mapping[str, Any]) -> list[str]:
    """The words of a command.

    Parameters
    ----------
    command
        Its name.
    inputs
        A path or URI, or several of them.
    options
        By their names with underscores for dashes. What is None or False is left out, True gives the option
        without a value, and a list repeats it.
    """
    words = [command]
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if value is True:
            words.append(option)
        elif value is not None and value is not False:
            words.extend(f"{option}={text(each)}" for each in several(value))
    words.extend(text(each) for each in several(inputs))
    return words


def several(value: Any) -> list[Any]:
    """The items of a list; what is none is one item."""
    if isinstance(value, (str, bytes, os.PathLike)) or not isinstance(value, Iterable):
        return [value]
    return list(value)


def text(value: Any) -> str:
    """A value as a command takes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return ",".join(text(each) for each in value)
    return os.fspath(value) if isinstance(value, os.PathLike) else str(value)


def parameters(values: Mapping[str, Any] | None) -> list[str]:
    """Assignments for --param; what is None is left out."""
    return [f"{name}={text(value)}" for name, value in (values or {}).items() if value is not None]


def ids(labels: Any) -> str | None:
    """Label ids for --ids: a text as 5,9,100-200, or numbers."""
    if labels is None:
        return None
    chosen = ",".join(str(each) for each in several(labels))
    if not chosen:
        raise ValueError("ids is empty; leave it out for all objects")
    return chosen
