# SPDX-License-Identifier: Apache-2.0
"""Small OME-Zarr containers made by ngio, and what its masked reads and writes do on them.

The containers are `<name>.zarr`; `<name>.json` lists the cases and `<name>.npz` holds their results;
both plane-….zarr share plane.json and plane.npz. A result is named by its case's number: `roi`
(get_roi), `masked` (get_roi_masked) and `written`, the level after set_roi_masked of the ROI with all
its bits inverted, XORed with the level before. A case with `error` is one that ngio refuses.
`pyramid/…` are the levels after the writes of the case `pyramid` and consolidate.
"""

import json
import shutil
from pathlib import Path

import numpy as np
import zarr
from ngio import create_ome_zarr_from_array, open_ome_zarr_container
from ngio.common import Roi
from ngio.images._image import ChannelSelectionModel
from ngio.ome_zarr_meta.ngio_specs import Channel
from ngio.tables import MaskingRoiTable
from ngio.utils import NgioValueError

ZOOMS = [1.0, 1.5, 2.0, 0.5]


def intensities(shape: tuple[int, ...], dtype: str) -> np.ndarray:
    """A ramp along every axis with a little noise; never 0, so that a mask shows."""
    grid = np.indices(shape)
    factors = np.array([3, 7, 31, 401, 1009][: len(shape)])[::-1]
    ramp = 100 + np.tensordot(factors, grid, axes=1)
    ramp += np.random.default_rng(21).integers(0, 4, size=shape)
    if dtype.startswith("f"):
        return (ramp / 8 - 50).astype(dtype)
    limits = np.iinfo(dtype)
    return (ramp % (limits.max - 2) + 1).astype(dtype)


