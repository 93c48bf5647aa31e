#!/usr/bin/env bash
# What we write is what zarr-python, ngio, anndata and tifffile read
set -euo pipefail
work=target/interop
rm -rf "$work"
mkdir -p "$work"
classpath=target/test-classes:$(ls target/ngff-spark-[0-9]*.jar | head -n 1)
for jar in target/spark-home/jars/*.jar; do
  classpath+=:$jar
done
java -cp "$classpath" org.ngffspark.interop.WriteInterop "$work"
"$PYTHON" src/test/python/check_interop.py "$work"
"$PYTHON" src/test/python/check_plate.py "$work"/plates/*.zarr
