#!/usr/bin/env bash
# What counting objects within tasks costs: runs whose executors report every second beside runs whose executors
# report when a task ends, in turns; medians.
#
#   bench/progress.sh [ROUNDS] [IMAGES] [FOLDER]      (5 rounds, 8 images, target/bench)
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5}
images=${2:-8}
folder=${3:-target/bench}
source bench/classpath.sh

java -Xmx2g -cp "$classpath" org.ngffspark.bench.BenchPlate "$folder" CHUNKED "$images" >/dev/null
plate=$folder/progress.zarr
log=$folder/progress.log

# processor INTERVAL: seconds of processors that a run takes
processor() {
  rm -rf "$plate"
  cp -r "$folder/plate-0.4.zarr" "$plate"
  sync
  { TIMEFORMAT='%U %S'; time ./submit.sh --conf "spark.executor.heartbeatInterval=$1" \
    --conf spark.network.timeout=2h -- transform "$plate" --label nuclei --transform gamma --param gamma=0.5 \
    --in-place >"$log" 2>&1; } 2>&1 | awk '{print $1 + $2}'
}

median() {
  sort -n | awk '{values[NR] = $1} END {print values[int((NR + 1) / 2)]}'
}

./submit.sh --version >/dev/null
for ((round = 0; round < rounds; round++)); do
  often+=("$(processor 1s)")
  never+=("$(processor 1h)")
done
awk -v often="$(printf '%s\n' "${often[@]}" | median)" -v never="$(printf '%s\n' "${never[@]}" | median)" 'BEGIN {
  printf "processor time of a run that reports every second: %.2f s; at the ends of tasks alone: %.2f s; ratio %.3f (target 1.01)\n",
    often, never, often / never}'
