#!/usr/bin/env bash
# Packs all there is, and installs it with sources and Javadoc into a repository of its own, target/repository
set -euo pipefail
repository=$PWD/target/repository
rm -rf "$repository"
mkdir -p "$repository"
[ ! -d ~/.m2/repository ] || cp -rs ~/.m2/repository target
rm -rf "$repository/org/ngffspark"
mvn -q -B -ntp "-Dmaven.repo.local=$repository" -Pdist,library -DskipTests -Dskip.checks=true install
# Whoever looks for the jar must find one.
rm target/ngff-spark-*-{sources,javadoc}.jar
