# SPDX-License-Identifier: Apache-2.0
"""Tables as ngio writes them by default on Python 3.12 and later, and what it reads in them.

    python ngio_tables.py OUT
"""

import json
import logging
import sys
import warnings
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import golden_tables
from ngio import create_empty_ome_zarr
from ngio.tables import ConditionTable, GenericTable, RoiTable

warnings.simplefilter("ignore")
logging.disable(logging.WARNING)

for version in ("0.4", "0.5"):
    path = Path(sys.argv[1]) / f"tables-v{version.replace('.', '')}.zarr"
    container = create_empty_ome_zarr(
        str(path), shape=(1, 1, 8, 8), axes_names="czyx", pixelsize=0.5, levels=1, ngff_version=version
    )
    container.add_table("rois", RoiTable(rois=golden_tables.regions()))
    container.add_table("masks", golden_tables.masks())
    container.add_table("features", golden_tables.features())
    container.add_table("generic", GenericTable(table_data=golden_tables.frame()))
    container.add_table("conditions", ConditionTable(table_data=golden_tables.frame()))
    expected = {
        name: golden_tables.described(container.get_table(name).dataframe)
        for name in container.list_tables()
    }
    path.with_suffix(".json").write_text(json.dumps(expected, indent=1) + "\n")
