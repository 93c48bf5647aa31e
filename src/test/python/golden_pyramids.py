# SPDX-License-Identifier: Apache-2.0
"""Arrays and what ngio's numpy mode makes of them one level down.

`pyramids.npz` holds, under a number, `source`, and the coarser array of `linear` (images) or
`nearest` (labels).
"""

from pathlib import Path

import numpy as np
from ngio.common._zoom import numpy_zoom

SHAPES = [
    ((1, 24, 30), (1, 12, 15)),
    ((2, 25, 31), (2, 12, 15)),
    ((33, 35), (11, 11)),
    ((20, 24), (5, 6)),
    ((23, 29), (10, 17)),
    ((4, 12, 14), (2, 6, 7)),
    ((3, 11, 9), (1, 5, 4)),
    ((2, 7, 9), (2, 7, 4)),
    ((2, 8, 9), (2, 4, 9)),
    ((1, 1, 9), (1, 1, 4)),
    ((1, 2, 2), (1, 1, 1)),
    ((2, 5, 5), (2, 5, 5)),
    ((2, 2, 4, 10, 12), (2, 2, 4, 5, 6)),
    ((2, 2, 3, 9, 8), (2, 2, 1, 4, 4)),
]
TYPES = ["bool", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8"]


def values(shape, dtype, rng) -> np.ndarray:
    dtype = np.dtype(dtype)
    if dtype.kind == "b":
        return rng.random(shape) < 0.8
    if dtype.kind == "f":
        return (rng.standard_normal(shape) * 1000).astype(dtype)
    limits = np.iinfo(dtype)
    # Doubles near the ends of the 64-bit types round out of their range.
    low, high = max(limits.min, -(2**62)), min(limits.max, 2**62)
    whole = rng.integers(low, high, size=shape, dtype=dtype, endpoint=True)
    return np.where(rng.random(shape) < 0.1, limits.max if dtype.itemsize < 8 else high, whole).astype(dtype)


def make(root: Path):
    root.mkdir(parents=True)
    rng = np.random.default_rng(51)
    arrays = {}

    def add(source, target, order):
        number = f"{len(arrays) // 2:03d}"
        arrays[f"{number}/source"] = source
        arrays[f"{number}/{order}"] = numpy_zoom(source, target_shape=target, order=order)

    for place, (shape, target) in enumerate(SHAPES):
        for dtype in TYPES if place < 2 else [TYPES[place % 11], "u2", "f4"]:
            add(values(shape, dtype, rng), target, "linear")
        for dtype in ["u4", "i8"] if place < 2 else ["u4"]:
            # ngio takes labels through double; ids that do not fit are rounded there, not by us.
            add(values(shape, dtype, rng) >> (12 if dtype == "i8" else 0), target, "nearest")
    for dtype in ["f4", "f8"]:
        source = values((2, 24, 31), dtype, rng)
        source[0, 3, 4], source[0, 9, 9], source[1, 0, 0] = np.nan, np.inf, -np.inf
        source[1, 10, 10], source[1, 11, 11] = np.inf, -np.inf
        add(source, (2, 12, 15), "linear")
    np.savez_compressed(root / "pyramids.npz", **arrays)
