#!/usr/bin/env bash
# The commands of README and docs run, with an own transform from a jar too
set -euo pipefail
work=$PWD/target/examples
plate=$work/plate.zarr
image=$plate/B/03/0
jar=examples/transform-project/target/my-transform.jar
rm -rf "$work" examples/transform-project/target
./submit.sh demo "$work" >/dev/null 2>"$work.log" || { cat "$work.log"; exit 1; }

echo "== README"
./submit.sh inspect "$image" >/dev/null
./submit.sh transform "$image" --label nuclei --channel 0 --transform affine --param scale=0.5 --in-place
./submit.sh crops "$image" --label nuclei --masked --zoom 2 --channel 0 --ids 9 --to "$work/one"
[ -f "$work/one/9.npy" ]

echo "== conf/nightly.yaml, twice: the second run has nothing left to do"
./submit.sh transform "$plate" --job conf/nightly.yaml --image 0 --manifest "$work/run.jsonl"
./submit.sh transform "$plate" --job conf/nightly.yaml --image 0 | tee "$work/again.txt"
grep -q '2 done by the same job before' "$work/again.txt"

echo "== docs/transforms.md: an own transform, on executors of their own"
mvn -q -B -Dmaven.test.skip=true -Dskip.checks=true install
mvn -q -B -f examples/transform-project package
./submit.sh --jars "$jar" -- transforms | grep -q '^ *standardize'
./submit.sh --master 'local-cluster[2,1,1024]' --jars "$jar" -- \
  transform "$plate" --label nuclei --transform standardize --param mean=500 --channel 0 --image 0 --suffix _a
./submit.sh --jars "$jar" -- transform "$plate" --label nuclei --transform com.example.Standardize \
  --param mean=500 --channel 0 --image 0 --suffix _b
"$PYTHON" src/test/python/check_standardized.py "$image" 500
