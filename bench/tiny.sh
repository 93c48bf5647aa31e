#!/usr/bin/env bash
# What an image costs besides its pixels: each command over a plate of many tiny wells.
#
#   bench/tiny.sh [WELLS] [FOLDER]      (1000 wells, target/bench)
set -euo pipefail
cd "$(dirname "$0")/.."
wells=${1:-1000}
folder=${2:-target/bench}
source bench/classpath.sh
mkdir -p "$folder"
original=$folder/tiny-$wells.zarr
plate=$folder/tiny.zarr
[ -d "$original/A/01" ] || java -cp "$classpath" org.ngffspark.bench.TinyPlate "$original" "$wells"

# cost NAME COMMAND ARGUMENTS…: time and processor time an image, without the start of a run of one image
cost() {
  local name=$1 command=$2 empty all
  shift 2
  TIMEFORMAT='%R %U %S'
  for images in one all; do
    rm -rf "$plate" "$folder/tiny-crops"
    cp -r "$original" "$plate"
    local inputs=("$plate")
    [ "$images" = all ] || inputs+=(--well A/01)
    local took
    took=$({ time ./submit.sh "$command" "${inputs[@]}" "$@" >"$folder/tiny.log" 2>&1 || cat "$folder/tiny.log" >&2; } 2>&1)
    [ "$images" = all ] && all=$took || empty=$took
  done
  awk -v name="$name" -v n="$wells" -v one="$empty" -v all="$all" 'BEGIN {
    split(one, a, " "); split(all, b, " ")
    printf "%-20s %6.1f ms an image, processor %6.1f ms (%d images: %.1f s; one: %.1f s)\n",
      name, 1000 * (b[1] - a[1]) / (n - 1), 1000 * (b[2] + b[3] - a[2] - a[3]) / (n - 1), n, b[1], a[1]}'
}

./submit.sh --version >/dev/null
cost 'transform in place' transform --label nuclei --transform affine --param scale=0.5 --in-place
cost 'transform, suffix' transform --label nuclei --transform affine --param scale=0.5 --suffix New
cost 'rois' rois --label nuclei --table boxes
cost 'crops' crops --label nuclei --to "$folder/tiny-crops"
cost 'pyramid' pyramid
cost 'measure' measure --label nuclei
cost 'segment' segment --label nuclei --channel 0 --method otsu --to bright
rm -rf "$plate" "$folder/tiny-crops"
