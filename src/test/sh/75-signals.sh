#!/usr/bin/env bash
# SIGTERM and Ctrl-C end a run with clean images and a word on how things stand
set -euo pipefail
rm -rf target/signals
"$PYTHON" src/test/python/stop_runs.py target/signals
