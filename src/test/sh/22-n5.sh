#!/usr/bin/env bash
# Data sets of N5 that we write are what TensorStore and zarr-python 2 read; a plate and ngio's sample, converted in
# every direction, are what these, ngio and zarr-python 3 read
set -euo pipefail
work=target/interop-n5
rm -rf "$work"
mkdir -p "$work"
if [ ! -x target/n5-venv/bin/python ]; then
  "$PYTHON" -m venv target/n5-venv
  target/n5-venv/bin/pip install -q --disable-pip-version-check --no-compile \
    tensorstore==0.1.78 zarr==2.18.7 numcodecs==0.15.1 numpy==2.4.6
fi
classpath=target/test-classes:$(ls target/ngff-spark-[0-9]*.jar | head -n 1)
for jar in target/spark-home/jars/*.jar; do
  classpath+=:$jar
done
java -cp "$classpath" org.ngffspark.interop.WriteN5 "$work"
target/n5-venv/bin/python src/test/python/check_n5.py "$work"
target/n5-venv/bin/python src/test/python/n5_data_set.py make "$work/volume.n5"
told=(--axes z,y,x --pixel-size z=2,y=0.5,x=0.25)
task=(--label nuclei --transform affine --param offset=10)
./submit.sh transform "$work/volume.n5/raw" "${told[@]}" "${task[@]}" --in-place
./submit.sh transform "$work/volume.n5/raw" "${told[@]}" "${task[@]}" --suffix New
target/n5-venv/bin/python src/test/python/n5_data_set.py check "$work/volume.n5"
opens=(-XX:+IgnoreUnrecognizedVMOptions)
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util \
  java.util.concurrent java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
"$PYTHON" src/test/python/real_sample.py "$work/sample" make
mkdir -p "$work/converted/image" "$work/converted/newer"
mv "$work/sample/ours/v04.zarr" "$work/converted/image/0.4"
mv "$work/sample/ours/v05.zarr" "$work/converted/newer/0.5"
java "${opens[@]}" -cp "$classpath" org.ngffspark.cli.WriteConverted "$work/converted"
"$PYTHON" src/test/python/check_converted.py ngio "$work/converted"
target/n5-venv/bin/python src/test/python/check_converted.py tensorstore "$work/converted"
