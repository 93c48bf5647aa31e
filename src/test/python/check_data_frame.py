#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs examples/pyspark/objects.py and then, in its session, the blocks of docs/measurements.md that use a data frame.

    check_data_frame.py PLATE LABEL      after it each image of the plate has the tables `contrast` and `halves`
"""

import re
import runpy
import sys
from pathlib import Path

from pyspark.sql import SparkSession

ROOT = Path(__file__).resolve().parents[3]


def blocks(plate: str, label: str) -> list[str]:
    """The blocks, on another plate and on the table that the example has written."""
    text = (ROOT / "docs" / "measurements.md").read_text()
    found = [block for block in re.findall("```python\n(.*?)```", text, re.DOTALL) if '"ngff")' in block]
    names = {"plate.zarr": plate, '"nuclei"': f'"{label}"', "nuclei_features": "contrast", "area": "contrast"}
    for name, here in names.items():
        found = [block.replace(name, here) for block in found]
    return found


def main():
    plate, label = sys.argv[1:]
    runpy.run_path(str(ROOT / "examples" / "pyspark" / "objects.py"), run_name="__main__")
    spark = SparkSession.builder.getOrCreate()
    space = {"spark": spark}
    read, write = blocks(plate, label)
    exec(read, space)
    rows = eval(read.splitlines()[-1], space).collect()
    assert rows and all(len(row["patch"]) > 0 and row["contrast"] > 0 for row in rows), rows
    exec(write, space)
    tables = spark.read.format("ngff").option("label", label).option("tables", "contrast,halves").load(plate)
    unlike = tables.where("half is null or half != contrast / 2").count()
    assert tables.count() > 0 and unlike == 0, f"{unlike} objects have no half of their contrast"
    print(f"{len(rows)} patches read, {tables.count()} rows written and read as the document says")


if __name__ == "__main__":
    main()
