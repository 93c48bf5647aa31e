#!/usr/bin/env bash
# The demo runs, and ngio opens the plate it leaves
set -euo pipefail
rm -rf target/demo
./submit.sh demo target/demo
"$PYTHON" src/test/python/check_plate.py target/demo/plate.zarr
