# SPDX-License-Identifier: Apache-2.0
"""What the built-in transforms compute, by numpy, scipy and scikit-image, one object at a time.

`inputs.npz`: patches and label patches by name. `expected.npz`: results by number. `index.json`: per
number the transform, its parameters, and the names of patch, axes and labels.
"""

import json
from pathlib import Path

import numpy as np
from scipy import ndimage
from skimage import measure

OBJECT = 5
TYPES = ["uint8", "uint16", "int16", "float32"]
LAYOUTS = {
    "plane": ("yx", (19, 16), "yx"),
    "channels": ("cyx", (3, 14, 15), "yx"),
    "stack": ("zyx", (4, 11, 12), "zyx"),
    "flatlabel": ("czyx", (2, 3, 9, 10), "yx"),
    "movie": ("tczyx", (2, 2, 3, 9, 8), "tzyx"),
    "noring": ("cyx", (2, 9, 9), "yx"),
    "dot": ("yx", (5, 6), "yx"),
    "flat": ("yx", (8, 9), "yx"),
    "holes": ("yx", (9, 10), "yx"),
}


def labels_of(name: str, axes: str, shape: tuple, label_axes: str) -> np.ndarray:
    rng = np.random.default_rng(sum(map(ord, name)))
    sizes = dict(zip(axes, shape))
    grid = rng.standard_normal([sizes[axis] for axis in label_axes])
    grid = ndimage.gaussian_filter(grid, [0 if axis == "t" else 1.3 for axis in label_axes])
    labels = np.zeros(grid.shape, np.uint32)
    labels[grid > np.quantile(grid, 0.3)] = OBJECT
    labels[grid > np.quantile(grid, 0.85)] = 9
    if name == "noring":
        labels[labels == 0] = 9
    if name == "dot":
        labels[:] = 0
        labels[2, 3] = OBJECT
    return labels


def patch_of(name: str, shape: tuple, dtype: str) -> np.ndarray:
    rng = np.random.default_rng(sum(map(ord, name + dtype)))
    noise = ndimage.gaussian_filter(rng.standard_normal(shape), 0.7)
    if name == "flat":
        noise[:] = 1
    if dtype == "float32":
        if name == "holes":
            noise[2, 3], noise[6, 1] = np.nan, np.inf
        return (0.4 + noise).astype(dtype)
    low, high = {"uint8": (0, 255), "uint16": (0, 65535), "int16": (-32768, 32767)}[dtype]
    # Mostly a few hundred different values, so that ties are frequent, and some at the limits.
    values = np.rint((high - low) / 8 + noise * min(200, high / 4))
    values[rng.random(shape) < 0.03] = high
    values[rng.random(shape) < 0.03] = low
    return np.clip(values, low, high).astype(dtype)


def store(values: np.ndarray, dtype) -> np.ndarray:
    """Rounds half to even, saturates, NaN to 0 in integers."""
    if dtype.kind == "f":
        return values.astype(dtype)
    info = np.iinfo(dtype)
    return np.clip(np.nan_to_num(np.rint(values), nan=0.0), info.min, info.max).astype(dtype)


def largest(dtype) -> float:
    return 1.0 if dtype.kind == "f" else float(np.iinfo(dtype).max)


def planewise(block, inside, function):
    out = np.empty_like(block)
    for z in range(block.shape[0]):
        out[z] = function(block[z], inside[z])
    return out


def blur(plane, inside, sigma):
    options = {"mode": "constant", "truncate": 4.0}
    top = ndimage.gaussian_filter(np.where(inside, plane, 0.0), sigma, **options)
    bottom = ndimage.gaussian_filter(inside.astype(float), sigma, **options)
    return np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1.0), plane)


def median(plane, inside, size):
    out = plane.copy()
    reach = size // 2
    for y, x in np.ndindex(plane.shape):
        window = (slice(max(0, y - reach), y + reach + 1), slice(max(0, x - reach), x + reach + 1))
        pixels = plane[window][inside[window]]
        if pixels.size:
            out[y, x] = np.median(pixels)
    return out


