# SPDX-License-Identifier: Apache-2.0
"""Features of objects as scikit-image, mahotas and scipy compute them.

`inputs.npz`: label images and images by case. `expected.npz`: columns by case and name, one row for
each object, ascending by time point and label. `index.json`: of each case axes, pixel sizes and
channels.
"""

import json
import warnings
from pathlib import Path

import mahotas
import numpy as np
from scipy import ndimage
from scipy.spatial import ConvexHull, cKDTree
from skimage import measure

PLANE = [
    "area", "area_bbox", "num_pixels", "equivalent_diameter_area", "axis_major_length",
    "axis_minor_length", "euler_number", "feret_diameter_max", "perimeter", "perimeter_crofton",
    "eccentricity", "orientation", "area_convex", "area_filled", "extent", "solidity", "bbox",
    "centroid", "centroid_weighted", "inertia_tensor_eigvals", "intensity_mean",
    "intensity_median", "intensity_max", "intensity_min", "intensity_std",
]  # fmt: skip
ONLY_PLANE = ["perimeter", "perimeter_crofton", "eccentricity", "orientation"]
SPACE = [name for name in PLANE if name not in ONLY_PLANE]
HU = ["moments_hu", "moments_weighted_hu"]
HARALICK = [
    "angular_second_moment", "contrast", "correlation", "variance", "inverse_difference_moment",
    "sum_average", "sum_variance", "sum_entropy", "entropy", "difference_variance",
    "difference_entropy", "information_correlation_1", "information_correlation_2",
]  # fmt: skip
NEIGHBOURHOOD = 7.5
# mahotas takes as long as all else together.
TEXTURED = ["plane8", "narrow", "truth", "double", "films"]

# Case: axes, lengths, pixel sizes, type of the labels, type of the pixels.
CASES = {
    "plane8": ("cyx", (2, 60, 70), (1, 1), "uint32", "uint8"),
    "plane16": ("cyx", (3, 90, 80), (0.325, 0.325), "uint32", "uint16"),
    "signed": ("cyx", (1, 40, 70), (0.5, 0.5), "int32", "int16"),
    "narrow": ("cyx", (1, 30, 150), (2, 2), "uint16", "int8"),
    "large_ids": ("cyx", (1, 50, 50), (1, 1), "uint64", "uint32"),
    "oblong": ("cyx", (1, 45, 40), (0.5, 0.2), "uint32", "uint16"),
    "float": ("cyx", (2, 50, 60), (1, 1), "uint32", "float32"),
    "double": ("yx", (50, 60), (0.7, 0.7), "int64", "float64"),
    "truth": ("yx", (30, 40), (1, 1), "uint8", "bool"),
    "movie": ("tcyx", (3, 2, 30, 40), (0.5, 0.5), "uint32", "uint16"),
    "volume": ("czyx", (2, 9, 30, 32), (2, 0.5, 0.5), "uint32", "uint16"),
    "crooked": ("zyx", (7, 20, 24), (1, 0.3, 0.7), "uint32", "float32"),
    "films": ("tczyx", (2, 1, 5, 18, 20), (1, 1, 1), "uint32", "uint8"),
}


def spatial(axes: str) -> str:
    return "".join(axis for axis in axes if axis in "zyx")


def draw_plane(labels: np.ndarray) -> None:
    """Objects that are easy to get wrong."""
    labels[1, 1] = 1001
    labels[3:6, 2] = 1002
    labels[8, 1:9] = 1003
    np.fill_diagonal(labels[10:18, 1:9], 1004)
    labels[19:26, 1:9] = 1005
    labels[21:24, 3:7] = 0
    labels[22, 4] = 1005
    labels[19, 20] = labels[26, 28] = labels[20, 29] = 1006
    labels[0:2, 12:19] = 1007
    labels[4:9, 12] = labels[4:9, 18] = labels[8, 12:19] = 1008
    for i in range(5):
        labels[20 + i, 11 + i] = labels[20 + i, 12 + i] = 1009
    labels[10:13, 12:15] = 1010
    labels[11, 13] = 0


def draw_space(labels: np.ndarray) -> None:
    labels[0, 1, 1] = 1001
    labels[1, 3, 1:5] = 1002
    labels[2, 1:4, 8:12] = 1003
    labels[1:4, 5:8, 1:4] = 1004
    labels[2, 6, 2] = 0
    labels[0:3, 5:8, 6:9] = 1005
    labels[:3, 6, 7] = 0
    for i in range(4):
        labels[i, 10 + i, 1 + i] = 1006
    labels[0, 0, 12] = labels[3, 4, 15] = 1007


