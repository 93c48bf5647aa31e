#!/usr/bin/env bash
# submit.sh ends with code 2 on what it cannot start, and says why
set -euo pipefail

# refused TEXT COMMAND…
refused() {
  local text=$1 code=0 output
  shift
  output=$("$@" 2>&1) || code=$?
  if [ "$code" -ne 2 ] || ! grep -qF -- "$text" <<<"$output"; then
    printf '%s\nended with code %s, expected 2 and "%s":\n%s\n' "$*" "$code" "$text" "$output"
    exit 1
  fi
  echo "refused: $text"
}

refused 'Unrecognized option: --bogus' ./submit.sh --bogus 3 -- rois plate.zarr
refused 'has no bin/spark-submit' env SPARK_HOME=/nowhere ./submit.sh --master 'local[1]' -- rois plate.zarr
refused "Unknown option: '--bogus'" ./submit.sh inspect target --bogus
refused 'target/no.zarr' ./submit.sh inspect target/no.zarr
refused "NGFF_SPARK_MEMORY is 'much'" env NGFF_SPARK_MEMORY=much ./submit.sh rois plate.zarr
refused "no Java found as '/nowhere/bin/java'" env JAVA_HOME=/nowhere ./submit.sh --version

# What follows needs no Java: this one prints what it was to run.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/jdk/bin" "$work/old/bin" "$work/old/jars" "$work/new/bin" "$work/new/jars" "$work/log"
printf '#!/bin/sh\necho "$@"\n' | tee "$work/jdk/bin/java" "$work/old/bin/spark-submit" >"$work/new/bin/spark-submit"
chmod +x "$work/jdk/bin/java" "$work"/*/bin/spark-submit
touch "$work/old/jars/spark-core_2.12-3.5.1.jar" "$work/new/jars/spark-core_2.13-4.0.1.jar"
export JAVA_HOME=$work/jdk NGFF_SPARK_ARCHIVE=no NGFF_SPARK_MEMORY=1g

# says TEXT COMMAND…
says() {
  local text=$1 output
  shift
  output=$("$@" 2>&1)
  if ! grep -qF -- "$text" <<<"$output"; then
    printf '%s\ndid not say "%s":\n%s\n' "$*" "$text" "$output"
    exit 1
  fi
  echo "said: $text"
}

refused 'holds Spark 3.5.1 with Scala 2.12' env SPARK_HOME="$work/old" ./submit.sh rois plate.zarr
says '--class org.ngffspark.cli.Main' env SPARK_HOME="$work/new" ./submit.sh rois plate.zarr

says "-Dngffspark.log=$work/log/ngff-spark-" env NGFF_SPARK_LOG_DIR="$work/log" ./submit.sh rois plate.zarr
says "-Dngffspark.log=$work/ngff-spark-$(id -u)/" env HOME=/dev/null TMPDIR="$work" ./submit.sh rois plate.zarr
says "Spark's log is not kept: '/dev/null/.local/state/ngff-spark' cannot be written" \
  env HOME=/dev/null TMPDIR=/dev/null ./submit.sh rois plate.zarr
says '-Dngffspark.log.level=off' env HOME=/dev/null TMPDIR=/dev/null ./submit.sh rois plate.zarr

# Logs of a month ago go, files of others stay.
touch -d '40 days ago' "$work/log/ngff-spark-20260101T000000-7.log" "$work/log/precious.log"
says rois env NGFF_SPARK_LOG_DIR="$work/log" ./submit.sh rois plate.zarr
[ ! -e "$work/log/ngff-spark-20260101T000000-7.log" ] && [ -e "$work/log/precious.log" ]

# An installation that cannot be written is used as it is.
there=$work/installation
mkdir -p "$there/src/main" "$there/target/spark-home/jars"
cp -r submit.sh pom.xml conf "$there"
touch -d '2 days ago' "$there/target/$(basename target/ngff-spark-*[0-9T].jar)"
touch "$there/src/main/Newer.java"
chmod a-w "$there/target"
chmod a+rx "$work"
as=()
[ "$(id -u)" -ne 0 ] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
says 'which is used all the same' ${as[@]+"${as[@]}"} env HOME=/dev/null TMPDIR=/dev/null "$there/submit.sh" rois plate.zarr
says 'rois plate.zarr' ${as[@]+"${as[@]}"} env HOME=/dev/null TMPDIR=/dev/null "$there/submit.sh" rois plate.zarr

# What S3 needs is fetched when it is asked for.
refused "has no jars for s3a:// (hadoop-aws and the AWS SDK); run './submit.sh --with-s3' once" \
  ${as[@]+"${as[@]}"} env HOME=/dev/null TMPDIR=/dev/null "$there/submit.sh" inspect s3a://bucket/plate.zarr
refused 'has no jars for s3a://' \
  ${as[@]+"${as[@]}"} env HOME=/dev/null TMPDIR=/dev/null "$there/submit.sh" --master 'local[1]' -- crops s3://bucket/plate.zarr
touch "$there/target/spark-home/jars/hadoop-aws-3.4.2.jar"
says 'inspect s3a://bucket/plate.zarr' \
  ${as[@]+"${as[@]}"} env HOME=/dev/null TMPDIR=/dev/null "$there/submit.sh" --with-s3 inspect s3a://bucket/plate.zarr
says 'has what S3 needs' ${as[@]+"${as[@]}"} env HOME=/dev/null TMPDIR=/dev/null "$there/submit.sh" --with-s3

rm "$there"/target/*.jar
refused "cannot build: '$there/target' cannot be written" \
  ${as[@]+"${as[@]}"} env HOME=/dev/null TMPDIR=/dev/null "$there/submit.sh" rois plate.zarr
chmod u+w "$there/target"
