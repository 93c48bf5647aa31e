#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# ./submit.sh [--with-s3] [--with-imagej] [SPARK OPTIONS --] COMMAND [ARGUMENTS]
#
# Runs a command of ngff-spark. Everything before -- goes to spark-submit as it is. Without Spark
# options the command runs on this machine alone, with all its cores.
#
#   --with-s3             first fetches what the Spark made of Maven's jars needs for s3a:// (once; a command may follow)
#
#   --with-imagej         the same for the transform imagej
#
#   SPARK_HOME            the Spark to submit with, 4.0 or 4.1 (default: one made of Maven's jars, in target/)
#   JAVA_HOME             the JDK (17 or newer; default: java on the PATH)
#   NGFF_SPARK_MEMORY     heap of a local run, as 4g (default: half of the machine's memory)
#   NGFF_SPARK_LOG_DIR    where Spark's log goes (default: ~/.local/state/ngff-spark)
#   NGFF_SPARK_ARCHIVE    no: start without the archive of class data that makes starts quick
set -euo pipefail

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
if [[ -f $here/lib/ngff-spark.jar ]]; then
  # Installed, with the jar at hand; the Spark is one that is installed too.
  installed=yes
  jar=$here/lib/ngff-spark.jar
  embedded=${NGFF_SPARK_HOME:-${SPARK_HOME:-$here/spark}}
  cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/ngff-spark
  archive=$cache/$(printf '%s %s' "$jar" "$embedded" | cksum | tr ' ' -).jsa
else
  installed=
  version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$here/pom.xml" | head -n 1)
  jar=$here/target/ngff-spark-$version.jar
  embedded=$here/target/spark-home
  archive=$here/target/ngff-spark-$version.jsa
