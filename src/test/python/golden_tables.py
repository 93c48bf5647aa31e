# SPDX-License-Identifier: Apache-2.0
"""Tables of every type in every backend, and what ngio reads in them."""

import json
import warnings
from pathlib import Path

import anndata
import numpy as np
import pandas as pd
import pyarrow.parquet as parquet
import zarr
from ngio import create_empty_ome_zarr
from ngio.common import Roi
from ngio.tables import ConditionTable, FeatureTable, GenericTable, MaskingRoiTable, RoiTable

BACKENDS = ["anndata_v1", "csv", "json", "parquet"]
OLD_NAMES = ["anndata", "experimental_csv_v1", "experimental_json_v1", "experimental_parquet_v1"]
PARQUET_CODECS = ["zstd", "gzip", "none"]


def make(folder: Path) -> None:
    for version in ("0.4", "0.5"):
        make_container(folder / f"tables-v{version.replace('.', '')}.zarr", version)
    make_parquet(folder / "parquet")


def make_container(path: Path, version: str) -> None:
    container = create_empty_ome_zarr(
        str(path), shape=(1, 1, 8, 8), axes_names="czyx", pixelsize=0.5, levels=1, ngff_version=version
    )
    for backend in BACKENDS:
        container.add_table(f"rois_{backend}", RoiTable(rois=regions()), backend=backend)
        container.add_table(f"masks_{backend}", masks(), backend=backend)
        container.add_table(f"features_{backend}", features(), backend=backend)
        container.add_table(f"generic_{backend}", GenericTable(table_data=frame()), backend=backend)
    for backend in OLD_NAMES:
        container.add_table(f"old_{backend}", masks(), backend=backend)
    container.add_table("conditions", ConditionTable(table_data=frame()), backend="csv")
    container.add_table("empty", RoiTable(rois=[]), backend="anndata_v1")
    add_anndata(path, "odd", odd(), version)
    add_anndata(path, "unnamed", unnamed(), version)
    expected = {name: described(container.get_table(name).dataframe) for name in container.list_tables()}
    (path.parent / f"{path.stem}.json").write_text(json.dumps(expected, indent=1) + "\n")


def regions() -> list[Roi]:
    """Regions with further columns of each type."""
    extra = [
        {"plate_name": "p", "well": "B03", "score": 1.5, "count": 3, "kept": True},
        {"plate_name": "p", "well": "A,\"1\"\nß", "score": float("nan"), "count": -4, "kept": False},
        {"plate_name": "q", "well": "C 3", "score": 1e-300, "count": 2**40, "kept": True},
    ]
    return [
        Roi.from_values(
            name=f"FOV_{i + 1}",
            slices={"x": (10.25 * i, 0.1625), "y": (-3.0, 416.0), "z": (0.0, 1.0 + i), "t": (0.5 * i, 2.0)},
            **columns,
        )
        for i, columns in enumerate(extra)
    ]


def masks() -> MaskingRoiTable:
    rois = [
        Roi.from_values(
            name=str(label), label=label, slices={"x": (0.1 * label, 3), "y": (1, 2.5), "z": (0, 1)}
        )
        for label in (7, 1009, 3, 4_294_967_296)
    ]
    return MaskingRoiTable(rois=rois, reference_label="nuclei")


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "drug": ["a", None, "a", "b"],
            "dose": [0.5, float("nan"), -1.25, 3.0],
            "cells": [1, 2, 3, -4],
            "alive": [True, False, True, True],
            "note": ["", "x", "5", "true"],
        }
    )


def features() -> FeatureTable:
    data = frame().drop(columns=["note"])
    data.insert(0, "label", [3, 1, 2, 10])
    return FeatureTable(table_data=data.set_index("label"), reference_label="nuclei")


