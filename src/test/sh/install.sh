#!/usr/bin/env bash
# Packs all there is, and installs it with sources and Javadoc into a repository of its own, target/repository.
# Options of Maven may follow: with -Dskip.checks=true neither format nor static analysis is looked at.
set -euo pipefail
repository=$PWD/target/repository
rm -rf "$repository"
mkdir -p "$repository"
[ ! -d ~/.m2/repository ] || cp -rs ~/.m2/repository target
rm -rf "$repository/org/ngffspark"
mvn -B -ntp "-Dmaven.repo.local=$repository" -Pdist,library -DskipTests "$@" install
# Whoever looks for the jar must find one.
rm target/ngff-spark-*-{sources,javadoc}.jar
