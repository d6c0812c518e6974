#!/usr/bin/env bash
# check_static.sh BINARY: fails unless BINARY is what a release promises: fully static, under
# 20 MB stripped, at home in an empty root, and quick to start.
set -euo pipefail

binary=${1:?usage: check_static.sh BINARY}
max_bytes=20000000
max_start_us=10000
starts=21

fail() {
  echo "check_static: $binary: $*" >&2
  exit 1
}

kind=$(file --brief --dereference "$binary")
[[ $kind == *"statically linked"* || $kind == *"static-pie linked"* ]] || fail "is not static: $kind"

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
strip -o "$root/celldrift" "$binary"
bytes=$(stat -c %s "$root/celldrift")
((bytes < max_bytes)) || fail "has $bytes bytes stripped; fewer than $max_bytes are promised"

# An empty root: no libraries, no shell, no /proc, no users, nothing but CA certificates.
mkdir -p "$root/etc/ssl/certs"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
enter=(chroot "$root")
if ((EUID != 0)); then
  enter=(unshare --user --map-root-user --root="$root")
fi
in_empty_root() { env -i PATH="$PATH:/usr/sbin" "${enter[@]}" /celldrift "$@"; }

in_empty_root --version || fail "does not run in an empty root"
mkdir "$root/tmp"  # the sample fleet is unpacked there
status=0
in_empty_root demo >"$root/report" || status=$?
((status <= 1)) || fail "celldrift demo exits with $status in an empty root"
[[ -s $root/report ]] || fail "celldrift demo prints nothing in an empty root"

times=()
for ((i = 0; i < starts; i++)); do
  before=${EPOCHREALTIME/[.,]/}
  "$root/celldrift" --version >/dev/null
  times+=($((${EPOCHREALTIME/[.,]/} - before)))
done
median=$(printf '%s\n' "${times[@]}" | sort -n | sed -n "$((starts / 2 + 1))p")
((median < max_start_us)) || fail "takes $median us to start (median of $starts); less than $max_start_us is promised"

echo "check_static: $binary: static, $bytes bytes stripped, runs in an empty root, starts in $median us"
