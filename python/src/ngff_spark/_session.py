# SPDX-License-Identifier: Apache-2.0
"""Runs a command in a Spark session that is there already."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ngff_spark import _launcher
from ngff_spark._child import Ended
from ngff_spark._progress import Progress

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_JAR = _launcher.SCRIPT.parent / "lib" / "ngff-spark.jar"
_CLASS = "org.ngffspark.cli.NotebookRun"
_SECONDS = 0.1


def run(session: SparkSession, arguments: Sequence[str], progress: Progress) -> Ended:
    """Run a command on a session and wait for its end.

    An interrupt stops the run, which undoes what is not finished; it is raised again when that is done.
    """
    started = _start(session, arguments)
    try:
        _follow(started, progress)
    except KeyboardInterrupt:
        started.stop()
        raise
    finally:
        progress.close()
    return Ended(started.exitCode(), started.output(), started.messages().strip())


def _start(session: SparkSession, arguments: Sequence[str]) -> Any:
    if not hasattr(session, "_jvm"):
        raise TypeError(
            f"spark must be a SparkSession with a JVM of its own, got {type(session).__module__}.{type(session).__name__};"
            " a session of Spark Connect has none"
        )
    _load(session)
    jvm: Any = session._jvm
    driver = jvm.org.ngffspark.spark.SparkDriver.within(session.sparkContext._jsc, sys.executable)
    words = jvm.java.util.ArrayList()
    for word in arguments:
        words.add(word)
    return jvm.org.ngffspark.cli.NotebookRun.start(driver, words)


def _load(session: SparkSession) -> None:
    """See that the session has the program, from its own jars or else from the package's."""
    jvm: Any = session._jvm
    loader = jvm.java.lang.Thread.currentThread().getContextClassLoader()
    try:
        jvm.java.lang.Class.forName(_CLASS, False, loader)
    except Exception as missing:
        if "ClassNotFoundException" not in str(missing):
            raise
        _add_jar(session, loader)


def _add_jar(session: SparkSession, loader: Any) -> None:
    if not hasattr(loader, "addURL"):
        raise RuntimeError(f"This session takes no more jars; start it with the jar: --jars {_JAR}")
    jvm: Any = session._jvm
    loader.addURL(jvm.java.io.File(str(_JAR)).toURI().toURL())
    # The executors get it too.
    session.sparkContext._jsc.addJar(str(_JAR))


def _follow(started: Any, progress: Progress) -> None:
    while not started.isDone():
        time.sleep(_SECONDS)
        progress.update(json.loads(started.progress()))
