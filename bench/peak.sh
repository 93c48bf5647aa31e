# Defines peak_of. To be sourced from the project's root, with $folder for what is printed.

# peak_of COMMAND OPTIONS…: runs a command of submit.sh, its output in $folder/run.txt, and sets $peak to the most
# resident memory that it had, in MB.
peak_of() {
  local now pid
  peak=0
  ./submit.sh "$@" >"$folder/run.txt" 2>"$folder/run.err" &
  pid=$!
  while now=$(awk '/^VmHWM/ {print $2}' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ]; do
    peak=$((now / 1024))
    sleep 0.05
  done
  wait "$pid" || { cat "$folder/run.err" >&2; exit 1; }
}
