#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads what measure, segment and tables have written to a plate with the libraries of others.

    check_objects.py PLATE FEATURES      FEATURES is the exported data set; the label images are of the channel DAPI
"""

import sys
from pathlib import Path

import anndata
import duckdb
import numpy as np
import pandas as pd
import polars as pl
from ngio import open_ome_zarr_plate
from scipy import ndimage
from skimage.filters import threshold_otsu
from skimage.measure import regionprops_table

EXACT = ["area", "num_pixels", "area_bbox", "euler_number"]
NEAR = ["axis_major_length", "eccentricity", "solidity", "perimeter", "feret_diameter_max"]


def pixels(container, channel: int) -> np.ndarray:
    image = container.get_image()
    found = image.get_array(channel_selection=[channel])
    return found.reshape([n for axis, n in zip(image.axes, found.shape) if axis in "zyx"]).squeeze()


def labels(container, name: str) -> np.ndarray:
    return container.get_label(name).get_array().squeeze()


def check_features(what: str, path: Path, container) -> pd.DataFrame:
    table = container.get_table("nuclei_features")
    assert table.table_type() == "feature_table", what
    frame = table.dataframe
    size = container.get_label("nuclei").pixel_size
    names = container.channel_labels
    stack = np.stack([pixels(container, index) for index in range(len(names))], axis=-1)
    expected = regionprops_table(
        labels(container, "nuclei"), stack, spacing=(size.y, size.x),
        properties=["label", *EXACT, *NEAR, "intensity_max", "intensity_mean"])
    assert list(frame.index.astype(int)) == list(expected["label"]), what
    for name in EXACT + NEAR:
        np.testing.assert_allclose(frame[name], expected[name], rtol=1e-9, err_msg=f"{what} {name}")
    for index, name in enumerate(names):
        for statistic in ("max", "mean"):
            np.testing.assert_allclose(
                frame[f"intensity_{statistic}-{name}"], expected[f"intensity_{statistic}-{index}"], rtol=1e-12)
    masked = container.get_masked_image("nuclei")
    label = int(expected["label"][0])
    patch = masked.get_roi_masked(label=label).astype(float)
    edges = [(np.diff(patch[index], axis=-1) ** 2).mean() for index in range(len(names))]
    np.testing.assert_allclose(frame.loc[label, [f"edges-{name}" for name in names]].astype(float), edges)
    stored = anndata.read_zarr(path / "tables" / "nuclei_features")
    assert stored.shape[0] == len(frame) and "region" in stored.obs and "area" in stored.var_names
    np.testing.assert_array_equal(stored[:, "area"].X.ravel(), frame["area"])
    copied = container.get_table("nuclei_parquet").dataframe
    pd.testing.assert_frame_equal(
        copied.sort_index(axis=1), frame.sort_index(axis=1), check_dtype=False, check_categorical=False)
    return frame


def check_labels(what: str, container, channel: int):
    image = pixels(container, channel)
    expected, count = ndimage.label(image > threshold_otsu(image))
    np.testing.assert_array_equal(labels(container, "bright"), expected, err_msg=what)
    assert len(container.get_table("bright_ROI_table").rois()) == count, what
    around = ndimage.uniform_filter(image.astype(float), (1,) * (image.ndim - 2) + (9, 9))
    expected, _ = ndimage.label(image > 1.2 * around, np.ones((3,) * image.ndim))
    assert expected.max() > 1, what
    np.testing.assert_array_equal(labels(container, "bumps"), expected, err_msg=what)
    spots, parents = labels(container, "spots"), labels(container, "nuclei")
    table = container.get_masked_image("spots")._masking_roi_table.dataframe
    for label, parent in table["parent_label"].items():
        assert set(np.unique(parents[spots == int(label)])) == {int(parent)}, f"{what} spot {label}"
    assert len(table) == spots.max() > 0, what


def check_export(folder: Path, frames: dict[str, pd.DataFrame]):
    rows, area = sum(map(len, frames.values())), sum(frame["area"].sum() for frame in frames.values())
    exported = pd.read_parquet(folder)
    query = f"SELECT well, count(*), sum(area) FROM read_parquet('{folder}/**/*.parquet', hive_partitioning=true) GROUP BY 1"
    by_well = {well: (count, total) for well, count, total in duckdb.sql(query).fetchall()}
    lazy = pl.scan_parquet(f"{folder}/**/*.parquet", hive_partitioning=True)
    totals = lazy.group_by("well").agg(pl.len(), pl.col("area").sum()).collect()
    assert {row[0]: row[1] for row in totals.rows()} == {well: count for well, (count, _) in by_well.items()}
    assert set(exported["well"].astype(str)) == set(by_well) == {name.rsplit("/", 1)[0] for name in frames}
    assert len(exported) == rows == sum(count for count, _ in by_well.values())
    np.testing.assert_allclose([exported["area"].sum(), sum(total for _, total in by_well.values())], area)
    one = exported[(exported["well"] == next(iter(frames)).rsplit("/", 1)[0])]
    assert set(one["image"]) >= {next(iter(frames)).rsplit("/", 1)[1]} and {"plate", "row", "column"} <= set(one)


def main():
    path = Path(sys.argv[1])
    images = open_ome_zarr_plate(path).get_images()
    frames = {}
    for name, container in images.items():
        frames[name] = check_features(name, path / name, container)
        check_labels(name, container, container.channel_labels.index("DAPI"))
    check_export(Path(sys.argv[2]), frames)
    print(f"{len(frames)} images, {sum(map(len, frames.values()))} objects; tables, labels and the data set agree")


if __name__ == "__main__":
    main()
