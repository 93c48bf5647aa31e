#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# ./submit.sh [SPARK OPTIONS --] COMMAND [ARGUMENTS]
#
# Runs a command of ngff-spark. Everything before -- goes to spark-submit as it is. Without Spark
# options the command runs on this machine alone, with all its cores.
#
#   SPARK_HOME            the Spark to submit with (default: one made of Maven's jars, in target/)
#   JAVA_HOME             the JDK (17 or newer; default: java on the PATH)
#   NGFF_SPARK_MEMORY     heap of a local run, as 4g (default: half of the machine's memory)
#   NGFF_SPARK_LOG_DIR    where Spark's log goes (default: ~/.local/state/ngff-spark)
set -euo pipefail

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$here/pom.xml" | head -n 1)
jar=$here/target/ngff-spark-$version.jar
embedded=$here/target/spark-home
archive=$here/target/ngff-spark-$version.jsa
main=org.ngffspark.cli.Main

fail() {
  printf 'ngff-spark: %s\n' "$1" >&2
  exit 2
}

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || fail "no Java found as '$java': install a JDK 17 and set JAVA_HOME or PATH"

build() {
  command -v mvn >/dev/null || fail "no Maven found to build $jar: install Maven 3.8 or newer"
  printf 'ngff-spark: building (first run, or the sources changed) …\n' >&2
  local log
  log=$(mktemp)
  if ! (cd "$here" && mvn -q -B -DskipTests -Dskip.checks=true package) >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail 'the build failed, see above'
  fi
  rm -f "$log" "$archive"
}

outdated() {
  [[ ! -f $jar || ! -d $embedded/jars ]] ||
    [[ -n $(find "$here/src/main" "$here/pom.xml" -newer "$jar" -type f -print -quit) ]]
}

# One build at a time: several runs of a scheduler may start together.
if outdated; then
  mkdir -p "$here/target"
  if command -v flock >/dev/null; then
    exec 8>"$here/target/.build.lock"
    flock 8
    if outdated; then build; fi
    exec 8>&-
  else
    build
  fi
fi

# Split at the first "--"; without one there are no Spark options.
spark_options=()
arguments=("$@")
for ((i = 1; i <= $#; i++)); do
  if [[ ${!i} == -- ]]; then
    spark_options=("${@:1:i-1}")
    arguments=("${@:i+1}")
    break
  fi
done

log_dir=${NGFF_SPARK_LOG_DIR:-${XDG_STATE_HOME:-${HOME:-/tmp}/.local/state}/ngff-spark}
log=$log_dir/$(date +%Y%m%dT%H%M%S)-$$.log
logging=(-Dlog4j2.configurationFile="$here/conf/log4j2.properties" -Dngffspark.log="$log")

memory() {
  local kilobytes=
  if [[ -n ${NGFF_SPARK_MEMORY:-} ]]; then
    printf '%s' "$NGFF_SPARK_MEMORY"
    return
  elif [[ -r /proc/meminfo ]]; then
    kilobytes=$(awk '/^MemTotal:/ {print $2}' /proc/meminfo)
  elif command -v sysctl >/dev/null; then
    kilobytes=$(($(sysctl -n hw.memsize) / 1024))
  fi
  [[ -n $kilobytes ]] || fail 'cannot tell how much memory this machine has: set NGFF_SPARK_MEMORY, as 4g'
  printf '%dm' $((kilobytes / 2048))
}

# The packages that Spark's launcher opens on Java 17.
opens=(-XX:+IgnoreUnrecognizedVMOptions)
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util \
  java.util.concurrent java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action \
  sun.util.calendar; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done

run_here() {
  local classpath=$jar dependency
  for dependency in "$embedded"/jars/*.jar; do
    classpath+=:$dependency
  done
  local heap
  heap=$(memory)
  local command=("$java" "${opens[@]}" "-Xmx$heap" -XX:+UseParallelGC -XX:-UsePerfData "${logging[@]}"
    '-Dspark.master=local[*]' -Dspark.driver.bindAddress=127.0.0.1 -Dspark.driver.host=127.0.0.1
    -Dspark.ui.enabled=false -Djava.net.preferIPv4Stack=true)
  if [[ ! -f $archive && -z ${NGFF_SPARK_NO_ARCHIVE:-} ]]; then
    # Classes are parsed once and kept: later starts take half the time.
    "${command[@]}" -XX:ArchiveClassesAtExit="$archive.$$" -Xlog:disable -Xlog:all=off:stderr \
      -cp "$classpath" "$main" warm-up >/dev/null 2>&1 && mv -f "$archive.$$" "$archive" || rm -f "$archive.$$"
  fi
  exec "${command[@]}" -XX:SharedArchiveFile="$archive" -Xshare:auto -Xlog:disable -Xlog:all=off:stderr \
    -cp "$classpath" "$main" "${arguments[@]}"
}

names_option() {
  local option
  for option in "${spark_options[@]}"; do
    [[ $option == "$1" || $option == "$1="* || $option == "$2="* ]] && return 0
  done
  return 1
}

submit() {
  local options=()
  if ! names_option --master spark.master; then
    options+=(--master 'local[*]' --conf spark.driver.bindAddress=127.0.0.1 --conf spark.driver.host=127.0.0.1
      --conf spark.ui.enabled=false)
    names_option --driver-memory spark.driver.memory || options+=(--driver-memory "$(memory)")
  fi
  if ! names_option --deploy-mode spark.submit.deployMode &&
    ! names_option --driver-java-options spark.driver.extraJavaOptions; then
    options+=(--driver-java-options "${logging[*]}")
  fi
  options+=("${spark_options[@]}" --class "$main" "$jar" "${arguments[@]}")
  if [[ -n ${SPARK_HOME:-} ]]; then
    exec "$SPARK_HOME/bin/spark-submit" "${options[@]}"
  fi
  export SPARK_HOME=$embedded SPARK_SCALA_VERSION=2.13
  # The launcher marks the start of the command by a NUL and a line end; each word ends in a NUL.
  local command=() word
  while IFS= read -r -d '' word; do
    if ((${#command[@]} > 0)); then
      command+=("$word")
    elif [[ -n $word ]]; then
      command=("${word#$'\n'}")
    fi
  done < <("$java" -cp "$embedded/jars/*" org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "${options[@]}")
  ((${#command[@]} > 1)) || fail 'spark-submit refused the Spark options, see above'
  exec "${command[@]}"
}

if ((${#spark_options[@]} == 0)) && [[ -z ${SPARK_HOME:-} ]]; then
  run_here
fi
submit
