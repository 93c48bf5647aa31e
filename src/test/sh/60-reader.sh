#!/usr/bin/env bash
# A reader that reads all the time never fails and sees only the old or the new
set -euo pipefail
rm -rf target/reader
"$PYTHON" src/test/python/read_during_runs.py target/reader
