#!/usr/bin/env bash
# The tarball runs from a read-only folder as another user, in a root with a JDK alone
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
home=${java%/bin/java}
clean=("PATH=$work/usr/local/bin:/usr/bin:/bin" "JAVA_HOME=$home" HOME=/nonexistent TMPDIR=/tmp NGFF_SPARK_MEMORY=1g)

# An empty root with this JDK, bash and the tools that the launcher calls, each with the libraries it is linked with
root=$work/root
tools=(awk bash cat cksum date env find grep id mkdir mktemp mv readlink rm tr dirname)
linked() { # FILE…: the libraries, which are no part of the JDK
  { ldd "$@" 2>/dev/null || true; } | grep -o '/[^ ]*' | grep -v -e ':$' -e "^$home/" | sort -u
}
make_root() {
  mkdir -p "$root"/{bin,dev,etc,proc,tmp} "$root$work"
  chmod 1777 "$root/tmp"
  # Every container has these two: its own name, and who runs in it.
  cp -L /etc/hosts "$root/etc/hosts"
  echo 'nobody:x:65534:65534::/nonexistent:/bin/false' >"$root/etc/passwd"
  tar -C / -ch --ignore-failed-read --exclude=src.zip --exclude=jmods "${home#/}" | tar -C "$root" -x
  mapfile -t tools < <(command -v "${tools[@]}")
  {
    printf '%s\n' "${tools[@]}"
    mapfile -t libraries < <(find "$home/" -name '*.so')
    linked "${tools[@]}" "$java" "${libraries[@]}"
  } | xargs cp -Lu --parents -t "$root"
  mknod -m 666 "$root/dev/random" c 1 8
  mknod -m 666 "$root/dev/urandom" c 1 9
}
mkdir -p "$root/proc" "$root/dev"
may_make_root() {
  [ "$(id -u)" -eq 0 ] &&
    unshare --mount --pid --fork mount -t proc proc "$root/proc" &&
    mknod -m 666 "$root/dev/null" c 1 3 &&
    echo >"$root/dev/null"
}
if may_make_root 2>/dev/null; then
  make_root
  run() {
    # shellcheck disable=SC2016
    unshare --mount --pid --fork bash -ec 'mount -t proc proc "$1/proc"; mount --bind "$2" "$1$2"
      exec chroot --userspec=65534:65534 "$1" "${@:3}"' - "$root" "$work" \
      /usr/bin/env -i "${clean[@]}" bash -c "cd '$work/data' && $1"
  }
else
  echo "no file systems and devices can be had here: not tried in an empty root"
  as=()
  [ "$(id -u)" -ne 0 ] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  run() {
    (cd "$work/data" && ${as[@]+"${as[@]}"} env -i "${clean[@]}" bash -c "$1")
  }
fi

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
