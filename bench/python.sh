#!/usr/bin/env bash
# What a function of Python costs, an object and call, against the same in Java; beside loops of numpy and ngio.
#
#   bench/python.sh [IMAGES] [ROUNDS] [FOLDER]      (2 images, 15 rounds, target/bench)
#
# PYTHON is the interpreter (python3); the loops are left out where it has no ngio.
set -euo pipefail
cd "$(dirname "$0")/.."
images=${1:-2}
rounds=${2:-15}
folder=${3:-target/bench}
python=${PYTHON:-python3}
source bench/classpath.sh
mkdir -p target/bench "$folder"
java "${opens[@]}" -Xmx2g -Xms1g -Xmn256m -XX:+UseParallelGC -XX:InlineSmallCode=500 -XX:FreqInlineSize=80 \
  -Dlog4j2.configurationFile=conf/log4j2.properties \
  -Dngffspark.log=target/bench/spark.log -cp "$classpath" \
  org.ngffspark.bench.PythonBench "$folder" "$images" "$rounds" "$python"
if "$python" -c 'import ngio' 2>/dev/null; then
  plate=$folder/plate-0.4.zarr
  printf '\nnumpy over find_objects, two processes, whole plate: '
  "$python" bench/numpy_loop.py "$plate"
  printf 'ngio, one process: '
  "$python" bench/ngio_loop.py "$(ls -d "$plate"/*/*/0 | head -n 1)"
fi
