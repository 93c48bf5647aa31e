#!/usr/bin/env bash
# submit.sh ends with code 2 on what it cannot start, and says why
set -euo pipefail

# refused TEXT COMMAND…
refused() {
  local text=$1 code=0 output
  shift
  output=$("$@" 2>&1) || code=$?
  if [ "$code" -ne 2 ] || ! grep -qF -- "$text" <<<"$output"; then
    printf '%s\nended with code %s, expected 2 and "%s":\n%s\n' "$*" "$code" "$text" "$output"
    exit 1
  fi
  echo "refused: $text"
}

refused 'Unrecognized option: --bogus' ./submit.sh --bogus 3 -- rois plate.zarr
refused 'has no bin/spark-submit' env SPARK_HOME=/nowhere ./submit.sh --master 'local[1]' -- rois plate.zarr
refused "Unknown option: '--bogus'" ./submit.sh inspect target --bogus
refused 'target/no.zarr' ./submit.sh inspect target/no.zarr
refused "NGFF_SPARK_MEMORY is 'much'" env NGFF_SPARK_MEMORY=much ./submit.sh rois plate.zarr
refused "no Java found as '/nowhere/bin/java'" env JAVA_HOME=/nowhere ./submit.sh --version
