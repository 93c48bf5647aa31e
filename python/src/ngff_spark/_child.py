# SPDX-License-Identifier: Apache-2.0
"""Runs a command in a process of its own."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from typing import IO

from ngff_spark import _launcher
from ngff_spark._progress import Progress

_MARK = '{"kind":"progress"'


@dataclasses.dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, what it printed, and its messages."""

    code: int
    output: str
    messages: str


def run(arguments: Sequence[str], progress: Progress) -> Ended:
    """Run a command and wait for its end.

    An interrupt stops the command, which undoes what is not finished; it is raised again when that is done.
    When this program ends without a word, the command ends too.
    """
    variables = _launcher.environment(os.environ)
    variables["NGFF_SPARK_PROGRESS"] = "json"
    # The command ends at the end of its input, which only this program holds open.
    variables["NGFF_SPARK_STOP"] = "input"
    child = subprocess.Popen(
        _launcher.command(arguments),
        env=variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        # A terminal or a notebook interrupts the whole group, and the command is to hear of it once.
        start_new_session=True,
    )
    assert child.stdin and child.stdout and child.stderr
    output: list[str] = []
    reader = threading.Thread(target=output.extend, args=(child.stdout,), daemon=True)
    reader.start()
    messages: list[str] = []
    try:
        _follow(child.stderr, messages, progress)
        child.wait()
    except KeyboardInterrupt:
        child.send_signal(signal.SIGINT)
        _follow(child.stderr, messages, progress)
        child.wait()
        raise
    finally:
        if child.poll() is None:
            child.kill()
        child.stdin.close()
        reader.join()
        progress.close()
    return Ended(child.returncode, "".join(output), "".join(messages).strip())


def _follow(stream: IO[str], messages: list[str], progress: Progress) -> None:
    for line in stream:
        if line.startswith(_MARK):
            progress.update(json.loads(line))
        else:
            messages.append(line)
