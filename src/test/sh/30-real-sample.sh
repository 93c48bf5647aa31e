#!/usr/bin/env bash
# A real image: transform and crops equal ngio's loop bit for bit
set -euo pipefail
work=target/real-sample
sample=src/test/python/real_sample.py
rm -rf "$work"
mkdir -p "$work"

"$PYTHON" "$sample" make "$work"
for name in v04 v05; do
  image=$work/ours/$name.zarr
  ./submit.sh crops "$image" --label nuclei --to "$work/crops/$name-whole"
  ./submit.sh crops "$image" --label nuclei --masked --to "$work/crops/$name-masked"
  ./submit.sh crops "$image" --label nuclei --masked --zoom 1.5 --channel GFP --to "$work/crops/$name-zoomed"
done
"$PYTHON" "$sample" crops "$work"

"$PYTHON" "$sample" loop "$work"
for name in v04 v05; do
  ./submit.sh transform "$work/ours/$name.zarr" --label nuclei --transform affine --param scale=0.5 --in-place
done
"$PYTHON" "$sample" compare "$work"
