#!/usr/bin/env bash
# A standalone Spark Master and Worker run the job, with the result of ngio's loop
set -euo pipefail
work=target/cluster
sample=src/test/python/real_sample.py
rm -rf "$work"
mkdir -p "$work/logs"
export SPARK_HOME=$PWD/target/spark-home SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
# The first driver leaves an archive of its classes, with which later ones and executors start in half the time.
archive=$PWD/$work/spark.jsa
without=${JAVA_TOOL_OPTIONS:-}
export JAVA_TOOL_OPTIONS="$without -XX:SharedArchiveFile=$archive -Xlog:disable -Xlog:all=off:stderr"

processes=()
stop() {
  if ((${#processes[@]} > 0)); then
    kill "${processes[@]}" 2>/dev/null || true
    wait "${processes[@]}" 2>/dev/null || true
  fi
}
trap stop EXIT

# daemon NAME CLASS [ARGUMENTS]: starts it in the background, its log in $work/logs/NAME.log
daemon() {
  local name=$1
  shift
  java -Xmx512m -cp "$SPARK_HOME/jars/*" "$@" --host 127.0.0.1 --webui-port 0 >"$work/logs/$name.log" 2>&1 &
  processes+=($!)
}

# logged NAME PATTERN: waits until the log has it, prints what it matches
logged() {
  local found
  for _ in $(seq 60); do
    found=$(grep -o -m 1 -- "$2" "$work/logs/$1.log" || true)
    if [ -n "$found" ]; then
      printf '%s\n' "$found"
      return
    fi
    sleep 1
  done
  cat "$work/logs/$1.log" >&2
  return 1
}

daemon master org.apache.spark.deploy.master.Master --port 0
master=$(logged master 'spark://127\.0\.0\.1:[0-9]*')
echo "master at $master"
daemon worker org.apache.spark.deploy.worker.Worker "$master" --cores 2 --memory 8g --work-dir "$work/worker"
logged worker 'Successfully registered with master'

if [ -d target/real-sample/ngio ]; then
  # What ngio's loop made of the sample for the check of a single machine.
  cp -r target/real-sample/before target/real-sample/ngio "$work"
  cp -r "$work/before" "$work/ours"
else
  "$PYTHON" "$sample" "$work" make loop
fi
env -u SPARK_HOME JAVA_TOOL_OPTIONS="$without" ./submit.sh --master "$master" --executor-memory 700m \
  --executor-cores 1 --conf spark.driver.host=127.0.0.1 --driver-java-options "-XX:ArchiveClassesAtExit=$archive -Xlog:disable \
  -Dlog4j2.configurationFile=$PWD/conf/log4j2.properties -Dngffspark.log.level=off" -- \
  transform "$PWD/$work"/ours/{v04,v05}.zarr --label nuclei --transform affine --param scale=0.5 --in-place
"$PYTHON" "$sample" "$work" compare
executors=$(find "$work/worker" -mindepth 2 -maxdepth 2 -type d | wc -l)
echo "$executors executors ran on the worker"
[ "$executors" -ge 2 ]
[ -s "$archive" ]

echo "== the commands of README, docs and conf that name a master"
"$PYTHON" src/test/python/run_examples.py master "$work/examples" "$master"

echo "== a function of Python, whose processes, executors and driver are killed"
"$PYTHON" src/test/python/python_runs.py "$work/python" "$master"
