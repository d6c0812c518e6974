# Shared by the scripts in this folder; sourced, not run.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() {
  say "error: $*"
  exit 2
}

# Where everything that is built once and kept lives, outside the work tree.
build_cache() {
  local cache=${XDG_CACHE_HOME:-${HOME:?neither XDG_CACHE_HOME nor HOME is set}/.cache}/celldrift-build
  mkdir -p "$cache"
  printf '%s\n' "$cache"
}

have() { command -v "$1" >/dev/null 2>&1; }

# Twelve hex digits which change when anything on standard input does.
pin_hash() { sha256sum | cut -c1-12; }

# build_once DIR FUNCTION: has FUNCTION fill a fresh folder that then becomes DIR. Two
# processes that want the same DIR build it once, and DIR never exists half-built.
#
# FUNCTION is run in a subshell with `set -e`, with its folder as $1 and DIR as $2; what it
# prints goes to a log beside DIR, the end of which is shown when it fails.
build_once() {
  local dir=$1 build=$2
  if [[ -d $dir ]]; then
    return
  fi
  (
    flock 9
    if [[ -d $dir ]]; then
      exit
    fi
    local start=$SECONDS tmp=$dir.tmp log=$dir.log
    say "building $dir (once; log in $log)"
    rm -rf "$tmp"
    mkdir -p "$tmp"
    set +e  # rather than `if ! (...)`, inside which a failing command would not stop FUNCTION
    (
      set -e
      "$build" "$tmp" "$dir"
    ) >"$log" 2>&1 9>&-
    local status=$?
    set -e
    if ((status != 0)); then
      tail -n 40 "$log" >&2
      die "could not build $dir; the whole log is in $log"
    fi
    mv "$tmp" "$dir"
    say "built $dir in $((SECONDS - start)) s"
  ) 9>"$dir.lock"
}
