#!/usr/bin/env bash
# measure against decoding every chunk once, and against regionprops_table as Fractal calls it, in two processes;
# queries on the tables and patches of its objects. Memory is in memory.sh, the cost of an image in tiny.sh.
#
#   bench/measure.sh [IMAGES] [ROUNDS] [FOLDER]      (4 images, 5 rounds, target/bench)
#
# PYTHON names a Python with the packages of src/test/python/requirements.txt. It measures two images.
set -euo pipefail
cd "$(dirname "$0")/.."
images=${1:-4}
rounds=${2:-5}
folder=${3:-target/bench}
source bench/classpath.sh
mkdir -p target/bench "$folder"
java "${opens[@]}" -Xmx2g -Xms1g -Xmn256m -XX:+UseParallelGC -XX:InlineSmallCode=500 -XX:FreqInlineSize=80 \
  -Dlog4j2.configurationFile=conf/log4j2.properties -Dngffspark.log=target/bench/spark.log -cp "$classpath" \
  org.ngffspark.bench.MeasureBench "$folder" "$images" "$rounds" | tee target/bench/measure.txt
theirs=$("${PYTHON:-python3}" bench/regionprops_loop.py "$folder/plate-0.4.zarr" 2 2)
awk -v theirs="$theirs" '$1 == "ours" {
  split(theirs, t, " "); ours = $2 / $3 * 1e3; other = t[1] / t[2] * 1e3
  printf "ms an object, two threads or processes: ours %.4f, regionprops_table %.3f, %.0f times as fast (target 20)\n", ours, other, other / ours
}' target/bench/measure.txt
