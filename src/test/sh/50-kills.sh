#!/usr/bin/env bash
# Runs killed with kill -9 at random moments leave each image as before or as after
set -euo pipefail
rm -rf target/kills
mkdir -p target/kills
"$PYTHON" src/test/python/kill_runs.py target/kills
