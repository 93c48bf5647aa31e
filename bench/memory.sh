#!/usr/bin/env bash
# Peak resident memory of runs with a heap of 2 GB: over more and more images of a plate, and over
# a larger and larger image, whose time per object is shown too.
#
#   bench/memory.sh [FOLDER]      (target/bench)
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-target/bench}
source bench/classpath.sh
export NGFF_SPARK_MEMORY=2g
./submit.sh --version >/dev/null

# measure NAME OPTIONS…: a run in place; inverts, so that it can be repeated on the same pixels
measure() {
  local name=$1 peak=0 now pid summary
  shift
  ./submit.sh transform "$@" --transform affine --param scale=-1 --param offset=65535 --in-place --again \
    >"$folder/run.txt" 2>"$folder/run.err" &
  pid=$!
  while now=$(awk '/^VmHWM/ {print $2}' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ]; do
    peak=$now
    sleep 0.05
  done
  wait "$pid" || { cat "$folder/run.err" >&2; exit 1; }
  summary=$(sed -nE 's/.* in ([0-9:. a-z]+): ([0-9,]+) objects.*/\1 \2/p' "$folder/run.txt")
  printf '%-42s peak %6d MB   %s objects\n' "$name" $((peak / 1024)) "$summary"
}

java -Xmx2g -cp "$classpath" org.ngffspark.bench.BenchPlate "$folder" CHUNKED 24 >/dev/null
chosen=()
for ((image = 0; image < 24; image++)); do
  chosen+=(--image "$image")
  case $((image + 1)) in
    2 | 8 | 24) measure "plate, $((image + 1)) images" "$folder/plate-0.4.zarr" --label nuclei "${chosen[@]}" ;;
  esac
done

for side in 10000 20000 40000; do
  image=$folder/large-$side.zarr
  java -Xmx2g -cp "$classpath" org.ngffspark.bench.LargeImage "$image" "$side"
  measure "$side x $side, with a table" "$image" --label nuclei
  measure "$side x $side, without" "$image" --label wf_2_labels
done
