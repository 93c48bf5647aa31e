# Sourced by checks that run many commands: from here on one process runs those without options of Spark.
#
#   start.sh FOLDER COMMAND    a folder for its pipes and its log; its JVM is set up as for the command
pipes=$(mkdir -p "$1" && cd "$1" && pwd)
mkfifo "$pipes/ask" "$pipes/answer"
SERVED_JAVA=$(command -v java)
export SERVED_JAVA SERVED_PIPES=$pipes JAVA_HOME=$PWD/src/test/sh/served
SERVED_CLASSES=$PWD/target/test-classes ./submit.sh "$2" >"$pipes/log" 2>&1 &
server=$!
trap 'kill "$server"; wait' EXIT
