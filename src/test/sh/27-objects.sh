#!/usr/bin/env bash
# docs/measurements.md: features, labels and tables are what scikit-image, ngio, anndata, pandas, polars, DuckDB read;
# what any command leaves is what ome-zarr-models finds valid
set -euo pipefail
work=$PWD/target/objects
plate=$work/plate.zarr
rm -rf "$work"
mkdir -p "$work"
cp -r target/interop/plates/plate-v05.zarr "$plate"
export PYSPARK_PYTHON=$PYTHON
block() { # NUMBER: that block of Python of the document
  awk -v wanted="$1" '/^```python/ {number++; inside = 1; next} /^```/ {inside = 0} inside && number == wanted' \
    docs/measurements.md
}
block 2 >"$work/edges.py"
block 3 >"$work/find.py"
block 4 >"$work/bumps.py"

export NGFF_SPARK_MEMORY=2g
. src/test/sh/served/start.sh "$work/pipes" transforms
./submit.sh measure "$plate" --label nuclei --features "shape,intensity,convex,position,$work/edges.py:edges" \
  --param power=2 --export "$work/features"
./submit.sh segment "$plate" --channel DAPI --method otsu --to bright
./submit.sh segment "$plate" --label nuclei --channel DAPI --finder "$work/find.py:bright" --to spots
./submit.sh segment "$plate" --channel DAPI --finder "$work/bumps.py:bumps" --halo 4 --to bumps
./submit.sh tables "$plate" --copy nuclei_features --to nuclei_parquet --backend parquet
./submit.sh tables "$plate" --check
"$PYTHON" src/test/python/check_objects.py "$plate" "$work/features"
block 1 >"$work/read.py"
(cd "$work" && "$PYTHON" read.py)

./submit.sh remove "$plate" --label spots
if ls -d "$plate"/*/*/*/labels/spots; then exit 1; fi
if grep -rq '"spots"' --include=.zattrs --include=zarr.json "$plate"/*/*/*/labels; then exit 1; fi

# Every command that writes images, label images or tables, in NGFF 0.4, 0.5 and 0.6, on images and on plates.
cp -r target/interop/versions "$work/versions"
cp -r target/interop/plates/plate-v04.zarr "$work/plate-v04.zarr"
versions=("$work"/versions/v*.zarr)
some=("$work/plate-v04.zarr/B/03/0" "$plate/B/03/0" "${versions[@]}")
./submit.sh transform "${some[@]}" --label nuclei --transform affine --param scale=0.5 --suffix Half
./submit.sh transform "${some[@]}" --label nuclei --transform invert --in-place
./submit.sh transform "${some[@]}" --label nuclei --on-label nuclei --transform clear --suffix Clear
./submit.sh transform "${versions[0]}" --label nuclei --transform invert --output "$work/versions/new.zarr"
./submit.sh segment "${versions[@]}" --channel 0 --method otsu --to bright
./submit.sh measure "${versions[@]}" --label nuclei
./submit.sh rois "${versions[@]}" --label bright --table boxes
./submit.sh pyramid "${versions[@]}"
./submit.sh crops "${versions[@]}" --label nuclei --channel 0 --to "$work/cut"
./submit.sh paste "${versions[@]}" --label nuclei --from "$work/cut" --suffix Pasted
./submit.sh crops "$plate/B/03/0" --label nuclei --format zarr --size 64,64 --to "$work/versions/train.zarr"
./submit.sh project "$plate/B/03/0" "$work/plate-v04.zarr/B/03/0" --labels --suffix Flat
./submit.sh convert "$plate" --format 0.4 --to "$work/versions/copy-v04.zarr"
./submit.sh convert "${versions[2]}" --format 0.5 --to "$work/versions/copy-v05.zarr"
./submit.sh remove "${versions[@]}" --label bright
./submit.sh remove "$plate" --image 0Half
"$PYTHON" src/test/python/check_models.py target/models target/interop/containers/*.zarr "$work"/versions/*.zarr "$plate" \
  "$work/plate-v04.zarr"
