# SPDX-License-Identifier: Apache-2.0
"""Numbers that a function returns, in the type of the image, as the Java transforms store them."""

import itertools

import numpy as np

BOOL = np.dtype("?")
_TWO_63 = 2.0**63
_TWO_64 = 2.0**64


class NotInType(TypeError):
    """What was returned cannot be stored."""


def store(values, dtype):
    """Values in another type: rounded half to even, kept within its range; NaN is 0 in integers."""
    if values.dtype == dtype:
        return np.ascontiguousarray(values)
    kind = values.dtype.kind
    if kind not in "biuf":
        raise NotInType(f"an array of {values.dtype}, which are no real numbers")
    if dtype.kind == "f":
        with np.errstate(over="ignore"):
            return np.ascontiguousarray(values, dtype)
    if kind == "f":
        return _whole(values, dtype)
    return _within(values, dtype)


def store_ids(values, dtype):
    """Label ids in another type, exactly."""
    if values.dtype == dtype:
        return np.ascontiguousarray(values)
    if values.dtype.kind not in "biu":
        raise NotInType(f"an array of {values.dtype}; label ids are integers")
    if values.size and values.dtype.kind != "b":
        low, high = int(values.min()), int(values.max())
        limits = np.iinfo(dtype)
        if low < limits.min or high > limits.max:
            wrong = low if low < limits.min else high
            raise NotInType(f"the label id {wrong}, which {dtype} does not hold")
    return np.ascontiguousarray(values, dtype)


def new_labels(label, largest, dtype):
    """A function that gives an id for a new object inside an object with each call, as Java does."""
    most = min(int(np.iinfo(dtype).max), 2**63 - 1) if dtype.kind in "iu" else 0
    given = itertools.count(1)

    def new_label():
        if largest == 0:
            raise ValueError("new label ids are for transforms of label images")
        found = label + next(given) * largest
        if found > most:
            raise OverflowError(
                f"the new label id {found} is more than {dtype} holds; use a label image of a larger type"
            )
        return found

    return new_label


def _limits(dtype):
    if dtype.kind == "b":
        return 0, 1
    limits = np.iinfo(dtype)
    return int(limits.min), int(limits.max)


def _within(values, dtype):
    low, high = _limits(dtype)
    least, most = _limits(values.dtype)
    if low > least or high < most:
        kind = values.dtype.type
        values = np.clip(values, kind(max(low, least)), kind(min(high, most)))
    return np.ascontiguousarray(values, dtype)


def _whole(values, dtype):
    whole = np.rint(values.astype(np.float64))
    if dtype.itemsize == 8:
        return _whole_64(whole, dtype)
    low, high = _limits(dtype)
    if low < 0:
        whole[np.isnan(whole)] = 0
        np.clip(whole, low, high, out=whole)
    else:
        # The maximum of NaN and a number is here the number.
        np.fmax(whole, low, out=whole)
        np.fmin(whole, high, out=whole)
    return np.ascontiguousarray(whole, dtype)


def _whole_64(whole, dtype):
    # The largest integers of 64 bits are no doubles: what lies beyond is set apart.
    low, high = _limits(dtype)
    above = whole >= (_TWO_63 if low < 0 else _TWO_64)
    below = whole < low
    whole[above | below | np.isnan(whole)] = 0
    result = np.ascontiguousarray(whole, dtype)
    result[above] = high
    result[below] = low
    return result
