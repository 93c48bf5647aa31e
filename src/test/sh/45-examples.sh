#!/usr/bin/env bash
# The commands and the program of README and docs run, with an own transform from a jar too
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

echo "== docs/operations.md: what cron and Slurm run"
own() { # the same with the places of this test
  sed -e "s:/opt/ngff-spark:$PWD:g" -e "s:/var/lock/:$work/:g" -e "s:/data/plates/today.zarr:$plate:g" \
    -e "s:PLATE_OR_IMAGE:$plate:g"
}
sed -n 's:^    \(\./submit.sh recover .*\)$:\1:p' docs/operations.md | own >"$work/recover.sh"
sed -n 's:^    30 1 \* \* \* ::p' docs/operations.md | own >"$work/cron.sh"
sed -n '/^    #!.bin.bash/,/^    exit/s:^    ::p' docs/operations.md >"$work/slurm.sh"
[ "$(wc -l <"$work/recover.sh")" -eq 2 ]
bash -e "$work/recover.sh" | tee "$work/recover.txt"
grep -q 'nothing to do' "$work/recover.txt"
bash "$work/cron.sh" | tee "$work/cron.txt"
grep -q '2 done by the same job before' "$work/cron.txt"
# A Slurm that ends the transform with a signal.
mkdir "$work/slurm"
printf '#!/bin/sh\n[ "$2" != transform ] || exit 143\nexec "$@"\n' >"$work/slurm/srun"
printf '#!/bin/sh\necho "scontrol $*"\n' >"$work/slurm/scontrol"
chmod +x "$work"/slurm/*
code=0
PATH=$work/slurm:$PATH PLATE=$plate SLURM_JOB_ID=17 bash -e "$work/slurm.sh" >"$work/slurm.txt" || code=$?
[ "$code" -eq 143 ] && grep -q '^scontrol requeue 17$' "$work/slurm.txt"

echo "== installed with sources and Javadoc, into a repository of its own"
repository=$PWD/target/repository
[ -d "$repository/org/ngffspark" ] || bash src/test/sh/install.sh
maven=(mvn -q -B -ntp "-Dmaven.repo.local=$repository")
version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' pom.xml | head -n 1)
for part in "$version" "$version-sources" "$version-javadoc"; do
  [ -s "$repository/org/ngffspark/ngff-spark/$version/ngff-spark-$part.jar" ]
done

echo "== docs/transforms.md: an own transform, on executors of their own"
"${maven[@]}" -f examples/transform-project package
./submit.sh --jars "$jar" -- transforms >"$work/transforms.txt"
grep -q '^ *standardize' "$work/transforms.txt"
./submit.sh --master 'local-cluster[2,1,1024]' --jars "$jar" -- \
  transform "$plate" --label nuclei --transform standardize --param mean=500 --channel 0 --image 0 --suffix _a
./submit.sh --jars "$jar" -- transform "$plate" --label nuclei --transform com.example.Standardize \
  --param mean=500 --channel 0 --image 0 --suffix _b
"$PYTHON" src/test/python/check_standardized.py "$image" 500

echo "== docs/transforms.md: crops, a program in Python, paste"
awk '$0 == "```python" {block = ""; inside = 1; next}
  /^```/ {if (inside && block ~ /numpy.save/) printf "%s", block; inside = 0}
  inside {block = block $0 "\n"}' docs/transforms.md >"$work/sharpen.py"
./submit.sh crops "$image" --label nuclei --channel 0 --to "$work/cut"
"$PYTHON" "$work/sharpen.py" "$work/cut"
./submit.sh paste "$image" --label nuclei --from "$work/cut" --suffix _sharp
"$PYTHON" src/test/python/check_halved.py "$image" "${image}_sharp"

echo "== README: the library in an empty Maven project, which brings no Spark and no class twice"
block() { # LANGUAGE: the block of README in that language
  awk -v start='```'"$1" '$0 == start {inside = 1; next} /^```/ {inside = 0} inside' README.md
}
project=$work/project
mkdir -p "$project/src/main/java"
cat >"$project/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>program</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.source>17</maven.compiler.source>
    <maven.compiler.target>17</maven.compiler.target>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
$(block xml)
  </dependencies>
</project>
POM
{
  echo 'import org.ngffspark.image.*;'
  echo 'class Program { public static void main(String[] none) {'
  block java | sed 's/1009/9/'
  echo '}}'
} >"$project/src/main/java/Program.java"
"${maven[@]}" -f "$project/pom.xml" compile \
  org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath "-Dmdep.outputFile=$project/classpath"
tr ':' '\n' <"$project/classpath" >"$project/jars"
sed 's:.*/::' "$project/jars"
if grep -E 'spark-core|scala|hadoop|picocli|snakeyaml' "$project/jars"; then exit 1; fi
xargs -n 1 "$PYTHON" -m zipfile -l <"$project/jars" | awk '$1 ~ /\.class$/ && $1 !~ /^META-INF|module-info/ {print $1}' |
  sort >"$project/classes"
[ "$(wc -l <"$project/classes")" -gt 2000 ]
uniq -d "$project/classes" | tee "$project/twice"
[ ! -s "$project/twice" ]
cp -r "$image" "$work/before.zarr"
(cd "$work" && java -cp "project/target/classes:$(cat project/classpath)" Program)
"$PYTHON" src/test/python/check_halved.py "$work/before.zarr" "$image" 9

echo "== docs/transforms.md: functions of Python"
export PYSPARK_PYTHON=$PYTHON
nuclei=(--label nuclei --image 0 --well B/03)
"$PYTHON" -c "import numpy; numpy.savez('$work/model.npz', weight=numpy.float32(0.5), bias=numpy.float32(10))"
./submit.sh transform "$plate" "${nuclei[@]}" --channel 0 --suffix _tophat \
  --transform examples/python/tophat.py:tophat --param radius=4
./submit.sh transform "$plate" "${nuclei[@]}" --channel 0 --suffix _net \
  --transform examples/python/brighten.py:brighten --param "model=$work/model.npz"
./submit.sh transform "$plate" "${nuclei[@]}" --on-label nuclei --suffix _bright \
  --transform examples/python/bright_parts.py:bright_parts --param channel=0
./submit.sh crops "$plate" "${nuclei[@]}" --format zarr --size 96,96 --to "$work/train.zarr"
"$PYTHON" src/test/python/check_examples.py "$image" "$work/train.zarr"

echo "== README: a program that has a Spark"
export SPARK_HOME=$PWD/target/spark-home SPARK_SCALA_VERSION=2.13
program=$(ls target/ngff-spark-[0-9]*.jar)
mapfile -d '' -t submit < <(java -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \
  org.apache.spark.deploy.SparkSubmit --master 'local[2]' --conf spark.ui.enabled=false --jars "$program" \
  --class com.example.StandardizePlate "$jar" "$plate/B/03/0")
submit=("${submit[@]:1}") # The launcher marks the start of the command.
"${submit[0]#$'\n'}" "${submit[@]:1}" | tee "$work/program.txt"
grep -q '^DONE .*/B/03/0Standard' "$work/program.txt"
