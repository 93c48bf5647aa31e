#!/usr/bin/env bash
# Peak resident memory of runs with a heap of 2 GB: over more and more images of a plate, and over
# a larger and larger image, whose time per object is shown too.
#
#   bench/memory.sh [FOLDER]      (target/bench)
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:-target/bench}
source bench/classpath.sh
source bench/peak.sh
export NGFF_SPARK_MEMORY=2g
./submit.sh --version >/dev/null

# peak NAME COMMAND OPTIONS…: a run that can be repeated
peak() {
  local name=$1 summary
  shift
  peak_of "$@"
  summary=$(sed -nE 's/.* in ([0-9:. a-z]+): ([0-9,]+) objects.*/\1 \2/p' "$folder/run.txt")
  printf '%-42s peak %6d MB   %s objects\n' "$name" "$peak" "$summary"
}

# both NAME INPUTS…: transforms in place, inverting, so that two runs leave the pixels as they were; and measures
both() {
  local name=$1
  shift
  peak "transform, $name" transform "$@" --transform affine --param scale=-1 --param offset=65535 --in-place --again
  peak "measure, $name" measure "$@" --table memory --overwrite
}

java -Xmx2g -cp "$classpath" org.ngffspark.bench.BenchPlate "$folder" CHUNKED 24 >/dev/null
chosen=()
for ((image = 0; image < 24; image++)); do
  chosen+=(--image "$image")
  case $((image + 1)) in
    2 | 8 | 24) both "plate, $((image + 1)) images" "$folder/plate-0.4.zarr" --label nuclei "${chosen[@]}" ;;
  esac
done

for side in 10000 20000 40000; do
  image=$folder/large-$side.zarr
  java -Xmx2g -cp "$classpath" org.ngffspark.bench.LargeImage "$image" "$side"
  both "$side x $side, with a table" "$image" --label nuclei
  both "$side x $side, without" "$image" --label wf_2_labels
done