def odd() -> anndata.AnnData:
    """What AnnData groups may hold beyond what ngio writes."""
    obs = pd.DataFrame(
        {
            "label": pd.Categorical(["5", "2", "5", "9"]),
            "few": pd.Categorical(["b", None, "a", "b"], categories=["b", "c", "a"], ordered=True),
            "numbers": pd.Categorical([20, 10, 20, 10]),
            "whole": pd.array([1, None, -3, 4], dtype="Int64"),
            "byte": np.array([1, 2, 3, 255], dtype="uint8"),
            "maybe": pd.array([True, None, False, True], dtype="boolean"),
            "single": np.array([0.5, np.nan, 2, 3], dtype="float32"),
        }
    )
    obs.index = pd.Index(["0", "1", "2", "3"])
    places = ["x_micrometer", "y_micrometer", "z_micrometer"]
    var = pd.DataFrame(index=places + [f"len_{place}" for place in places])
    values = np.arange(24, dtype="float32").reshape(4, 6) / 3
    return anndata.AnnData(X=values, obs=obs, var=var)


def unnamed() -> anndata.AnnData:
    """Labels as an index without a name, X of integers."""
    table = odd()
    table.obs = pd.DataFrame(index=pd.Index(["4", "3", "2", "12"]))
    return anndata.AnnData(X=table.X.astype("int32"), obs=table.obs, var=table.var)


def add_anndata(path: Path, name: str, table: anndata.AnnData, version: str) -> None:
    anndata.settings.auto_shard_zarr_v3 = version == "0.5"
    anndata.settings.zarr_write_format = 2 if version == "0.4" else 3
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table.write_zarr(path / "tables" / name)
    group = zarr.open_group(path / "tables" / name)
    group.attrs.update(
        {
            "backend": "anndata_v1",
            "type": "masking_roi_table",
            "table_version": "1",
            "region": {"path": "../labels/odd"},
            "instance_key": "label",
            "index_key": "label",
            "index_type": "int",
        }
    )
    tables = zarr.open_group(path / "tables")
    tables.attrs["tables"] = [*tables.attrs["tables"], name]


def make_parquet(folder: Path) -> None:
    """Parquet files as tools other than ngio write them."""
    folder.mkdir(parents=True)
    data = features().dataframe
    data["small"] = np.array([1, 2, 3, 200], dtype="uint8")
    data["large"] = np.array([1, 2, 3, 2**32 - 1], dtype="uint32")
    data["single"] = np.array([0.5, np.nan, 2, 3], dtype="float32")
    data["kind"] = pd.Categorical(["u", "v", None, "u"])
    for codec in PARQUET_CODECS:
        data.to_parquet(folder / f"{codec}.parquet", compression=codec)
    data.to_parquet(folder / "pages.parquet", data_page_version="2.0", row_group_size=3)
    data.reset_index(drop=True).to_parquet(folder / "unnamed.parquet", index=True)
    parquet.write_table(
        parquet.read_table(folder / "none.parquet"), folder / "plain.parquet", use_dictionary=False
    )
    data["day"] = pd.to_datetime(["2026-01-01"] * 4)
    data.to_parquet(folder / "dates.parquet")
    expected = described(data.drop(columns=["day"]))
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


def described(data: pd.DataFrame) -> dict[str, object]:
    """Index, columns, their types and values; missing values are null."""
    columns = {name: column(data[name]) for name in data.columns}
    index = data.index.to_series(index=range(len(data)))
    return {"index": data.index.name, "rows": column(index), "columns": columns}


def column(values: pd.Series) -> dict[str, object]:
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype(values.cat.categories.dtype if values.notna().all() else object)
    plain = [None if pd.isna(value) else value for value in values]
    if pd.api.types.is_bool_dtype(values.dtype):
        return {"type": "boolean", "values": [None if v is None else bool(v) for v in plain]}
    if pd.api.types.is_integer_dtype(values.dtype):
        return {"type": "long", "values": [None if v is None else int(v) for v in plain]}
    if pd.api.types.is_float_dtype(values.dtype):
        return {"type": "double", "values": [None if v is None else float(v) for v in plain]}
    present = [v for v in plain if v is not None]
    if present and all(isinstance(v, bool) for v in present):
        return {"type": "boolean", "values": plain}
    return {"type": "string", "values": [None if v is None else str(v) for v in plain]}
