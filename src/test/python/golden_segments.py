# SPDX-License-Identifier: Apache-2.0
"""Objects as scikit-image and scipy find them.

`inputs.npz`: images and masks by case. `thresholds.json`: thresholds of the masked pixels by case and
method. `expected.npz`: label images by number; `index.json`: per number the case and the parameters.
`whole.npz`, `whole.json`: the same of images without masks, each connected piece split by itself.
"""

import json
import warnings
from pathlib import Path

import numpy as np
from scipy import ndimage
from skimage import feature, filters, segmentation

METHODS = {
    "otsu": filters.threshold_otsu,
    "li": filters.threshold_li,
    "triangle": filters.threshold_triangle,
    "yen": filters.threshold_yen,
    "isodata": filters.threshold_isodata,
    "minimum": filters.threshold_minimum,
    "mean": filters.threshold_mean,
}
# Case: lengths, pixel sizes, type, how much the spots stand out.
CASES = {
    "bytes": ((40, 50), (1, 1), "uint8", 60),
    "words": ((60, 45), (0.5, 0.5), "uint16", 900),
    "signed": ((30, 40), (1, 1), "int16", 500),
    "oblong": ((36, 44), (0.5, 0.3), "uint16", 300),
    "float": ((40, 40), (1, 1), "float64", 3.5),
    "stack": ((8, 24, 26), (2, 0.5, 0.5), "uint16", 700),
    "cube": ((10, 16, 14), (1, 1, 1), "uint8", 90),
    "faint": ((30, 30), (1, 1), "uint8", 4),
    "flat": ((6, 7), (1, 1), "uint16", 0),
    "few": ((5, 5), (1, 1), "float64", 1),
}
# Parameters: what is done beside the threshold.
PLANS = [
    {"method": "otsu"},
    {"method": "otsu", "connectivity": "full", "min_size": 4},
    {"method": "li", "smooth": 1.0, "holes": "fill"},
    {"method": "otsu", "smooth": 1.5, "split": 3, "holes": "fill"},
    {"method": "mean", "split": 1, "min_size": 3},
    {"method": "mask", "split": 2},
    {"method": "mask", "split": 4},
    {"method": "value", "smooth": 0.8, "connectivity": "full", "split": 2},
    {"method": "local", "block": 11, "offset": 0.0},
    {"method": "local", "block": 7, "offset": -2.0, "smooth": 0.7, "min_size": 5},
    {"method": "local-mean", "block": 9, "offset": 0.5},
]
# Images that are looked at as a whole, besides.
WHOLE = {
    "wide": ((34, 46), (1, 1), "uint32", 2000),
    "single": ((38, 41), (1, 1), "float32", 700),
    "counts": ((45, 52), (0.3, 0.3), "float64", 900),
    "gaps": ((30, 44), (1, 1), "float64", 5),
}
WHOLE_PLANS = [
    *({"method": name} for name in METHODS),
    *({"method": name, "smooth": 0.8, "split": 3, "min_size": 3} for name in METHODS),
    {"method": "otsu", "holes": "fill", "connectivity": "full", "split": 2},
    {"method": "li", "holes": "fill", "min_size": 6},
    {"method": "value", "smooth": 1.2, "holes": "fill", "split": 4},
    {"method": "local", "block": 9, "offset": -1.0, "split": 2, "min_size": 4},
    {"method": "local-mean", "block": 7, "offset": 0.5, "connectivity": "full"},
]


def paint(name: str, shape: tuple, dtype: str, contrast: float) -> np.ndarray:
    rng = np.random.default_rng(sum(map(ord, name)))
    image = rng.standard_normal(shape) * max(contrast, 1) / 8 if contrast else np.zeros(shape)
    grid = np.indices(shape)
    for _ in range(int(np.prod(shape) ** 0.5 / 2)):
        centre = [rng.integers(0, n) for n in shape]
        radius = rng.uniform(2, 5)
        away = sum(((g - c) / radius) ** 2 for g, c in zip(grid, centre))
        image += contrast * np.exp(-away)
    image += 2 * contrast + 3
    if dtype.startswith("float"):
        return image.astype(dtype)
    info = np.iinfo(dtype)
    return np.clip(np.rint(image), info.min, info.max).astype(dtype)


def mask_of(name: str, shape: tuple) -> np.ndarray:
    rng = np.random.default_rng(1 + sum(map(ord, name)))
    grid = ndimage.gaussian_filter(rng.standard_normal(shape), 3)
    mask = grid > np.quantile(grid, 0.15)
    return mask | (name == "flat")


def smoothed(image: np.ndarray, sigma: float, spacing: tuple) -> np.ndarray:
    if not sigma:
        return image
    spread = [sigma if i == image.ndim - 2 else sigma * spacing[-2] / s for i, s in enumerate(spacing)]
    smooth = ndimage.gaussian_filter(image.astype(float), spread)
    return smooth if image.dtype.kind == "f" else np.rint(smooth).astype(image.dtype)


def foreground(image: np.ndarray, mask: np.ndarray, plan: dict) -> np.ndarray:
    method = plan["method"]
    if method == "mask":
        return mask
    if method == "value":
        return mask & (image > plan["value"])
    if method.startswith("local"):
        block = (1,) * (image.ndim - 2) + (plan["block"],) * 2
        how = "gaussian" if method == "local" else "mean"
        values = image.astype(float)
        limits = filters.threshold_local(values, block, how, plan["offset"])
        # Where a value is equal to its mean, scipy's running sums leave it to rounding.
        return mask & (values > limits + 1e-9)
    return mask & (image > METHODS[method](image[mask]))


