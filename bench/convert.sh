#!/usr/bin/env bash
# convert of images of the benchmark plate, NGFF 0.4 in Blosc-lz4 to NGFF 0.5 in shards of zstd: against decoding and
# encoding each chunk once, on two threads, and beside TensorStore copying into the same arrays. Then a stack of one
# plane to a chunk into shards of 16 planes: how often its chunks are read, and the peak memory.
#
#   bench/convert.sh [IMAGES] [ROUNDS] [FOLDER]      (4 images, 5 rounds, target/bench)
#
# PYTHON names a Python with tensorstore==0.1.78.
set -euo pipefail
cd "$(dirname "$0")/.."
images=${1:-4}
rounds=${2:-5}
folder=${3:-target/bench}
source bench/classpath.sh
source bench/peak.sh
mkdir -p target/bench "$folder"
copies=$folder/converted
java "${opens[@]}" -Xmx2g -Xms1g -Xmn256m -XX:+UseParallelGC -XX:InlineSmallCode=500 -XX:FreqInlineSize=80 \
  -Dlog4j2.configurationFile=conf/log4j2.properties -Dngffspark.log=target/bench/spark.log -cp "$classpath" \
  org.ngffspark.bench.ConvertBench "$folder" "$images" "$rounds" "$copies" | tee target/bench/convert.txt
theirs=$("${PYTHON:-python3}" bench/tensorstore_copy.py "$folder/plate-0.4.zarr/B/03" "$copies" "$rounds")
awk -v theirs="$theirs" -v images="$images" '/^convert/ {
  ours = $(NF - 4) / 1e3
  printf "seconds an image, two threads: ours %.2f, TensorStore %.2f, %.2f times as fast (target 1)\n",
    ours / images, theirs / images, theirs / ours
}' target/bench/convert.txt
rm -rf "$copies" "$copies-tensorstore"

stack=$folder/stack.zarr
java -Xmx2g -cp "$classpath" org.ngffspark.bench.StackImage "$stack"
planes=(convert "$stack" --to "$folder/shards.zarr" --format 0.5 --chunks 1,512,512 --shards 16,512,512)
./submit.sh --version >/dev/null
rm -rf "$folder/shards.zarr"
./submit.sh "${planes[@]}" --dry-run | grep 'chunks of the input'
NGFF_SPARK_MEMORY=2g peak_of "${planes[@]}"
printf 'stack of 64 planes into shards of 16: peak %d MB (target 2048), %s\n' "$peak" "$(head -n 1 "$folder/run.txt")"
rm -rf "$folder/shards.zarr"
