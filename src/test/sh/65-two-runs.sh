#!/usr/bin/env bash
# Of two runs at once on one image one wins, and the other says why it stops
set -euo pipefail
rm -rf target/two-runs
"$PYTHON" src/test/python/race_runs.py target/two-runs