def normalize(block, inside, low, high, top):
    if not inside.any():
        return block
    bottom, ceiling = np.percentile(block[inside], [low, high])
    if bottom == ceiling:
        return np.zeros_like(block)
    return np.clip((block - bottom) / (ceiling - bottom), 0, 1) * top


def ring_level(block, ring, percentile):
    return np.percentile(block[ring], percentile) if ring.any() else None


def computed(name: str, given: dict, block, inside, ring, dtype):
    """One channel at one time point: z, y, x in float64."""
    top = float(given.get("max", largest(dtype)))
    number = {key: float(value) for key, value in given.items()}
    match name:
        case "fill":
            return np.full_like(block, number["value"])
        case "affine":
            return block * number.get("scale", 1.0) + number.get("offset", 0.0)
        case "gamma":
            return top * (np.clip(block, 0, top) / top) ** number["gamma"]
        case "clip":
            return np.clip(block, number.get("min", -np.inf), number.get("max", np.inf))
        case "invert":
            return top - block
        case "normalize":
            return normalize(block, inside, number.get("low", 1), number.get("high", 99), top)
        case "gaussian-blur":
            return planewise(block, inside, lambda p, m: blur(p, m, number["sigma"]))
        case "median":
            return planewise(block, inside, lambda p, m: median(p, m, int(given["size"])))
    level = ring_level(block, ring, number.get("percentile", 50))
    if level is None:
        return block
    if name == "erase":
        return np.full_like(block, level)
    return block - level if dtype.kind == "f" else np.maximum(block - level, 0)


def broadcast(labels, label_axes: str, axes: str, shape: tuple):
    index = tuple(slice(None) if axis in label_axes else None for axis in axes)
    return np.broadcast_to(labels[index], shape)


def slabs(axes: str, shape: tuple):
    """Index of each channel at each time point."""
    lead = [shape[i] for i, axis in enumerate(axes) if axis in "tc"]
    return np.ndindex(*lead)


def image_result(name, given, patch, axes, labels, whole_box):
    result = patch.copy()
    for index in slabs(axes, patch.shape):
        block = patch[index].astype(float)
        ids = labels[index]
        stack = (1,) * (3 - block.ndim) + block.shape
        values = computed(
            name,
            given,
            block.reshape(stack),
            (ids == OBJECT).reshape(stack),
            (ids == 0).reshape(stack),
            patch.dtype,
        ).reshape(block.shape)
        written = np.ones(ids.shape, bool) if whole_box else ids == OBJECT
        result[index] = np.where(written, store(values, patch.dtype), patch[index])
    return result


IMAGE_CASES = [
    ("fill", {"value": "7.5"}),
    ("fill", {"value": "-1"}),
    ("fill", {"value": "1e9"}),
    ("affine", {"scale": "0.5", "offset": "0.25"}),
    ("affine", {"scale": "-1.3", "offset": "40"}),
    ("affine", {"scale": "1.7"}),
    ("gamma", {"gamma": "0.45"}),
    ("gamma", {"gamma": "2.2", "max": "90"}),
    ("clip", {"min": "20.5", "max": "100"}),
    ("clip", {"min": "0.25"}),
    ("clip", {"max": "0.75"}),
    ("invert", {}),
    ("invert", {"max": "99.5"}),
    ("normalize", {}),
    ("normalize", {"low": "10.3", "high": "80", "max": "100"}),
    ("gaussian-blur", {"sigma": "0.1"}),
    ("gaussian-blur", {"sigma": "0.8"}),
    ("gaussian-blur", {"sigma": "2.5"}),
    ("gaussian-blur", {"sigma": "7"}),
    ("median", {"size": "1"}),
    ("median", {"size": "3"}),
    ("median", {"size": "5"}),
    ("median", {"size": "31"}),
    ("subtract-background", {}),
    ("subtract-background", {"percentile": "12.7"}),
    ("erase", {}),
    ("erase", {"percentile": "99"}),
]


