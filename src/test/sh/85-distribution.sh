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
  mkdir -p "$root"/{bin,dev,etc,proc,tmp,noexec} "$root$work"
  chmod 1777 "$root/tmp"
  # Nothing here has a name: neither the machine nor, without /etc/passwd, the user.
  echo '127.0.0.1 localhost' >"$root/etc/hosts"
  tar -C / -ch --ignore-failed-read --exclude=src.zip --exclude=jmods "${home#/}" | tar -C "$root" -x
  mapfile -t tools < <(command -v "${tools[@]}")
  {
    printf '%s\n' "${tools[@]}"
    mapfile -t libraries < <(find "$home/" -name '*.so')
    linked "${tools[@]}" "$java" "${libraries[@]}"
    # A part of the C library that those in jars are linked with.
    linked "$java" | grep '/libc\.so' | sed 's:[^/]*$:libpthread.so.0:'
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
      mount -t tmpfs -o noexec,mode=1777 none "$1/noexec"
      exec chroot --userspec=4711:4711 "$1" "${@:3}"' - "$root" "$work" \
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
if [ -d "$root/noexec" ]; then
  echo "== a folder of temporary files where nothing may be executed is named"
  mkdir -p "$work/data/image.zarr/0"
  cat >"$work/data/image.zarr/zarr.json" <<'GROUP'
{"zarr_format": 3, "node_type": "group", "attributes": {"ome": {"version": "0.5", "multiscales": [{
  "axes": [{"name": "y", "type": "space"}, {"name": "x", "type": "space"}],
  "datasets": [{"path": "0", "coordinateTransformations": [{"type": "scale", "scale": [1, 1]}]}]}]}}}
GROUP
  cat >"$work/data/image.zarr/0/zarr.json" <<'ARRAY'
{"zarr_format": 3, "node_type": "array", "shape": [8, 8], "data_type": "uint8", "fill_value": 0,
 "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [8, 8]}},
 "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
 "codecs": [{"name": "sharding_indexed", "configuration": {"chunk_shape": [4, 4], "index_location": "end",
  "codecs": [{"name": "bytes"}, {"name": "zstd", "configuration": {"level": 1, "checksum": false}}],
  "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "crc32c"}]}}]}
ARRAY
  run 'ngff-spark inspect image.zarr' | grep '8 x 8'
  (run 'JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=/noexec ngff-spark inspect image.zarr' || true) 2>&1 |
    grep "from the folder of temporary files, '/noexec' (.*); it must be writable and must not be mounted with noexec"
fi
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
