#!/usr/bin/env bash
# The commands and the program of README and docs run, with an own transform from a jar too
set -euo pipefail
work=$PWD/target/examples
jar=examples/transform-project/target/my-transform.jar
rm -rf "$work" examples/transform-project/target

echo "== installed with sources and Javadoc, into a repository of its own"
repository=$PWD/target/repository
[ -d "$repository/org/ngffspark" ] || bash src/test/sh/install.sh -Dskip.checks=true
maven=(mvn -q -B -ntp "-Dmaven.repo.local=$repository")
version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' pom.xml | head -n 1)
for part in "$version" "$version-sources" "$version-javadoc"; do
  [ -s "$repository/org/ngffspark/ngff-spark/$version/ngff-spark-$part.jar" ]
done

echo "== the commands of README, docs, conf and examples"
MAVEN_OPTS="${MAVEN_OPTS:-} -Dmaven.repo.local=$repository" "$PYTHON" src/test/python/run_examples.py here "$work"
plate=$work/images/plate.zarr
image=$plate/B/03/0
"$PYTHON" src/test/python/check_halved.py "$image" "$work/kept/halved"
"$PYTHON" src/test/python/check_halved.py "$image" "$work/kept/sharp"
"$PYTHON" src/test/python/check_standardized.py "$image" "$work/kept/standardized/0" 500 \
  "$work/kept/standardized/0Standard" 1000
"$PYTHON" src/test/python/check_examples.py "$plate" "$work/kept"
./submit.sh inspect "$work/kept/standardized/0Standard" |
  grep -- ' submit.sh --jars my-transform.jar -- transform .* --transform com.example.Standardize '

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
  block java
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
cp -r "$plate" "$work/plate.zarr"
(cd "$work" && java -cp "project/target/classes:$(cat project/classpath)" Program)
"$PYTHON" src/test/python/check_halved.py "$image" "$work/plate.zarr/B/03/0" 1009

echo "== README: in a program that has a Spark, and the program that it names"
export SPARK_HOME=$PWD/target/spark-home SPARK_SCALA_VERSION=2.13
program=$(ls "$PWD"/target/ngff-spark-[0-9]*.jar)
mkdir "$work/shown"
{
  echo 'import org.apache.spark.SparkConf;'
  echo 'import org.apache.spark.api.java.JavaSparkContext;'
  echo 'import org.ngffspark.job.*;'
  echo 'import org.ngffspark.spark.NgffSpark;'
  echo 'import org.ngffspark.transform.MaskedTransform;'
  echo 'public class Shown { public static void main(String[] arguments) {'
  echo 'try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {'
  sed -n '/^    RunResult /,/^$/p' README.md
  echo '}'
  echo 'com.example.StandardizePlate.main(arguments);'
  echo '}}'
} >"$work/shown/Shown.java"
javac -proc:none -cp "$program:$jar:$SPARK_HOME/jars/*" -d "$work/shown" "$work/shown/Shown.java"
"$PYTHON" -m zipfile -c "$work/shown.jar" "$work/shown/Shown.class"
mapfile -d '' -t submit < <(java -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \
  org.apache.spark.deploy.SparkSubmit --master 'local[2]' --conf spark.ui.enabled=false --jars "$program,$PWD/$jar" \
  --class Shown "$work/shown.jar" plate.zarr/B/03/0)
submit=("${submit[@]:1}") # The launcher marks the start of the command.
(cd "$work" && "${submit[0]#$'\n'}" "${submit[@]:1}") | tee "$work/program.txt"
for made in B/03/0Half C/05/0Half B/03/0Standard; do
  grep -q "^DONE .*/plate.zarr/$made" "$work/program.txt"
done
