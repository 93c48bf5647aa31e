#!/usr/bin/env bash
# Features, new label images and tables are what scikit-image, ngio, anndata, pandas, polars and DuckDB read
set -euo pipefail
work=$PWD/target/objects
plate=$work/plate.zarr
rm -rf "$work"
mkdir -p "$work"
cp -r target/interop/plates/plate-v05.zarr "$plate"
channel=$("$PYTHON" src/test/python/check_objects.py channel "$plate")

./submit.sh measure "$plate" --label nuclei --features shape,intensity,convex,position --export "$work/features"
./submit.sh segment "$plate" --channel "$channel" --method otsu --to bright
./submit.sh segment "$plate" --label nuclei --channel "$channel" --method otsu --min-size 4 --to spots
./submit.sh tables "$plate" --copy nuclei_features --to nuclei_parquet --backend parquet
"$PYTHON" src/test/python/check_objects.py check "$plate" "$work/features"
