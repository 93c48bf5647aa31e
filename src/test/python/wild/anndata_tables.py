# SPDX-License-Identifier: Apache-2.0
"""Tables that one version of anndata writes, and what it reads in them.

    python anndata_tables.py OUT

Runs with anndata 0.7 to 0.13, so it uses what all of them have.
"""

import json
import sys
import warnings
from pathlib import Path

import anndata
import numpy as np
import pandas as pd
import scipy.sparse

warnings.simplefilter("ignore")

ROI = {
    "backend": "anndata_v1",
    "type": "masking_roi_table",
    "table_version": "1",
    "region": {"path": "../labels/nuclei"},
    "instance_key": "label",
    "index_key": "label",
    "index_type": "int",
}
PLACES = ["x_micrometer", "y_micrometer", "z_micrometer"]
COLUMNS = PLACES + ["len_" + place for place in PLACES]


def matrix():
    values = np.arange(24, dtype="float32").reshape(4, 6) / 2
    values[1, 0] = values[3, 2] = 0
    return values


def rows(name):
    frame = pd.DataFrame(
        {
            "few": pd.Categorical(["x", "x", None, "y"]),
            "ordered": pd.Categorical([30, 10, 30, 10], ordered=True),
            "text": ["p", "", "r", "ß"],
            "whole": [1, 2, -3, 4],
            "kept": [True, False, True, True],
            "real": np.array([0.5, np.nan, 1, 2], dtype="float32"),
            "half": np.array([0.5, np.nan, 1, -2], dtype="float16"),
        }
    )
    if NULLABLE:
        frame["count"] = pd.array([1, None, 3, 255], dtype="UInt8")
        frame["maybe"] = pd.array([True, None, False, True], dtype="boolean")
    if NULLABLE_TEXT:
        frame["note"] = pd.array(["a", "b", None, ""], dtype="string")
    frame.index = pd.Index(["7", "1009", "3", "12"], name=name)
    return frame


VERSION = tuple(int(part) for part in anndata.__version__.split(".")[:2])
NULLABLE = VERSION >= (0, 10)
NULLABLE_TEXT = VERSION >= (0, 12)
FORMATS = (2, 3) if VERSION >= (0, 12) else (2,)


def tables():
    places = pd.DataFrame(index=COLUMNS)
    overlapping = rows("label")
    overlapping["x_micrometer"] = [1, 2, 3, 4]
    made = {
        "dense": anndata.AnnData(X=matrix(), obs=rows("label"), var=places),
        "csr": anndata.AnnData(X=scipy.sparse.csr_matrix(matrix()), obs=rows("label"), var=places),
        "csc": anndata.AnnData(X=scipy.sparse.csc_matrix(matrix()), obs=rows("label"), var=places),
        "unnamed": anndata.AnnData(X=matrix(), obs=rows(None), var=places),
        "overlapping": anndata.AnnData(X=matrix(), obs=overlapping, var=places),
    }
    if VERSION >= (0, 8):
        both = rows("label")
        both["label"] = both.index
        made["twice"] = anndata.AnnData(X=matrix(), obs=both, var=places)
    return made


def annotate(group, attributes):
    """Adds attributes to a group's file, as ngio does after anndata has written it."""
    file = group / "zarr.json"
    if file.exists():
        content = json.loads(file.read_text())
        content.pop("consolidated_metadata", None)
        content["attributes"] = dict(content.get("attributes", {}), **attributes)
    else:
        file = group / ".zattrs"
        content = json.loads(file.read_text()) if file.exists() else {}
        content.update(attributes)
        if (group / ".zmetadata").exists():
            (group / ".zmetadata").unlink()
    file.write_text(json.dumps(content, indent=1))


def described(path):
    """Index, columns, their types and values as anndata reads them; missing values are null."""
    table = anndata.read_zarr(str(path))
    frame = table.to_df()
    for name in table.obs.columns:
        frame[name] = table.obs[name]
    index = [int(label) for label in frame.index]
    columns = {name: column(frame[name]) for name in frame.columns if name != "label"}
    return {"index": "label", "rows": {"type": "long", "values": index}, "columns": columns}


def column(values):
    plain = [None if pd.isna(value) else value for value in values]
    present = [value for value in plain if value is not None]
    if all(isinstance(value, (bool, np.bool_)) for value in present):
        return {"type": "boolean", "values": [v if v is None else bool(v) for v in plain]}
    if all(isinstance(value, (int, np.integer)) for value in present):
        return {"type": "long", "values": [v if v is None else int(v) for v in plain]}
    if pd.api.types.is_float_dtype(values.dtype):
        return {"type": "double", "values": [v if v is None else float(v) for v in plain]}
    if isinstance(values.dtype, pd.CategoricalDtype) and not isinstance(present[0], str):
        return {"type": "long", "values": [v if v is None else int(v) for v in plain]}
    return {"type": "string", "values": [v if v is None else str(v) for v in plain]}


def make(folder, zarr_format):
    container = folder / ("tables-zarr%d.zarr" % zarr_format)
    if VERSION >= (0, 12):
        anndata.settings.auto_shard_zarr_v3 = False
        anndata.settings.zarr_write_format = zarr_format
    if VERSION >= (0, 11):
        anndata.settings.allow_write_nullable_strings = True
    expected = {}
    for name, table in tables().items():
        path = container / "tables" / name
        table.write_zarr(str(path))
        expected[name] = described(path)
        annotate(path, ROI)
    listed = {"tables": sorted(expected)}
    for group, attributes in ((container, {}), (container / "tables", listed)):
        if zarr_format == 2:
            (group / ".zgroup").write_text('{"zarr_format": 2}')
            (group / ".zattrs").write_text(json.dumps(attributes))
        else:
            content = {"zarr_format": 3, "node_type": "group", "attributes": attributes}
            (group / "zarr.json").write_text(json.dumps(content))
    (folder / ("tables-zarr%d.json" % zarr_format)).write_text(json.dumps(expected, indent=1) + "\n")


for each in FORMATS:
    make(Path(sys.argv[1]), each)
