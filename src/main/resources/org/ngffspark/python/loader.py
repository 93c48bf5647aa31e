# SPDX-License-Identifier: Apache-2.0
"""Starts the worker: sets the process up, and lets it import the worker's modules from the pipe."""

import faulthandler
import importlib.abc
import importlib.util
import json
import os
import sys

PACKAGE = "ngff_spark_worker"


class Sources(importlib.abc.MetaPathFinder, importlib.abc.ExecutionLoader):
    """Imports modules from texts by name; tracebacks show their lines."""

    def __init__(self, texts):
        self.texts = {PACKAGE: "", **{f"{PACKAGE}.{name}": text for name, text in texts.items()}}

    def find_spec(self, name, path=None, target=None):
        if name not in self.texts:
            return None
        return importlib.util.spec_from_loader(name, self, is_package=name == PACKAGE)

    def get_source(self, fullname):
        return self.texts[fullname]

    def get_filename(self, fullname):
        return f"<ngff-spark>/{fullname.rpartition('.')[2]}.py"


def separate_descriptors():
    """Keep the pipes for the protocol, and send what user code prints to the log."""
    request, reply = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    sys.stdout.reconfigure(line_buffering=True)
    return request, reply


# The directory that -c puts first is the one that the program was started in; it differs between machines.
sys.path[:] = [entry for entry in sys.path if entry]
start = json.loads(take(int(take(10))))  # noqa: F821 - defined by boot.py
sys.meta_path.insert(0, Sources(start["modules"]))
request, reply = separate_descriptors()
faulthandler.enable(2)

from ngff_spark_worker import guard, wire, worker  # noqa: E402 - there is nothing to import before

guard.lead_group()
guard.post_watchdog(request, reply)
guard.keep_from_children(request, reply)
worker.serve(wire.Wire(request, reply), start)
