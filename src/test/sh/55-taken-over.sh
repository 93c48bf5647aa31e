#!/usr/bin/env bash
# Runs that wake too late, machines that see less and other users of the machine do no harm
set -euo pipefail
rm -rf target/taken-over
"$PYTHON" src/test/python/taken_over.py target/taken-over
