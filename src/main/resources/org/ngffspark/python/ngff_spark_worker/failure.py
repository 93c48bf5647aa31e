# SPDX-License-Identifier: Apache-2.0
"""What went wrong, in words for the other end of the pipe."""

import traceback

MOST_TEXT = 16_000
OWN_FILES = "<ngff-spark>/"


def told(failure, kind):
    """Of an exception: its summary, and the lines of the traceback that are the user's."""
    if isinstance(failure, MemoryError):
        kind = "memory"
    full = traceback.TracebackException.from_exception(failure)
    link = full
    while link is not None:
        link.stack[:] = [frame for frame in link.stack if not frame.filename.startswith(OWN_FILES)]
        link = link.__cause__ or link.__context__
    return {"kind": kind, "summary": _short(_summary(failure)), "traceback": _short("".join(full.format()).rstrip())}


def refused(kind, text):
    """Of what the function is or returned, which is not as it must be."""
    return {"kind": kind, "summary": _short(str(text)), "traceback": ""}


def _summary(failure):
    kind = type(failure)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    try:
        text = str(failure)
    except Exception:
        text = "(it cannot be shown)"
    return f"{name}: {text}" if text else name


def _short(text):
    if len(text) <= MOST_TEXT:
        return text
    half = MOST_TEXT // 2
    return f"{text[:half]}\n… {len(text) - 2 * half} characters left out …\n{text[-half:]}"