def split(inside: np.ndarray, labels: np.ndarray, distance: int, spacing: tuple) -> np.ndarray:
    cubes = len(set(spacing)) == 1
    padded = np.pad(inside, 1)
    away = ndimage.distance_transform_edt(padded, sampling=None if cubes else spacing)
    away = away[(slice(1, -1),) * inside.ndim]
    peaks = feature.peak_local_max(
        away, min_distance=distance, labels=labels, exclude_border=False
    )
    chosen = np.zeros(inside.shape, bool)
    chosen[tuple(peaks.T)] = True
    markers, _ = ndimage.label(chosen)
    return segmentation.watershed(-away, markers, mask=inside)


def split_each(labels: np.ndarray, distance: int, spacing: tuple) -> np.ndarray:
    """Each connected piece by itself, so that it does not matter what else the image holds."""
    result, last = np.zeros(labels.shape, np.int64), 0
    for number, box in enumerate(ndimage.find_objects(labels), start=1):
        # What is around it counts as outside, also for the least height of a peak.
        piece = np.pad(labels[box] == number, 1)
        parts = split(piece, piece.astype(int), distance, spacing)[(slice(1, -1),) * labels.ndim]
        result[box][parts > 0] = parts[parts > 0] + last
        last += parts.max()
    return result


def whole(image: np.ndarray, spacing: tuple, plan: dict) -> np.ndarray:
    smooth = smoothed(image, plan.get("smooth", 0), spacing)
    if plan["method"] in METHODS:
        threshold = METHODS[plan["method"]](smooth[np.isfinite(smooth)])
        plan = {**plan, "method": "value", "value": threshold}
    inside = foreground(smooth, np.ones(image.shape, bool), plan)
    if plan.get("holes") == "fill":
        inside = ndimage.binary_fill_holes(inside)
    full = plan.get("connectivity") == "full"
    structure = ndimage.generate_binary_structure(image.ndim, image.ndim if full else 1)
    labels, _ = ndimage.label(inside, structure)
    if "split" in plan:
        labels = split_each(labels, plan["split"], spacing)
    return numbered(labels, plan.get("min_size", 0))


def wholes() -> dict:
    """Images by case, with their pixel sizes."""
    images = {}
    for name, (shape, spacing, dtype, contrast) in {**CASES, **WHOLE}.items():
        image = paint(name, shape, dtype, contrast)
        if name == "counts":
            image = np.rint(image)
        if name == "gaps":
            image[::7, ::5], image[3, 4] = np.nan, np.inf
        images[name] = image, spacing
    return images


def make_whole(root: Path, inputs: dict) -> None:
    expected, index = {}, []
    for name, (image, spacing) in wholes().items():
        inputs.setdefault(f"{name}/image", image)
        for plan in WHOLE_PLANS:
            if plan["method"] == "minimum" and image.dtype.itemsize > 1 and image.dtype.kind in "iu":
                continue  # scikit-image takes seconds for each
            used = dict(plan)
            if name == "gaps":
                used.pop("smooth", None)
            if plan["method"] == "value":
                used["value"] = float(np.nanquantile(image, 0.7))
            try:
                labels = whole(image, spacing, used)
            except (RuntimeError, IndexError):
                continue
            expected[str(len(index))] = labels.astype(np.int32)
            index.append({"case": name, "spacing": spacing, **used})
    np.savez_compressed(root / "whole.npz", **expected)
    lines = ",\n".join(json.dumps(entry) for entry in index)
    (root / "whole.json").write_text(f"[\n{lines}\n]\n")


def numbered(labels: np.ndarray, min_size: int) -> np.ndarray:
    sizes = np.bincount(labels.ravel())
    order = [n for n in dict.fromkeys(labels.ravel().tolist()) if n and sizes[n] >= min_size]
    numbers = np.zeros(len(sizes), np.int32)
    numbers[order] = np.arange(1, len(order) + 1)
    return numbers[labels]


def segment(image: np.ndarray, mask: np.ndarray, spacing: tuple, plan: dict) -> np.ndarray:
    inside = foreground(smoothed(image, plan.get("smooth", 0), spacing), mask, plan)
    if plan.get("holes") == "fill":
        inside = ndimage.binary_fill_holes(inside) & mask
    full = plan.get("connectivity") == "full"
    structure = ndimage.generate_binary_structure(image.ndim, image.ndim if full else 1)
    labels, _ = ndimage.label(inside, structure)
    if "split" in plan:
        labels = split(inside, labels, plan["split"], spacing)
    return numbered(labels, plan.get("min_size", 0))


def make(root: Path) -> None:
    root.mkdir(parents=True)
    inputs, expected, index, thresholds = {}, {}, [], {}
    for name, (shape, spacing, dtype, contrast) in CASES.items():
        image, mask = paint(name, shape, dtype, contrast), mask_of(name, shape)
        inputs[f"{name}/image"], inputs[f"{name}/mask"] = image, mask
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            thresholds[name] = {}
            for method, function in METHODS.items():
                try:
                    thresholds[name][method] = float(function(image[mask]))
                except (RuntimeError, IndexError):
                    thresholds[name][method] = None
            for plan in PLANS:
                used = dict(plan)
                if plan["method"] == "value":
                    used["value"] = float(np.quantile(image, 0.7))
                expected[str(len(index))] = segment(image, mask, spacing, used)
                index.append({"case": name, "spacing": spacing, **used})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        make_whole(root, inputs)
    np.savez_compressed(root / "inputs.npz", **inputs)
    np.savez_compressed(root / "expected.npz", **expected)
    (root / "index.json").write_text(json.dumps(index, indent=1) + "\n")
    (root / "thresholds.json").write_text(json.dumps(thresholds, indent=1) + "\n")
