#!/usr/bin/env bash
# The tarball runs from a read-only folder as another user, with a JDK alone
set -euo pipefail
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
mkdir -p "$work/opt" "$work/usr/local/bin" "$work/data" "$work/home/.config/fish/completions"
chmod 755 "$work"
chmod 777 "$work/data"
# block WORD: the block of docs/install.md that begins with it, for places below another root
block() {
  awk -v start="    $1 " 'index($0, start) == 1 {inside = 1} !/^    / {inside = 0} inside' docs/install.md |
    sed "s:/opt\|/usr/local:$work&:g"
}
block tar >"$work/install"
block source >"$work/shells"
[ "$(cat "$work/install" "$work/shells" | wc -l)" -eq 6 ]

ls -l target/ngff-spark-*.tar.gz
(cd target && bash -e <(sed '$d' "$work/install"))
installed=$(ls -d "$work"/opt/ngff-spark-*)
chmod -R a-w "$installed"
java=$(readlink -f "$(command -v java)")
as=()
[ "$(id -u)" -ne 0 ] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
run() {
  (cd "$work/data" && ${as[@]+"${as[@]}"} env -i "PATH=$work/usr/local/bin:/usr/bin:/bin" JAVA_HOME="${java%/bin/java}" \
    HOME=/nonexistent TMPDIR=/tmp NGFF_SPARK_MEMORY=1g bash -c "$1")
}

echo "== the demo"
run "$(tail -n 1 "$work/install")"
echo "== messages name the program"
(run 'ngff-spark inspect no.zarr' || true) 2>&1 | grep '^ngff-spark: Cannot read '
echo "== completion and manual"
bash -c "$(sed -n 1p "$work/shells")
  COMP_WORDS=(ngff-spark transform --resu) COMP_CWORD=2
  _complete_ngff-spark; [ \"\${COMPREPLY[*]}\" = --resume ]"
HOME=$work/home bash -e <(sed -n 2p "$work/shells")
if command -v fish >/dev/null; then
  env -u XDG_CONFIG_HOME "HOME=$work/home" "PATH=$work/usr/local/bin:$PATH" fish -c "complete -C 'ngff-spark transform --resu'" | grep -q '^--resume'
else
  echo "there is no fish here: not tried in fish"
fi
if command -v zsh >/dev/null; then
  zsh -fc "autoload -U compinit && compinit -u -D && autoload -U bashcompinit && bashcompinit
    $(sed -n 1p "$work/shells")
    print -r -- \$_comps[ngff-spark]" | grep -q _complete_ngff-spark
else
  echo "there is no zsh here: not tried in zsh"
fi
if command -v man >/dev/null; then
  bash -e <(sed -n 3p "$work/shells") >/dev/null
else
  echo "there is no man here: the manual is not shown"
fi
grep -q '^.SS transform$' "$installed/share/man/man1/ngff-spark.1"
[ -z "$(find "$installed" -newer "$work/data" -type f)" ]