def draw(name: str, axes: str, shape: tuple, dtype: str) -> np.ndarray:
    rng = np.random.default_rng(sum(map(ord, name)))
    grid = ndimage.gaussian_filter(rng.standard_normal(shape), [1.2] * len(shape))
    inside = grid > np.quantile(grid, 0.62)
    inside &= rng.random(shape) > 0.03
    labels, count = ndimage.label(inside)
    # Some components share an id, so that objects are in pieces; the rest keep gaps.
    ids = rng.permutation(3 * count + 1)[: count + 1] + 1
    ids[rng.random(count + 1) < 0.2] = ids[1]
    ids[0] = 0
    labels = ids[labels]
    if dtype == "uint64":
        labels[labels > 0] += 2**40
    if dtype == "uint8":
        labels %= 250
    if np.dtype(dtype).itemsize > 1 and dtype != "uint64":
        (draw_plane if len(shape) == 2 else draw_space)(labels)
    return labels.astype(dtype)


def paint(name: str, shape: tuple, dtype: str) -> np.ndarray:
    rng = np.random.default_rng(sum(map(ord, name + dtype)))
    noise = ndimage.gaussian_filter(rng.standard_normal(shape), 0.8)
    if dtype == "bool":
        return noise > 0
    if dtype.startswith("float"):
        image = (100 + 37 * noise).astype(dtype)
        image[..., 5:7, 20:23] = np.nan
        image[..., 15, 1] = np.inf
        return image
    info = np.iinfo(dtype)
    span = float(info.max) - info.min
    values = info.min + span * (0.3 + 0.2 * noise)
    values[rng.random(shape) < 0.02] = info.max
    return np.clip(np.rint(values), info.min, info.max).astype(dtype)


def flat_convex_area(image: np.ndarray) -> int:
    """What scikit-image would find if it did not give up on flat objects: its second half."""
    coords = np.transpose(np.nonzero(image)).astype(float)
    steps = np.vstack([0.5 * np.eye(3), -0.5 * np.eye(3)])
    hull = ConvexHull((coords[:, None] + steps).reshape(-1, 3))
    grid = np.mgrid[tuple(map(slice, image.shape))].reshape(3, -1)
    inside = hull.equations[:, :3] @ grid + hull.equations[:, 3:] < 1e-10
    return int(inside.all(axis=0).sum())


def is_flat(image: np.ndarray) -> bool:
    coords = np.transpose(np.nonzero(image))
    return np.linalg.matrix_rank(coords - coords[0]) < 3


def gray(values: np.ndarray) -> np.ndarray:
    """As CellProfiler and img_as_ubyte: the range of the type becomes 0 to 255."""
    if values.dtype.kind in "fb":
        high = 1.0
    else:
        high = float(np.iinfo(values.dtype).max)
    scaled = np.nan_to_num(values.astype(float) / high * 255, nan=0, posinf=255)
    return np.rint(np.clip(scaled, 0, 255)).astype(np.uint8)


def textures(region, image: np.ndarray) -> np.ndarray:
    part = gray(image[region.slice]) * region.image
    try:
        return mahotas.features.haralick(part, ignore_zeros=True, return_mean=True)
    except ValueError:
        return np.full(len(HARALICK), np.nan)


def features(
    labels: np.ndarray, image: np.ndarray, spacing: tuple, channels: list, textured: bool
) -> dict:
    """Columns of one time point; the channel axis of the image comes last."""
    # scikit-image needs memory for the largest id, so that it gets small ones.
    ids, numbers = np.unique(labels, return_inverse=True)
    columns = small_features(numbers.reshape(labels.shape), image, spacing, channels, textured)
    for name in ("label", "nearest_label"):
        columns[name] = ids[columns[name]].astype(np.int64)
    return columns


