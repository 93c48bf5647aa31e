#!/usr/bin/env bash
# The golden fixtures are what ngio and zarr-python make
set -euo pipefail
"$PYTHON" src/test/python/make_golden.py --check