def keep_largest(ids, inside):
    out = ids.copy()
    for value in np.unique(ids[inside]):
        if value == 0:
            continue
        pieces = measure.label(inside & (ids == value), connectivity=ids.ndim)
        sizes = np.bincount(pieces.ravel())
        sizes[0] = 0
        out[(pieces > 0) & (pieces != sizes.argmax())] = 0
    return out


def erode(ids, inside, radius):
    out = ids.copy()
    for plane in np.ndindex(ids.shape[:-2]):
        for value in np.unique(ids[plane]):
            same = ids[plane] == value
            if value != 0 and not same.all():
                near = ndimage.distance_transform_edt(same) < radius
                out[plane][same & near & inside[plane]] = 0
    return out


def label_result(name, given, ids, axes, masking):
    result = ids.copy()
    lead = axes.index("z") if "z" in axes else axes.index("y")
    for index in np.ndindex(*ids.shape[:lead]):
        block, inside = ids[index], masking[index] == OBJECT
        match name:
            case "relabel":
                result[index][inside & (block != 0)] = int(given["to"])
            case "clear":
                result[index][inside] = 0
            case "keep-largest":
                result[index] = keep_largest(block, inside)
            case "erode":
                result[index] = erode(block, inside, float(given["radius"]))
    return result


LABEL_CASES = [
    ("relabel", {"to": "77"}),
    ("clear", {}),
    ("keep-largest", {}),
    ("erode", {"radius": "1"}),
    ("erode", {"radius": "1.5"}),
    ("erode", {"radius": "2"}),
    ("erode", {"radius": "3.7"}),
    ("erode", {"radius": "1000"}),
]


def ids_of(name: str, shape: tuple, dtype: str) -> np.ndarray:
    rng = np.random.default_rng(sum(map(ord, name + dtype)))
    grid = ndimage.gaussian_filter(rng.standard_normal(shape), [0.9] * len(shape))
    ids = np.digitize(grid, np.quantile(grid, [0.3, 0.55, 0.8])).astype(dtype)
    if np.dtype(dtype).itemsize == 8:
        ids[ids > 0] += np.array(2**40, dtype)
    return ids


def make(folder: Path) -> None:
    inputs, expected, index = {}, {}, []

    def add(name, given, patch, axes, labels, label_axes, written, result):
        expected[str(len(index))] = result
        index.append(
            {
                "transform": name,
                "parameters": given,
                "patch": patch,
                "axes": axes,
                "labels": labels,
                "label_axes": label_axes,
                "written": written,
            }
        )

    for layout, (axes, shape, label_axes) in LAYOUTS.items():
        labels = labels_of(layout, axes, shape, label_axes)
        inputs[f"{layout}-labels"] = labels
        spread = broadcast(labels, label_axes, axes, shape)
        for dtype in TYPES:
            patch = patch_of(layout, shape, dtype)
            key = f"{layout}-{dtype}"
            inputs[key] = patch
            for name, given in IMAGE_CASES:
                for whole_box in (False, True) if layout in ("plane", "movie") else (False,):
                    result = image_result(name, given, patch, axes, spread, whole_box)
                    written = "box" if whole_box else "object"
                    add(name, given, key, axes, f"{layout}-labels", label_axes, written, result)
        if "c" in axes:
            continue
        for dtype in ("uint8", "uint16", "int32", "uint64"):
            ids = ids_of(layout, shape, dtype)
            key = f"{layout}-ids-{dtype}"
            inputs[key] = ids
            for name, given in LABEL_CASES:
                result = label_result(name, given, ids, axes, spread)
                add(name, given, key, axes, f"{layout}-labels", label_axes, "object", result)

    folder.mkdir(parents=True)
    np.savez_compressed(folder / "inputs.npz", **inputs)
    np.savez_compressed(folder / "expected.npz", **expected)
    lines = ",\n".join(json.dumps(entry) for entry in index)
    (folder / "index.json").write_text(f"[\n{lines}\n]\n")
