#!/usr/bin/env bash
# Images in a bucket: made, changed, cut and put right as on a disk, and read alike by other libraries
set -euo pipefail
: "${PYTHON:?the Python with src/test/python/requirements.txt}"

work=$(mktemp -d)
processes=()
trap 'kill ${processes[@]+"${processes[@]}"} || true; wait; rm -rf "$work"' EXIT

# A clone of its own: other checks use the Spark of this one meanwhile.
clone=$work/clone
mkdir -p "$clone/target"
cp -rp submit.sh pom.xml conf "$clone"
ln -s "$PWD/src" "$clone/src"
cp -rl target/spark-home target/ngff-spark-[0-9]*.jar "$clone/target"
"$clone/submit.sh" --with-s3 --with-imagej

# The first driver leaves an archive of its classes, with which later ones and executors start in half the time.
archive=$work/spark.jsa
without=${JAVA_TOOL_OPTIONS:-}
export JAVA_TOOL_OPTIONS="$without -XX:SharedArchiveFile=$archive -Xlog:disable -Xlog:all=off:stderr"

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
processes+=($!)
exec 7<"$work/output"
port=$(sed -un 's/.*Started .*ServerConnector@.*{127\.0\.0\.1:\([0-9]*\)}.*/\1/p;T;q' <&7)
[ -n "$port" ] || { echo 'the S3 server did not start'; exit 1; }
cat <&7 >"$work/server.log" &
export S3_ENDPOINT=http://127.0.0.1:$port

settings=(--conf "spark.hadoop.fs.s3a.endpoint=$S3_ENDPOINT" --conf spark.hadoop.fs.s3a.endpoint.region=us-east-1
  --conf spark.hadoop.fs.s3a.path.style.access=true --conf spark.hadoop.fs.s3a.connection.ssl.enabled=false
  --conf "spark.hadoop.fs.s3a.access.key=$AWS_ACCESS_KEY_ID"
  --conf "spark.hadoop.fs.s3a.secret.key=$AWS_SECRET_ACCESS_KEY")

run() {
  echo "\$ submit.sh $*"
  "$clone/submit.sh" "${settings[@]}" -- "$@"
}

# A standalone cluster, whose executors know endpoint and credentials from the options of a run alone.
# daemon NAME CLASS [ARGUMENTS]: starts it in the background, its log in $work/NAME.log
daemon() {
  env -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY -u AWS_REGION SPARK_HOME="$clone/target/spark-home" \
    SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1 java -Xmx512m -cp "$clone/target/spark-home/jars/*" \
    "org.apache.spark.deploy.$2" "${@:3}" --host 127.0.0.1 --webui-port 0 &>"$work/$1.log" &
  processes+=($!)
}

# logged NAME PATTERN: waits until the log has it, prints what it matches
logged() {
  local found
  for _ in $(seq 120); do
    found=$(grep -o -m 1 -- "$2" "$work/$1.log" || true)
    if [ -n "$found" ]; then
      printf '%s\n' "$found"
      return
    fi
    sleep 1
  done
  cat "$work/$1.log" >&2
  return 1
}
daemon master master.Master --port 0
master=$(logged master 'spark://127\.0\.0\.1:[0-9]*')
daemon worker worker.Worker "$master" --cores 1 --memory 1g --work-dir "$work/worker"

# The same on a disk and in the bucket.
"$PYTHON" -W ignore src/test/python/check_bucket.py put "$work"
new=(--image 0 --label nuclei --transform imagej --param 'macro=run("Add...", "value=7");' --suffix New)
JAVA_TOOL_OPTIONS=$without "$clone/submit.sh" "${settings[@]}" --driver-java-options \
  "-XX:ArchiveClassesAtExit=$archive -Xlog:disable -Dlog4j2.configurationFile=$PWD/conf/log4j2.properties \
  -Dngffspark.log.level=off" -- transform "$work/local/plate.zarr" "${new[@]}"
[ -s "$archive" ]
logged worker 'Successfully registered with master'
"$clone/submit.sh" --master "$master" --executor-memory 700m --conf spark.driver.host=127.0.0.1 "${settings[@]}" -- \
  transform s3a://bucket/plate.zarr "${new[@]}"

# The driver of this one is killed in the middle.
normal=(--label nuclei --channel channel_0 --transform normalize --in-place)
run transform "$work/local/plate.zarr/B/03/0" "${normal[@]}"
"$PYTHON" src/test/python/kill_bucket.py "$work" "$clone/submit.sh" "${settings[@]}" -- \
  transform s3a://bucket/plate.zarr/B/03/0 "${normal[@]}"

# As docs/operations.md shows it, but for the server; region and credentials are those of the environment.
"$PYTHON" src/test/python/run_examples.py print s3a://bucket | sed "s|https://s3.example.org|$S3_ENDPOINT|" >"$work/example.sh"
(cd "$clone" && bash -ex "$work/example.sh")
NGFF_SPARK_ARCHIVE=no "$clone/submit.sh" transform "$work/local/plate.zarr" --label nuclei --transform invert --in-place

for place in "$work/local" s3a://bucket; do
  run crops "$place/plate.zarr" --image 0 --label nuclei --ids 1-12 --format npy --to "$place/crops"
done
run recover s3a://bucket/plate.zarr
"$PYTHON" -W ignore src/test/python/check_bucket.py compare "$work"

run remove s3a://bucket/plate.zarr --image 0New
left=$(find "$work/buckets/bucket" -path '*0New*' -type f)
[ -z "$left" ] || { echo "removed, and still there: $left"; exit 1; }
run inspect s3a://bucket/plate.zarr >"$work/inspected.txt"
if grep 0New "$work/inspected.txt"; then exit 1; fi
