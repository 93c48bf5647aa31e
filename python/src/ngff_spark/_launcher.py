# SPDX-License-Identifier: Apache-2.0
"""Starts the program that comes with the package."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

SCRIPT = Path(__file__).parent / "app" / "submit.sh"


def command(arguments: Sequence[str]) -> list[str]:
    """The words that start the program with these arguments, Spark's options and ``--`` first."""
    bash = shutil.which("bash")
    if bash is None:
        raise FileNotFoundError("ngff-spark is started by bash, which is not on the PATH")
    return [bash, str(SCRIPT), *arguments]


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The variables to start it with: the Spark of the package pyspark is used where no other is named."""
    variables = dict(given)
    variables["NGFF_SPARK_COMMAND"] = "ngff-spark"
    if "SPARK_HOME" not in variables:
        variables["NGFF_SPARK_HOME"] = str(pyspark_home())
    # On this machine functions are run by this Python, where no other is named.
    variables["NGFF_SPARK_PYTHON"] = sys.executable
    return variables


def pyspark_home() -> Path:
    """The Spark that the package pyspark holds."""
    spec = importlib.util.find_spec("pyspark")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(
            "No Spark is there: install it with pip install 'ngff-spark[spark]', or name one with the variable SPARK_HOME"
        )
    return Path(spec.origin).parent


def main() -> None:
    """The command ngff-spark."""
    try:
        words = command(sys.argv[1:])
        variables = environment(os.environ)
    except (FileNotFoundError, ModuleNotFoundError) as missing:
        sys.exit(f"ngff-spark: {missing}")
    os.execve(words[0], words, variables)
