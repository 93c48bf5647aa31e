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
fish=$installed/share/fish/vendor_completions.d/ngff-spark.fish
if command -v fish >/dev/null; then
  fish --no-config -c "source '$fish'; complete -C 'ngff-spark transform --resu'" | grep -q '^--resume'
else
  echo "there is no fish here: not tried in fish"
fi
if command -v zsh >/dev/null; then
  zsh -fc "autoload -U compinit && compinit -u -D && autoload -U bashcompinit && bashcompinit
    source '$installed/share/bash-completion/completions/ngff-spark'
    print -r -- \$_comps[ngff-spark]" | grep -q _complete_ngff-spark
else
  echo "there is no zsh here: not tried in zsh"
fi
grep -q '^.SS transform$' "$installed/share/man/man1/ngff-spark.1"
# The places that docs/install.md names.
mapfile -t shown < <(grep -o '/opt/ngff-spark-[^ ]*share/[^ ]*' docs/install.md)
[ "${#shown[@]}" -eq 3 ]
for place in "${shown[@]}"; do
  [ -f "$work/${place#/opt/}" ]
done
[ -z "$(find "$installed" -newer "$work/data" -type f)" ]
