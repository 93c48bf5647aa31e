#!/usr/bin/env bash
# Images in a bucket: made, changed, cut and put right as on a disk, and read alike by other libraries
set -euo pipefail
: "${PYTHON:?the Python with src/test/python/requirements.txt}"

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT

# A clone of its own: other checks use the Spark of this one meanwhile.
clone=$work/clone
mkdir -p "$clone/target"
cp -rp submit.sh pom.xml conf "$clone"
ln -s "$PWD/src" "$clone/src"
cp -rl target/spark-home target/ngff-spark-[0-9]*.jar "$clone/target"
"$clone/submit.sh" --with-s3 --with-imagej

export AWS_ACCESS_KEY_ID=test-access-key AWS_SECRET_ACCESS_KEY=test-secret-key AWS_REGION=us-east-1

mkdir -p "$work/buckets/bucket"
cat >"$work/s3proxy.conf" <<EOF
s3proxy.endpoint=http://127.0.0.1:0
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=$AWS_ACCESS_KEY_ID
s3proxy.credential=$AWS_SECRET_ACCESS_KEY
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=$work/buckets
EOF
mkfifo "$work/output"
java -Xmx512m -XX:+UseSerialGC -jar target/test-servers/s3proxy-jar-with-dependencies.jar \
  --properties "$work/s3proxy.conf" >"$work/output" 2>&1 &
server=$!
exec 7<"$work/output"
port=$(sed -un 's/.*Started .*ServerConnector@.*{127\.0\.0\.1:\([0-9]*\)}.*/\1/p;T;q' <&7)
[ -n "$port" ] || { echo 'the S3 server did not start'; exit 1; }
cat <&7 >"$work/server.log" &
export S3_ENDPOINT=http://127.0.0.1:$port

run() {
  echo "\$ submit.sh $*"
  "$clone/submit.sh" --conf "spark.hadoop.fs.s3a.endpoint=$S3_ENDPOINT" --conf spark.hadoop.fs.s3a.endpoint.region=us-east-1 \
    --conf spark.hadoop.fs.s3a.path.style.access=true --conf spark.hadoop.fs.s3a.connection.ssl.enabled=false \
    --conf "spark.hadoop.fs.s3a.access.key=$AWS_ACCESS_KEY_ID" \
    --conf "spark.hadoop.fs.s3a.secret.key=$AWS_SECRET_ACCESS_KEY" -- "$@"
}

# The same on a disk and in the bucket.
"$PYTHON" -W ignore src/test/python/check_bucket.py put "$work"
both() {
  local place
  for place in "$work/local" s3a://bucket; do
    local arguments=() argument
    for argument in "$@"; do
      arguments+=("${argument//PLACE/$place}")
    done
    run "${arguments[@]}"
  done
}
run inspect s3a://bucket/plate.zarr
both transform PLACE/plate.zarr --image 0 --label nuclei --transform imagej --param 'macro=run("Add...", "value=7");' --suffix New
both transform PLACE/plate.zarr --image 0 --label nuclei --channel channel_0 --transform normalize --in-place
both crops PLACE/plate.zarr --image 0 --label nuclei --ids 1-12 --format npy --to PLACE/crops
run recover s3a://bucket/plate.zarr
"$PYTHON" -W ignore src/test/python/check_bucket.py compare "$work"

run remove s3a://bucket/plate.zarr --image 0New
left=$(find "$work/buckets/bucket" -path '*0New*' -type f)
[ -z "$left" ] || { echo "removed, and still there: $left"; exit 1; }
run inspect s3a://bucket/plate.zarr >"$work/inspected.txt"
if grep 0New "$work/inspected.txt"; then exit 1; fi