def small_features(
    labels: np.ndarray, image: np.ndarray, spacing: tuple, channels: list, textured: bool
) -> dict:
    plane = labels.ndim == 2
    square = spacing[-1] == spacing[-2]
    names = list(PLANE if plane else SPACE)
    if plane and not square:
        names = [name for name in names if not name.startswith("perimeter")]
    if not plane:
        names = [n for n in names if n not in ("area_convex", "solidity", "feret_diameter_max")]
    arguments = {"label_image": labels, "intensity_image": image}
    columns = measure.regionprops_table(properties=["label", *names], spacing=spacing, **arguments)
    if plane:
        columns |= measure.regionprops_table(properties=HU, **arguments)
        if not square:
            for name in ("perimeter", "perimeter_crofton"):
                columns[name] = np.full(len(columns["label"]), np.nan)
    if image.dtype.kind == "f":
        add_weighted(columns, labels, image, spacing)
    regions = measure.regionprops(**arguments, spacing=spacing)
    if not plane:
        add_hulls(columns, regions, spacing)
    columns = {rename(name, channels): values for name, values in columns.items()}
    for number, channel in enumerate(channels if textured else []):
        rows = np.array([textures(region, image[..., number]) for region in regions])
        for k, name in enumerate(HARALICK):
            columns[f"haralick_{name}-{channel}"] = rows[:, k]
    columns["touches_border"] = np.array([touches(r.bbox, labels.shape) for r in regions])
    centroids = np.array([region.centroid for region in regions])
    add_neighbours(columns, centroids)
    return columns


def add_weighted(columns: dict, labels: np.ndarray, image: np.ndarray, spacing: tuple) -> None:
    """Where a pixel of the box outside the object is not finite, scikit-image gives NaN."""
    for row, label in enumerate(columns["label"]):
        mask = (labels == label).astype(np.uint8)
        inside = np.where(mask[..., None] > 0, image, 0)
        one = measure.regionprops_table(
            mask, inside, properties=["centroid_weighted"], spacing=spacing
        )
        if labels.ndim == 2:
            one |= measure.regionprops_table(mask, inside, properties=["moments_weighted_hu"])
        for name, values in one.items():
            columns[name][row] = values[0]


def add_hulls(columns: dict, regions: list, spacing: tuple) -> None:
    pixels, ferets = [], []
    for region in regions:
        flat = is_flat(region.image)
        pixels.append(flat_convex_area(region.image) if flat else region.image_convex.sum())
        ferets.append(np.nan if flat else region.feret_diameter_max)
    columns["area_convex"] = np.array(pixels) * np.prod(spacing)
    columns["solidity"] = columns["area"] / columns["area_convex"]
    columns["feret_diameter_max"] = np.array(ferets)


def add_neighbours(columns: dict, centroids: np.ndarray) -> None:
    tree = cKDTree(centroids)
    distances, indices = tree.query(centroids, k=2)
    columns["nearest_distance"] = distances[:, 1]
    columns["nearest_label"] = columns["label"][indices[:, 1]]
    columns["neighbours_count"] = tree.query_ball_point(
        centroids, NEIGHBOURHOOD, return_length=True
    ) - 1


def touches(bbox: tuple, shape: tuple) -> bool:
    count = len(shape)
    return min(bbox[:count]) == 0 or any(bbox[count + i] == shape[i] for i in range(count))


def rename(name: str, channels: list) -> str:
    """Numbers of channels become their labels."""
    base, _, last = name.rpartition("-")
    if name.startswith("intensity") or "weighted" in name:
        return f"{base}-{channels[int(last)]}"
    return name


def make(root: Path) -> None:
    root.mkdir(parents=True)
    inputs, expected, index = {}, {}, []
    for name, (axes, shape, spacing, label_type, image_type) in CASES.items():
        times = shape[0] if axes[0] == "t" else 1
        space = shape[-len(spatial(axes)) :]
        channels = [f"C{i}" for i in range(shape[axes.index("c")] if "c" in axes else 1)]
        labels = np.stack([draw(f"{name}{t}", axes, space, label_type) for t in range(times)])
        image = paint(name, shape, image_type)
        stack = image.reshape((times, len(channels), *space))
        rows: dict[str, list] = {}
        for t in range(times):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                pixels = np.moveaxis(stack[t], 0, -1)
                columns = features(labels[t], pixels, spacing, channels, name in TEXTURED)
            columns["time"] = np.full(len(columns["label"]), t)
            for column, values in columns.items():
                rows.setdefault(column, []).append(values)
        inputs[f"{name}/labels"] = labels if axes[0] == "t" else labels[0]
        inputs[f"{name}/image"] = image
        for column, values in rows.items():
            expected[f"{name}/{column}"] = np.concatenate(values)
        index.append(
            {
                "name": name,
                "axes": axes,
                "label_axes": ("t" if axes[0] == "t" else "") + spatial(axes),
                "spacing": spacing,
                "channels": channels,
                "distance": NEIGHBOURHOOD,
            }
        )
    np.savez_compressed(root / "inputs.npz", **inputs)
    np.savez_compressed(root / "expected.npz", **expected)
    (root / "index.json").write_text(json.dumps(index, indent=1) + "\n")
