#!/usr/bin/env bash
# Runs in a bucket whose requests take 20 ms each, beside the same runs on the local disk and beside TensorStore.
#
#   bench/object-stores.sh [IMAGES] [WELLS] [FOLDER]      (8 images, 1000 tiny wells, target/bench)
#
# PYTHON names a Python with the packages of src/test/python/requirements.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
images=${1:-8}
wells=${2:-1000}
folder=${3:-target/bench}
python=${PYTHON:-python3}
source bench/classpath.sh
mkdir -p "$folder"
./submit.sh --with-s3

java -Xmx2g -cp "$classpath" org.ngffspark.bench.BenchPlate "$folder" CHUNKED "$images" >/dev/null
tiny=$folder/tiny-$wells.zarr
[ -d "$tiny/A/01" ] || java -cp "$classpath" org.ngffspark.bench.TinyPlate "$tiny" "$wells"

# The server ends when its input does.
coproc bucket { java "${opens[@]}" -Xmx1g -cp "$classpath" org.ngffspark.bench.SlowBucket 20 "$folder/plate-0.4.zarr" "$tiny" 2>"$folder/bucket.log"; }
read -r endpoint name <&"${bucket[0]}"
export AWS_ACCESS_KEY_ID=test-access-key AWS_SECRET_ACCESS_KEY=test-secret-key AWS_REGION=us-east-1
settings=(--conf "spark.hadoop.fs.s3a.endpoint=$endpoint" --conf spark.hadoop.fs.s3a.endpoint.region=us-east-1
  --conf spark.hadoop.fs.s3a.path.style.access=true --conf spark.hadoop.fs.s3a.connection.ssl.enabled=false
  --conf spark.hadoop.fs.s3a.access.key="$AWS_ACCESS_KEY_ID" --conf spark.hadoop.fs.s3a.secret.key="$AWS_SECRET_ACCESS_KEY" --)

# seconds COMMAND…
seconds() {
  local TIMEFORMAT=%R
  { time "$@" >"$folder/object-stores.log" 2>&1 || cat "$folder/object-stores.log" >&2; } 2>&1
}

change=(--label nuclei --transform affine --param scale=0.5 --in-place)
here=$folder/here.zarr
rm -rf "$here"
cp -r "$folder/plate-0.4.zarr" "$here"
local=$(seconds ./submit.sh transform "$here" "${change[@]}")
bytes=$(du -sb "$here" | cut -f 1)
rm -rf "$here"
remote=$(seconds ./submit.sh "${settings[@]}" transform "s3a://$name/plate-0.4.zarr" "${change[@]}")
peer=$("$python" bench/tensorstore_loop.py "$endpoint" "$name" plate-0.4.zarr)
# Each byte is read and written.
awk -v n="$images" -v l="$local" -v r="$remote" -v b="$bytes" -v t="$peer" 'BEGIN {
  most = 1.5 * l + 2 * b / 1e9
  printf "images: %d, local disk %.1f s, bucket %.1f s (target %.1f s); TensorStore reads and writes the units of level 0 in %.1f s\n", n, l, r, most, t}'

one=$(seconds ./submit.sh "${settings[@]}" transform "s3a://$name/tiny-$wells.zarr" --well A/01 "${change[@]}")
all=$(seconds ./submit.sh "${settings[@]}" transform "s3a://$name/tiny-$wells.zarr" "${change[@]}" --again)
awk -v n="$wells" -v one="$one" -v all="$all" 'BEGIN {
  printf "tiny wells: %d, %.0f ms an image (target 150 ms; all %.1f s, one %.1f s)\n", n, 1000 * (all - one) / (n - 1), all, one}'