def discs(shape: tuple[int, int], seed: int, count: int, radius: tuple[int, int]) -> np.ndarray:
    """uint32 ids of discs, some cut by the border, some touching; later ones win."""
    rng = np.random.default_rng(seed)
    y, x = np.indices(shape)
    ids = np.zeros(shape, np.uint32)
    centres = [(0, 0), (shape[0] - 1, shape[1] // 2), (shape[0] // 3, shape[1] - 1)]
    centres += [tuple(rng.integers(0, shape)) for _ in range(count - len(centres))]
    for number, (cy, cx) in enumerate(centres):
        ry, rx = rng.integers(*radius, size=2)
        ids[((y - cy) / ry) ** 2 + ((x - cx) / rx) ** 2 <= 1] = 1 + 3 * number
    return ids


def tiles(shape: tuple[int, int], seed: int, count: int) -> np.ndarray:
    """uint32 ids of a Voronoi tessellation: no background, every object touches others."""
    centres = np.random.default_rng(seed).uniform(0, 1, size=(count, 2)) * shape
    y, x = np.indices(shape)
    distance = [(y - cy) ** 2 + (x - cx) ** 2 for cy, cx in centres]
    return (np.argmin(distance, axis=0) + 1).astype(np.uint32)


def coarser(ids: np.ndarray, factor: int) -> np.ndarray:
    shape = [max(1, n // factor) for n in ids.shape]
    picks = [np.minimum(np.arange(n) * factor + factor // 2, m - 1) for n, m in zip(shape, ids.shape)]
    return ids[np.ix_(*picks)]


def add_label(container, name, ids, pixel, *, backend=None, dtype="uint32", **options):
    label = container.derive_label(name, shape=ids.shape, pixelsize=pixel, dtype=dtype, **options)
    label.set_array(ids.astype(dtype))
    label.consolidate(mode="numpy")
    if backend is not None:
        table = label.build_masking_roi_table()
        container.add_table(f"{name}_ROI_table", table, backend=backend)
    return label


def plane(path: Path, version: str, **options):
    """c y x: labels at the same, twice, three times and half the pixel size."""
    channels = [Channel.default_init(label=label, wavelength_id=wavelength)
                for label, wavelength in [("DAPI", "A01_C01"), ("GFP", "A02_C02"), ("RFP", "A03_C03")]]
    container = create_ome_zarr_from_array(
        store=path, array=intensities((3, 50, 62), "uint16"), pixelsize=0.325, levels=3,
        axes_names=["c", "y", "x"], channels_meta=channels, ngff_version=version,
        consolidation_mode="numpy", overwrite=True, **options)
    nuclei = discs((50, 62), 31, 12, (4, 9))
    add_label(container, "nuclei", nuclei, 0.325, backend="anndata")
    add_label(container, "dense", tiles((50, 62), 32, 18), 0.325)
    add_label(container, "coarse", coarser(nuclei, 2), 0.65, backend="csv")
    add_label(container, "third", coarser(nuclei, 3), 0.975)
    add_label(container, "fine", np.kron(nuclei, np.ones((2, 2), np.uint32)), 0.1625, backend="json")
    add_label(container, "wf_2_labels", tiles((50, 62), 33, 40), 0.325)
    big = np.where(nuclei > 0, nuclei.astype(np.uint64) * 1_000_000_007 % (1 << 32), 0)
    add_label(container, "big", big.astype(np.uint32), 0.325)
    rois = [Roi.from_values(name=str(n), label=int(n), slices=tight(big == n, 0.325))
            for n in np.unique(big) if n > 0]
    container.add_table("big_ROI_table", MaskingRoiTable(rois=rois, reference_label="big"), backend="csv")
    return container


def tight(inside: np.ndarray, pixel: float) -> dict:
    rows, columns = np.where(inside)
    return {"y": (rows.min() * pixel, (np.ptp(rows) + 1) * pixel),
            "x": (columns.min() * pixel, (np.ptp(columns) + 1) * pixel),
            "z": (0.0, 1.0)}


def series(path: Path, version: str, dtype: str, **options):
    """t c z y x: labels with the same axes, in one plane, and coarser."""
    shape = (2, 2, 4, 30, 36)
    container = create_ome_zarr_from_array(
        store=path, array=intensities(shape, dtype), pixelsize=(0.2, 0.25), z_spacing=1.5, levels=2,
        axes_names=["t", "c", "z", "y", "x"], channels_meta=["A", "B"], ngff_version=version,
        consolidation_mode="numpy", overwrite=True, **options)
    layers = [discs((30, 36), 41 + z, 7, (4, 8)) for z in range(4)]
    cells = np.stack([np.stack(layers), np.stack(layers[::-1])])
    add_label(container, "cells", cells, (0.2, 0.25), z_spacing=1.5, backend="anndata")
    halves = np.stack([np.stack([coarser(layer, 2) for layer in frame]) for frame in cells])
    add_label(container, "halves", halves, (0.4, 0.5), z_spacing=1.5, backend="csv", dtype="uint16")
    add_label(container, "every_plane", cells[:, :1], (0.2, 0.25), z_spacing=6.0)
    add_label(container, "int_cells", cells, (0.2, 0.25), z_spacing=1.5, dtype="int64")
    return container


def selection(name):
    if name.startswith("wavelength:"):
        return ChannelSelectionModel(mode="wavelength_id", identifier=name[11:])
    return ChannelSelectionModel(mode="label", identifier=name)


class Cases:
    def __init__(self, path: Path):
        self.path = path
        self.cases = []
        self.arrays = {}
        self.opened = {}

    def masked(self, case: dict):
        """Pixels are read anew for each case; to open takes ngio longer than that."""
        key = (case["label"], case.get("onLabel"), str(case["level"]))
        if key not in self.opened:
            self.opened[key] = self.open(*key)
        return self.opened[key]

    def open(self, label: str, on_label: str | None, level: str):
        container = open_ome_zarr_container(self.path)
        if on_label:
            path = container.get_label(on_label, path=level).path
            return container.get_masked_label(label_name=on_label, path=path, masking_label_name=label)
        return container.get_masked_image(label, path=level)

    def add(self, **case):
        number = case.get("case", f"{len(self.cases):03d}")
        case = {"case": number, "level": 0, "zoom": 1.0} | case
        self.cases.append(case)
        masked = self.masked(case)
        options = {"label": case["id"], "zoom_factor": case["zoom"]}
        if "channels" in case:
            options["channel_selection"] = [
                c if isinstance(c, int) else selection(c) for c in case["channels"]]
        roi = masked.get_roi(**options)
        self.arrays[f"{number}/roi"] = roi
        try:
            self.arrays[f"{number}/masked"] = masked.get_roi_masked(**options).astype(roi.dtype)
        except NgioValueError:
            case["error"] = True
            return
        if "readOnly" not in case:
            self.arrays[f"{number}/written"] = self.written(masked, roi, options)

    def written(self, masked, roi, options) -> np.ndarray:
        array = masked.zarr_array
        before = array[...]
        patch = inverted(roi)
        if "channel_selection" in options:
            # One by one: zarr-python cannot write a list of channels into shards.
            for place, channel in enumerate(options.pop("channel_selection")):
                one = patch[place : place + 1] if roi.ndim == 3 else patch[:, place : place + 1]
                masked.set_roi_masked(patch=one, channel_selection=[channel], **options)
        else:
            masked.set_roi_masked(patch=patch, **options)
        after = array[...]
        array[...] = before
        return bits(before) ^ bits(after)

    def ids(self, label: str) -> list[int]:
        masked = open_ome_zarr_container(self.path).get_masked_image(label)
        return sorted(roi.label for roi in masked._masking_roi_table.rois())

    def finish(self, name: Path):
        lines = ",\n".join(json.dumps(case) for case in self.cases)
        name.with_suffix(".json").write_text(f"[\n{lines}\n]\n")
        np.savez_compressed(name.with_suffix(".npz"), **self.arrays)


def bits(values: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(values).view(f"u{values.itemsize}")


def inverted(values: np.ndarray) -> np.ndarray:
    return (~bits(values)).view(values.dtype)


def plane_cases(cases: Cases):
    for number, label_id in enumerate(cases.ids("nuclei")):
        for zoom in ZOOMS:
            cases.add(label="nuclei", id=label_id, zoom=zoom, channels=[number % 3])
        cases.add(label="nuclei", id=label_id, zoom=1.1)
    first = cases.ids("nuclei")[0]
    for channels in [["GFP"], ["RFP", "DAPI"], ["wavelength:A02_C02"], [2, 0], [0, 1, 2]]:
        cases.add(label="nuclei", id=first, zoom=2.0, channels=channels)
    cases.add(label="nuclei", id=first, channels=[1, 1, 0], readOnly=True)
    for label in ["dense", "coarse", "third", "fine", "big"]:
        for number, label_id in enumerate(cases.ids(label)):
            zoom = ZOOMS[number % len(ZOOMS)]
            cases.add(label=label, id=label_id, zoom=zoom, channels=[number % 3])
            if label not in ("dense", "big"):
                cases.add(label=label, id=label_id, zoom=1.0, channels=[0])
    for level in [1, 2]:
        for number, label_id in enumerate(cases.ids("nuclei")):
            zoom = ZOOMS[number % len(ZOOMS)]
            cases.add(label="nuclei", id=label_id, zoom=zoom, level=level, channels=[1])
            cases.add(label="fine", id=label_id, zoom=zoom, level=level, channels=[2])
    for number, label_id in enumerate(cases.ids("nuclei")):
        cases.add(onLabel="wf_2_labels", label="nuclei", id=label_id, zoom=ZOOMS[number % len(ZOOMS)])
        cases.add(onLabel="wf_2_labels", label="coarse", id=label_id)


def series_cases(cases: Cases):
    for label in ["cells", "halves", "int_cells"]:
        for number, label_id in enumerate(cases.ids(label)):
            zoom = ZOOMS[number % len(ZOOMS)]
            cases.add(label=label, id=label_id, zoom=zoom, channels=[number % 2])
            cases.add(label=label, id=label_id, zoom=zoom, level=1)
    for label_id in cases.ids("cells"):
        cases.add(onLabel="int_cells", label="cells", id=label_id, zoom=1.5)
        cases.add(label="every_plane", id=label_id, zoom=1.0, channels=["B"])


def pyramid_case(cases: Cases, work: Path, label: str, target: str):
    """Several masked writes, one after the other, then the pyramid of the image and of a label."""
    shutil.copytree(cases.path, work)
    masked = open_ome_zarr_container(work).get_masked_image(label)
    for label_id in cases.ids(label)[::2]:
        patch = masked.get_roi_masked(label=label_id)
        masked.set_roi_masked(label=label_id, patch=(patch // 2).astype(patch.dtype))
    masked.consolidate(mode="numpy")
    other = open_ome_zarr_container(work).get_masked_label(label_name=target, masking_label_name=label)
    for label_id in cases.ids(label)[::2]:
        patch = other.get_roi_masked(label=label_id)
        other.set_roi_masked(label=label_id, patch=np.where(patch > 0, label_id, 0).astype(patch.dtype))
    other.consolidate(mode="numpy")
    for node in [".", f"labels/{target}"]:
        for path in open_ome_zarr_container(work).level_paths:
            array = zarr.open_array(str(work / node / path), mode="r")[...]
            cases.arrays[f"pyramid/{node.strip('.') or 'image'}/{path}"] = array
    cases.cases.append({"case": "pyramid", "label": label, "onLabel": target,
                        "ids": cases.ids(label)[::2]})
    shutil.rmtree(work)


def plane_pair(root: Path):
    """The same image in 0.4 and, sharded, in 0.5: ngio must do the same on both."""
    path, sharded = root / "plane-v04.zarr", root / "plane-v05-sharded.zarr"
    plane(path, "0.4", chunks=(1, 20, 24))
    plane(sharded, "0.5", chunks=(1, 12, 16), shards=(1, 36, 32))
    cases = Cases(path)
    plane_cases(cases)
    again = Cases(sharded)
    for case in cases.cases[::7]:
        again.add(**case)
        for kind in ("roi", "masked", "written"):
            name = f"{case['case']}/{kind}"
            np.testing.assert_array_equal(again.arrays[name], cases.arrays[name])
    pyramid_case(cases, root / "work.zarr", "nuclei", "wf_2_labels")
    cases.finish(root / "plane")


def one_series(root: Path, name: str, version: str, dtype: str, **options):
    path = root / f"{name}.zarr"
    series(path, version, dtype, **options)
    cases = Cases(path)
    series_cases(cases)
    pyramid_case(cases, root / "work.zarr", "cells", "int_cells")
    cases.finish(root / name)


def levels(node, paths) -> list[dict]:
    images = [node(path) for path in paths]
    return [{"path": image.path, "shape": list(image.shape), "type": str(image.zarr_array.dtype),
             "pixelSize": [image.pixel_size.get(axis, 1.0) for axis in image.axes]}
            for image in images]


def facts(path: Path) -> dict:
    """What ngio says of a container, its labels and the regions of their objects."""
    container = open_ome_zarr_container(path)
    found = {
        "axes": list(container.get_image().axes),
        "levels": levels(lambda level: container.get_image(path=level), container.level_paths),
        "channels": container.channel_labels,
        "wavelengths": container.wavelength_ids,
        "tables": container.list_tables(),
        "labels": {},
    }
    for name in container.list_labels():
        label = container.get_label(name)
        rois = container.get_masked_image(name)._masking_roi_table.rois()
        paths = [dataset.path for dataset in label.meta.datasets]
        found["labels"][name] = {
            "axes": list(label.axes),
            "levels": levels(lambda level, name=name: container.get_label(name, path=level), paths),
            "rois": {str(roi.label): {s.axis_name: [s.start, s.length] for s in roi.slices}
                     for roi in sorted(rois, key=lambda roi: roi.label)},
        }
    return found


def make(root: Path):
    root.mkdir(parents=True)
    make_containers(root)
    lines = [f"{json.dumps(path.stem)}: {json.dumps(facts(path))}" for path in sorted(root.glob("*.zarr"))]
    (root / "containers.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


def make_containers(root: Path):
    plane_pair(root)
    one_series(root, "series-v04", "0.4", "int16", chunks=(1, 1, 2, 16, 16))
    one_series(root, "series-v05", "0.5", "float32", chunks=(1, 1, 4, 15, 36))
