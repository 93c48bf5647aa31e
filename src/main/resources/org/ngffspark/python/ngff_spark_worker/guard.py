# SPDX-License-Identifier: Apache-2.0
"""What keeps the worker's process, and all that it starts, from outliving the program that uses it."""

import os
import select
import signal
import time

CHECK_MILLISECONDS = 500
GRACE_SECONDS = 1.0


def lead_group():
    """Make this process the leader of a group of its own: what it starts can be ended with it."""
    if os.getpgrp() != os.getpid():
        os.setsid()


def post_watchdog(request, reply):
    """Start a process that ends the group when the program, or this process, is gone.

    A thread would not do: it does not run while a C function holds the interpreter's lock.
    """
    worker = os.getpid()
    if os.fork() == 0:
        try:
            _stand_guard(worker, request, reply)
        finally:
            os._exit(0)


def _stand_guard(worker, request, reply):
    nothing = os.open(os.devnull, os.O_RDWR)
    # Whoever waits for the end of these pipes waits for the worker, not for its watchdog.
    for descriptor in (reply, 1, 2):
        os.dup2(nothing, descriptor)
    pipe = select.poll()
    pipe.register(request, 0)  # No events asked for: the end of the writer is always told.
    while os.getppid() == worker and not pipe.poll(CHECK_MILLISECONDS):
        pass
    # An idle worker ends by itself at the end of its input.
    deadline = time.monotonic() + GRACE_SECONDS
    while os.getppid() == worker and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def keep_from_children(request, reply):
    """See that a process that user code forks takes no part in the protocol."""

    def let_go():
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, request, inheritable=False)
        os.dup2(nothing, reply, inheritable=False)
        os.close(nothing)

    os.register_at_fork(after_in_child=let_go)


def limit_memory(size):
    """Let no allocation take the address space of this process beyond so many bytes."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (size, size))
