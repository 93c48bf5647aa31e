#!/usr/bin/env bash
# What the page of a run costs: runs with --report beside runs without, in turns; medians.
#
#   bench/report.sh [ROUNDS] [IMAGES] [FOLDER]      (5 rounds, 8 images, target/bench)
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5}
images=${2:-8}
folder=${3:-target/bench}
source bench/classpath.sh

java -Xmx2g -cp "$classpath" org.ngffspark.bench.BenchPlate "$folder" CHUNKED "$images" >/dev/null
plate=$folder/shown.zarr

# run COMMAND…: seconds of wall clock and of processors
run() {
  rm -rf "$plate"
  cp -r "$folder/plate-0.4.zarr" "$plate"
  sync
  { TIMEFORMAT='%R %U %S'; time ./submit.sh "$@" >"$folder/shown.log" 2>&1; } 2>&1 | awk '{print $1, $2 + $3}'
}

# median COLUMN
median() {
  awk -v column="$1" '{print $column}' | sort -n | awk '{values[NR] = $1} END {print values[int((NR + 1) / 2)]}'
}

# compare NAME COMMAND…
compare() {
  local name=$1 with=() without=() round
  shift
  for ((round = 0; round < rounds; round++)); do
    with+=("$(run "$@" --report "$folder/shown")")
    without+=("$(run "$@")")
  done
  for column in 1 2; do
    awk -v name="$name" -v with="$(printf '%s\n' "${with[@]}" | median $column)" \
      -v without="$(printf '%s\n' "${without[@]}" | median $column)" -v column=$column 'BEGIN {
      printf "%s, %s: with a page %.2f s, without %.2f s; ratio %.3f (target 1.03)\n",
        name, column == 1 ? "time" : "processor time", with, without, with / without}'
  done
}

./submit.sh --version >/dev/null
compare transform transform "$plate" --label nuclei --transform gamma --param gamma=0.5 --in-place
compare measure measure "$plate" --label nuclei --overwrite
