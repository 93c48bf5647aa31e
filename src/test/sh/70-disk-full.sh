#!/usr/bin/env bash
# A full disk and missing permissions end a run clearly and leave the image as it was
set -euo pipefail
work=target/disk-full
step=src/test/python/full_disk.py
rm -rf "$work"
mkdir -p "$work/mount"

# The disk is seen by this process and its children alone, and goes with them.
namespace=(unshare --mount)
if [ "$(id -u)" -ne 0 ]; then
  namespace+=(--map-root-user)
fi
if "${namespace[@]}" mount -t tmpfs -o size=1m tmpfs "$work/mount" 2>"$work/mount.log"; then
  # shellcheck disable=SC2016
  "${namespace[@]}" bash -euc 'mount -t tmpfs -o size=64m tmpfs "$3"; "$0" "$1" full "$2" "$3"' \
    "$PYTHON" "$step" "$work/full" "$work/mount"
else
  cat "$work/mount.log"
  "$PYTHON" "$step" limited "$work/limited"
fi
"$PYTHON" "$step" denied "$work/denied"
