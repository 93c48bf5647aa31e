#!/usr/bin/env bash
# What the page of a run costs: runs with --report beside runs without, in turns, over some images and over a third of
# them; medians. A run pays something once, mostly for code that is new to the JVM, and something for each image.
#
#   bench/report.sh [ROUNDS] [IMAGES] [FOLDER]      (3 rounds, 24 images, target/bench)
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-3}
images=${2:-24}
folder=${3:-target/bench}
few=$((images / 3))
source bench/classpath.sh

for number in "$images" "$few"; do
  java -Xmx2g -cp "$classpath" org.ngffspark.bench.BenchPlate "$folder/of-$number" CHUNKED "$number" >/dev/null
done
plate=$folder/shown.zarr

# run IMAGES COMMAND…: seconds of wall clock and of processors
run() {
  rm -rf "$plate"
  cp -r "$folder/of-$1/plate-0.4.zarr" "$plate"
  sync
  shift
  { TIMEFORMAT='%R %U %S'; time ./submit.sh "$@" >"$folder/shown.log" 2>&1; } 2>&1 | awk '{print $1, $2 + $3}'
}

# median COLUMN
median() {
  awk -v column="$1" '{print $column}' | sort -n | awk '{values[NR] = $1} END {print values[int((NR + 1) / 2)]}'
}

# compare NAME COMMAND…
compare() {
  local name=$1 number round column what
  shift
  for what in with without; do
    for number in "$images" "$few"; do : >"$folder/$what-$number.txt"; done
  done
  for ((round = 0; round < rounds; round++)); do
    for number in "$images" "$few"; do
      run "$number" "$@" --report "$folder/shown" >>"$folder/with-$number.txt"
      run "$number" "$@" >>"$folder/without-$number.txt"
    done
  done
  for column in 1 2; do
    for what in with without; do
      for number in "$images" "$few"; do median $column <"$folder/$what-$number.txt"; done
    done | tr '\n' ' ' | awk -v name="$name" -v column=$column -v images="$images" -v few="$few" '{
      added = $1 - $3
      each = (($1 - $2) - ($3 - $4)) / (images - few)
      bare = ($3 - $4) / (images - few)
      printf "%s, %s, %d images: with a page %.2f s, without %.2f s; ratio %.3f\n",
        name, column == 1 ? "time" : "processor time", images, $1, $3, $1 / $3
      printf "  each image %.3f s more than %.3f s; ratio %.3f (target 1.03); once %.2f s\n",
        each, bare, 1 + each / bare, added - images * each}'
  done
}

./submit.sh --version >/dev/null
compare transform transform "$plate" --label nuclei --transform gamma --param gamma=0.5 --in-place
compare measure measure "$plate" --label nuclei --overwrite
