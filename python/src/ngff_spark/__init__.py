# SPDX-License-Identifier: Apache-2.0
"""Runs a function on every segmented object of OME-Zarr images, on Apache Spark.

Start with `transform`; `masked_transform` says how a function wants to be called.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from ngff_spark._decorator import masked_transform

if TYPE_CHECKING:
    from ngff_spark._commands import crops, inspect, pyramid, recover, rois, run, transform, transforms
    from ngff_spark._result import RefusedError, Run, RunError

__all__ = [
    "RefusedError",
    "Run",
    "RunError",
    "crops",
    "inspect",
    "masked_transform",
    "pyramid",
    "recover",
    "rois",
    "run",
    "transform",
    "transforms",
]

try:
    __version__ = version("ngff-spark")
except PackageNotFoundError:
    __version__ = "0"


def __getattr__(name: str) -> Any:
    # The processes that apply functions import the decorator alone, and start the quicker for it.
    if name in __all__:
        from ngff_spark import _commands

        return getattr(_commands, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
