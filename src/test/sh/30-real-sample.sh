#!/usr/bin/env bash
# A real image: transform and crops equal ngio's loop bit for bit
set -euo pipefail
work=target/real-sample
sample=src/test/python/real_sample.py
rm -rf "$work"
mkdir -p "$work"
# With both compilers of the JVM, as users have it.
unset JAVA_TOOL_OPTIONS

"$PYTHON" "$sample" "$work" make loop
. src/test/sh/served/start.sh "$work/pipes" crops
images=("$work"/before/v04.zarr "$work"/before/v05.zarr)
./submit.sh crops "${images[@]}" --label nuclei --to "$work/crops/whole"
./submit.sh crops "${images[@]}" --label nuclei --masked --to "$work/crops/masked"
./submit.sh crops "${images[@]}" --label nuclei --masked --zoom 1.5 --channel GFP --to "$work/crops/zoomed"
for name in v04 v05; do
  ./submit.sh transform "$work/ours/$name.zarr" --label nuclei --transform affine --param scale=0.5 --in-place
done
"$PYTHON" "$sample" "$work" crops compare