fi
name=${NGFF_SPARK_COMMAND:-${0##*/}}
main=org.ngffspark.cli.Main

say() {
  printf '%s: %s\n' "$name" "$1" >&2
}

fail() {
  say "$1"
  exit 2
}

with_s3=
with_imagej=
while [[ ${1:-} == --with-s3 || ${1:-} == --with-imagej ]]; do
  if [[ $1 == --with-s3 ]]; then with_s3=yes; else with_imagej=yes; fi
  shift
done

# Whether the Spark without a SPARK_HOME of its own can reach S3.
has_s3() {
  compgen -G "$embedded/jars/hadoop-aws-*.jar" >/dev/null
}

has_imagej() {
  compgen -G "$embedded/jars/ij-*.jar" >/dev/null
}

# The profiles of Maven for what that Spark has, or is to get, as one option; nothing if it is nothing.
profiles() {
  local names=()
  if [[ ${1:-} == s3 ]] || has_s3; then names+=(s3); fi
  if [[ ${1:-} == imagej ]] || has_imagej; then names+=(imagej); fi
  local IFS=,
  ((${#names[@]} == 0)) || printf -- '-P%s' "${names[*]}"
}

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || fail "no Java found as '$java'; install a JDK 17 and set JAVA_HOME or PATH"

build() {
  command -v mvn >/dev/null || fail "no Maven found, which builds ${jar#"$here"/}; install Maven 3.8 or newer"
  if [[ -d $embedded/jars ]]; then
    say 'building, because the sources changed …'
  else
    say 'building with Maven; the first time it fetches Spark (some 250 MB), which may take minutes …'
  fi
  local profile
  profile=$(profiles)
  # Jars of another Spark version must not stay beside the new ones.
  [[ $here/pom.xml -nt $jar ]] && rm -rf "$embedded"
  local log
  log=$(mktemp)
  if ! (cd "$here" && mvn -q -B -Dmaven.test.skip=true -Dskip.checks=true ${profile:+"$profile"} package) >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail 'the build failed, see above'
  fi
  rm -f "$log"
}

# Fetches what a profile adds, unless another process has.
add() { # PROFILE WHAT
  "has_$1" && return
  command -v mvn >/dev/null || fail "no Maven found, which fetches $2; install Maven 3.8 or newer"
  say "fetching $2 …"
  local log
  log=$(mktemp)
  if ! (cd "$here" && mvn -q -B "$(profiles "$1")" dependency:copy-dependencies@spark-home) >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail 'it could not be fetched, see above'
  fi
  rm -f "$log" "$archive"
}

is_built() {
  [[ -f $jar && -d $embedded/jars ]]
}

outdated() {
  ! is_built || [[ -n $(find "$here/src/main" "$here/pom.xml" -name __pycache__ -prune -o -newer "$jar" -type f -print -quit) ]]
}

# Whether files can be made in the folder, which is made if it is missing.
is_writable() {
  mkdir -p "$1" 2>/dev/null && [[ -w $1 ]]
}

build_if_outdated() {
  if outdated; then build; fi
}

# One build at a time: several runs of a scheduler may start together.
locked() {
  if command -v flock >/dev/null; then
    exec 8>"$here/target/.build.lock"
    flock 8
    "$@"
    exec 8>&-
  else
    "$@"
  fi
}

lacks_s3() {
  local remedy="run './submit.sh --with-s3' once, which fetches them (some 12 MB)"
  [[ ! $installed ]] || remedy='set SPARK_HOME to a Spark that has them, or install what mvn -Pdist,s3 package makes'
  printf "the Spark in '%s' has no jars for s3a:// (hadoop-aws and the AWS SDK); %s" "$embedded" "$remedy"
}

if [[ $installed ]]; then
  [[ -d $embedded/jars ]] || fail "no Spark found in '$embedded'; set SPARK_HOME"
elif ! outdated; then
  :
elif ! is_writable "$here/target"; then
  is_built || fail "cannot build: '$here/target' cannot be written; build it as a user who may write there"
  say "the sources are newer than ${jar#"$here"/}, which is used all the same: '$here/target' cannot be written"
else
  locked build_if_outdated
fi

lacks_imagej() {
  printf "the Spark in '%s' has no ImageJ; put net.imagej:ij into its jars, or give --packages" "$embedded"
}

if [[ $with_s3 ]]; then
  has_s3 || { [[ ! $installed ]] && is_writable "$here/target"; } || fail "$(lacks_s3)"
  has_s3 || locked add s3 'what S3 needs (some 12 MB)'
fi
if [[ $with_imagej ]]; then
  has_imagej || { [[ ! $installed ]] && is_writable "$here/target"; } || fail "$(lacks_imagej)"
  has_imagej || locked add imagej 'ImageJ (some 2.5 MB)'
fi
if [[ $with_s3$with_imagej && $# == 0 ]]; then
  [[ ! $with_s3 ]] || say "'$embedded' has what S3 needs"
  [[ ! $with_imagej ]] || say "'$embedded' has ImageJ"
  exit
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

# Whether the command starts no Spark.
is_light() {
  case ${arguments[0]:-} in
    inspect | transforms | recover | -* | '') return 0 ;;
  esac
  local argument
  for argument in "${arguments[@]}"; do
    [[ $argument == --help || $argument == -h ]] && return 0
  done
  return 1
}

# Fails if the command names a place in S3 that the Spark without a SPARK_HOME of its own cannot reach.
require_s3() {
  local argument
  for argument in ${arguments[@]+"${arguments[@]}"}; do
    if [[ $argument == *s3://* || $argument == *s3a://* ]]; then
      has_s3 || fail "$(lacks_s3)"
    fi
  done
}

settings=("-Dlog4j2.configurationFile=$here/conf/log4j2.properties" "-Dngffspark.command=$name")

# Sets $log_dir to a folder that takes Spark's log; fails if there is none.
find_log_dir() {
  local private
  if [[ -n ${NGFF_SPARK_LOG_DIR:-} ]]; then
    log_dir=$NGFF_SPARK_LOG_DIR
    is_writable "$log_dir"
    return
  fi
  log_dir=${XDG_STATE_HOME:-${HOME:-/nonexistent}/.local/state}/ngff-spark
  is_writable "$log_dir" && return
  # Service accounts often have no home. Others can put links into this folder's place.
  private=${TMPDIR:-/tmp}/ngff-spark-$(id -u)
  (umask 077 && mkdir "$private" 2>/dev/null) || true
  [[ -d $private && ! -L $private && -O $private && -w $private ]] || return
  log_dir=$private
}

# Light commands log nothing.
if is_light; then
  settings+=(-Dngffspark.log.level=off)
elif find_log_dir; then
  settings+=("-Dngffspark.log=$log_dir/ngff-spark-$(date +%Y%m%dT%H%M%S)-$$.log")
  # Only files of this name: others may keep theirs in the same folder.
  find "$log_dir" -maxdepth 1 -type f -user "$(id -u)" -name 'ngff-spark-[0-9]*T[0-9]*-[0-9]*.log' -mtime +30 -delete 2>/dev/null || true
else
  say "Spark's log is not kept: '$log_dir' cannot be written; name another folder with NGFF_SPARK_LOG_DIR"
  settings+=(-Dngffspark.log.level=off)
fi
# In containers a user may have a number and no name.
id -un >/dev/null 2>&1 || settings+=("-Duser.name=$(id -u)")
if [[ -t 2 ]]; then
  settings+=("-Dngffspark.columns=$(tput cols 2>/dev/null || echo 80)")
fi

# Kilobytes of memory that this process may use: the machine's, or what its container has.
available() {
  if [[ -r /proc/meminfo ]]; then
    local kilobytes limit file
    kilobytes=$(awk '/^MemTotal:/ {print $2}' /proc/meminfo)
    for file in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
      limit=$(cat "$file" 2>/dev/null || true)
      if [[ $limit =~ ^[0-9]+$ ]] && ((${#limit} < 18 && limit / 1024 < kilobytes)); then
        kilobytes=$((limit / 1024))
      fi
    done
    printf '%d' "$kilobytes"
  elif command -v sysctl >/dev/null; then
    printf '%d' $(($(sysctl -n hw.memsize) / 1024))
  else
    fail 'cannot tell how much memory this machine has; set NGFF_SPARK_MEMORY, as 4g'
  fi
}

memory() {
  local kilobytes
  if [[ -n ${NGFF_SPARK_MEMORY:-} ]]; then
    printf '%s' "$NGFF_SPARK_MEMORY"
  else
    kilobytes=$(available)
    printf '%dm' $((kilobytes / 2048))
  fi
}

# Kilobytes of a size as java -Xmx takes it.
kilobytes_of() {
  local number=${1%[kKmMgGtT]}
  [[ $number =~ ^[1-9][0-9]{0,11}$ ]] || fail "NGFF_SPARK_MEMORY is '$1', which is not a size such as 4g or 1500m"
  case $1 in
    *[tT]) printf '%d' $((number << 30)) ;;
    *[gG]) printf '%d' $((number << 20)) ;;
    *[mM]) printf '%d' $((number << 10)) ;;
    *[kK]) printf '%d' "$number" ;;
    *) printf '%d' $((number >> 10)) ;;
  esac
}

# Sets $flags for the JVM of a job, which works in chunks of some megabytes and is often over in seconds.
set_job_flags() {
  local kilobytes
  kilobytes=$(kilobytes_of "$1")
  # Chunks soon leave a small young generation for good, and a heap that starts large need not stop to grow.
  flags=(-XX:+UseParallelGC "-Xms$((kilobytes / 2))k" "-Xmn$((kilobytes / 8))k")
  # With less inlining the second compiler is done in half the time, and long runs are as fast.
  flags+=(-XX:InlineSmallCode=500 -XX:FreqInlineSize=80)
}

# The packages that Spark's launcher opens on Java 17.
opens=(-XX:+IgnoreUnrecognizedVMOptions)
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util \
  java.util.concurrent java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action \
  sun.util.calendar; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done

run_here() {
  [[ ! $installed ]] || require_version "$embedded"
  require_s3
  local classpath=$jar dependency heap
  for dependency in "$embedded"/jars/*.jar; do
    classpath+=:$dependency
  done
  heap=$(memory)
  local base=("$java" "${opens[@]}" "-Xmx$heap" -XX:-UsePerfData -Djava.net.preferIPv4Stack=true
    '-Dspark.master=local[*]' -Dspark.driver.bindAddress=127.0.0.1 -Dspark.driver.host=127.0.0.1)
  # Else Spark looks up the name of this machine, which containers and laptops without a network may not know.
  export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}
  local quiet=(-Xlog:disable -Xlog:all=off:stderr)
  local flags
  set_job_flags "$heap"
  # The JVM takes no archive of another jar than it was made with.
  local folder=${archive%/*}
  [[ ! $installed ]] || mkdir -p "$folder" 2>/dev/null || true
  if [[ ! $archive -nt $jar && ! $archive.unusable -nt $jar && ${NGFF_SPARK_ARCHIVE:-} != no && -w $folder ]]; then
    say 'preparing quick starts (once) …'
    if "${base[@]}" "${flags[@]}" "${settings[@]}" "-XX:ArchiveClassesAtExit=$archive.$$" "${quiet[@]}" \
      -cp "$classpath" "$main" warm-up >/dev/null && [[ -f $archive.$$ ]]; then
      mv -f "$archive.$$" "$archive"
    else
      rm -f "$archive.$$"
      : >"$archive.unusable"
    fi
  fi
  if [[ $archive -nt $jar && ${NGFF_SPARK_ARCHIVE:-} != no ]]; then
    base+=("-XX:SharedArchiveFile=$archive" -Xshare:auto)
  fi
  if is_light; then
    # Over before a second compiler pays.
    flags=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1)
  fi
  if [[ -n ${HADOOP_CONF_DIR:-} ]]; then
    classpath+=:$HADOOP_CONF_DIR
  fi
  exec "${base[@]}" "${flags[@]}" "${settings[@]}" "${quiet[@]}" -cp "$classpath" "$main" \
    ${arguments[@]+"${arguments[@]}"}
}

# The value of a Spark option, given by its own name or as --conf; fails if it is not given.
spark_option() {
  local i option next
  for ((i = 0; i < ${#spark_options[@]}; i++)); do
    option=${spark_options[i]}
    next=${spark_options[i + 1]:-}
    case $option in
      "$1") printf '%s' "$next" && return ;;
      "$1="*) printf '%s' "${option#*=}" && return ;;
      --conf | -c) [[ $next == "$2="* ]] && printf '%s' "${next#*=}" && return ;;
      --conf="$2"=*) printf '%s' "${option#--conf="$2"=}" && return ;;
    esac
  done
  return 1
}

# Fails unless the Spark in a folder is one that this program runs on.
require_version() {
  local core version
  for core in "$1"/jars/spark-core_*.jar; do
    version=${core##*/spark-core_}
    version=${version%.jar}
    [[ -f $core ]] || continue
    case $version in
      2.13-4.[01].*) ;;
      *) fail "needs Spark 4.0 or 4.1 with Scala 2.13, but '$1' holds Spark ${version#*-} with Scala ${version%%-*}; set SPARK_HOME to another, or unset it" ;;
    esac
  done
}

# Whether the Spark that is used has a master of its own.
has_default_master() {
  local defaults=${SPARK_CONF_DIR:-${SPARK_HOME:+$SPARK_HOME/conf}}/spark-defaults.conf
  [[ -f $defaults ]] && grep -Eq '^[[:space:]]*spark\.master[[:space:]=]' "$defaults"
}

submit() {
  local options=()
  if ! spark_option --master spark.master >/dev/null && ! has_default_master; then
    options+=(--master 'local[*]' --conf spark.driver.bindAddress=127.0.0.1 --conf spark.driver.host=127.0.0.1)
    export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}
    spark_option --driver-memory spark.driver.memory >/dev/null || options+=(--driver-memory "$(memory)")
  fi
  # In cluster mode the driver runs elsewhere, where these files are not.
  if [[ $(spark_option --deploy-mode spark.submit.deployMode || true) != cluster ]] &&
    ! spark_option --driver-java-options spark.driver.extraJavaOptions >/dev/null; then
    local setting quoted=''
    for setting in "${settings[@]}"; do
      quoted+="\"$setting\" "
    done
    options+=(--driver-java-options "$quoted")
  fi
  options+=(${spark_options[@]+"${spark_options[@]}"} --class "$main" "$jar" ${arguments[@]+"${arguments[@]}"})
  if [[ -n ${SPARK_HOME:-} ]]; then
    [[ -x $SPARK_HOME/bin/spark-submit ]] || fail "SPARK_HOME=$SPARK_HOME has no bin/spark-submit"
    require_version "$SPARK_HOME"
    exec "$SPARK_HOME/bin/spark-submit" "${options[@]}"
  fi
  spark_option --packages spark.jars.packages >/dev/null || spark_option --jars spark.jars >/dev/null || require_s3
  export SPARK_HOME=$embedded SPARK_SCALA_VERSION=2.13
  # The launcher marks the start of the command by a NUL and a line end; each word ends in a NUL.
  local command=() word
  while IFS= read -r -d '' word; do
    if [[ $word == --add-modules=jdk.incubator.vector ]]; then
      continue # the JVM warns about it, and nothing here uses it
    elif ((${#command[@]} > 0)); then
      command+=("$word")
    elif [[ -n $word && $word != $'\n' ]]; then
      command=("${word#$'\n'}")
    fi
  done < <("$java" -cp "$embedded/jars/*" org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "${options[@]}")
  # The launcher has named a wrong option by now; what it would run just prints all options.
  ((${#command[@]} > 1)) && [[ ${command[${#command[@]} - 1]} != --usage-error ]] || fail 'spark-submit refused the Spark options, see above'
  exec "${command[@]}"
}

if ((${#spark_options[@]} == 0)) && { is_light || [[ -z ${SPARK_HOME:-} ]]; }; then
  run_here
fi
submit
