# SPDX-License-Identifier: Apache-2.0
"""How a function says what it works on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar, overload

_Function = TypeVar("_Function", bound=Callable[..., Any])


@overload
def masked_transform(function: _Function, /) -> _Function: ...


@overload
def masked_transform(
    *,
    channelwise: bool = False,
    target: Literal["images", "labels", "both"] = "images",
    batch: bool = False,
) -> Callable[[_Function], _Function]: ...


def masked_transform(
    function: _Function | None = None,
    *,
    channelwise: bool = False,
    target: Literal["images", "labels", "both"] = "images",
    batch: bool = False,
) -> _Function | Callable[[_Function], _Function]:
    """Say how a function wants to be called.

    Attributes of these names on the function do the same. Functions need no decorator if the defaults fit them.

    Parameters
    ----------
    function
        The function that is decorated.
    channelwise
        Whether the result of each channel needs that channel alone. The run then hands over one channel at a
        time and needs less memory; the axis of channels stays and is 1 long.
    target
        What the function works on: pixels of images, ids of label images, or both.
    batch
        Whether the function takes lists of patches, as networks do; each result must follow from its own patch.

    Returns
    -------
    callable
        The function itself, or a decorator for it.

    Examples
    --------
    >>> @masked_transform(channelwise=True)
    ... def halve(patch, mask):
    ...     return patch // 2
    >>> halve.channelwise
    True
    """

    def mark(marked: _Function) -> _Function:
        for name, value in (("channelwise", channelwise), ("target", target), ("batch", batch)):
            setattr(marked, name, value)
        return marked

    return mark if function is None else mark(function)
