#!/usr/bin/env bash
# The tarball runs from a read-only folder as another user, with a JDK alone
set -euo pipefail
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
tarball=$(ls target/ngff-spark-*.tar.gz)
ls -l "$tarball"
tar -xzf "$tarball" -C "$work"
program=$(echo "$work"/ngff-spark-*/ngff-spark)
installed=$(dirname "$program")
chmod -R a-w "$installed"
mkdir "$work/data"
chmod 755 "$work"
chmod 777 "$work/data"
java=$(readlink -f "$(command -v java)")
as=()
[ "$(id -u)" -ne 0 ] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
run() {
  (cd "$work/data" && ${as[@]+"${as[@]}"} env -i PATH=/usr/bin:/bin JAVA_HOME="${java%/bin/java}" HOME=/nonexistent TMPDIR=/tmp \
    NGFF_SPARK_MEMORY=1g "$program" "$@")
}

echo "== the demo"
run demo demo
echo "== messages name the program"
(run inspect no.zarr || true) 2>&1 | grep '^ngff-spark: Cannot read '
echo "== completion and manual"
bash -c "source '$installed/share/bash-completion/completions/ngff-spark'
  COMP_WORDS=(ngff-spark transform --resu) COMP_CWORD=2
  _complete_ngff-spark; [ \"\${COMPREPLY[*]}\" = --resume ]"
grep -q '^.SS transform$' "$installed/share/man/man1/ngff-spark.1"
[ -z "$(find "$installed" -newer "$work/data" -type f)" ]
