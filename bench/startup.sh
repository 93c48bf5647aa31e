#!/usr/bin/env bash
# Cold starts beside those of a bare JVM and a bare Spark, the best of several.
#
#   bench/startup.sh [ROUNDS] [FOLDER]      (5 rounds, target/bench)
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5}
folder=${2:-target/bench}
source bench/classpath.sh
mkdir -p "$folder"
rm -rf "$folder/start"

./submit.sh demo "$folder/start" >/dev/null 2>&1
image=$folder/start/plate.zarr/B/03/0

bare=(java "${opens[@]}" -Xmx2g -XX:+UseParallelGC -Dlog4j2.configurationFile=conf/log4j2.properties
  "-Dngffspark.log=$folder/bare.log" -cp "$classpath" org.ngffspark.bench.BareStart)

# start NAME TARGET COMMAND…: the shortest of several runs, in seconds of wall clock and of processor
start() {
  local name=$1 target=$2 round
  shift 2
  for ((round = 0; round < rounds; round++)); do
    rm -rf "$folder/start/one.zarr"
    { TIMEFORMAT='%R %U %S'; time "$@" >/dev/null 2>&1; } 2>&1
  done | sort -n | awk -v name="$name" -v target="$target" 'NR == 1 {
    printf "%-24s %6.2f s, processor %6.2f s %s\n", name, $1, $2 + $3, target}'
}

start 'bare JVM' '' "${bare[@]}" jvm
start 'inspect' '(target 1 s)' ./submit.sh inspect "$image"
start 'bare Spark, one job' '' "${bare[@]}" spark
start 'transform of one object' '(target 6 s)' ./submit.sh transform "$image" --label nuclei --transform gamma \
  --param gamma=0.5 --ids 3 --output "$folder/start/one.zarr"
start 'the same, no archive' '' env NGFF_SPARK_ARCHIVE=no ./submit.sh transform "$image" --label nuclei \
  --transform gamma --param gamma=0.5 --ids 3 --output "$folder/start/one.zarr"
