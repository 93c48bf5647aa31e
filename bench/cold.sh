#!/usr/bin/env bash
# A cold run over the benchmark plate against numpy, scipy and ngio in two processes.
#
#   bench/cold.sh [IMAGES] [FOLDER]      (24 images, target/bench)
#
# PYTHON names a Python with the packages of src/test/python/requirements.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
images=${1:-24}
folder=${2:-target/bench}
python=${PYTHON:-python3}
source bench/classpath.sh

java -Xmx2g -cp "$classpath" org.ngffspark.bench.BenchPlate "$folder" CHUNKED "$images" >/dev/null
plate=$folder/cold.zarr
fresh() {
  rm -rf "$plate"
  cp -r "$folder/plate-0.4.zarr" "$plate"
  sync
}

seconds() {
  local start end
  start=$(date +%s.%N)
  "$@" >&2
  end=$(date +%s.%N)
  awk -v a="$start" -v b="$end" 'BEGIN {printf "%.1f", b - a}'
}

./submit.sh --version >/dev/null
fresh
ours=$(NGFF_SPARK_MEMORY=2g seconds ./submit.sh transform "$plate" --label nuclei --transform affine --param scale=0.5 --in-place)
fresh
theirs=$(seconds "$python" bench/numpy_loop.py "$plate")
rm -rf "$plate"
awk -v n="$images" -v o="$ours" -v t="$theirs" \
  'BEGIN {printf "cold run, %d images: ours %.1f s, numpy and ngio %.1f s, %.1f times as fast (target 3)\n", n, o, t, t / o}'
