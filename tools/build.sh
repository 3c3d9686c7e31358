#!/bin/sh
# Builds one preset: tools/build.sh PRESET [TARGET …]
set -eu
cd "$(dirname "$0")/.."
preset=$1
mkdir -p build
shift
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
[ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >"build/$preset.configure.log" 2>&1 || {
  cat "build/$preset.configure.log"
  exit 1
}
if [ $# -gt 0 ]; then cmake --build "build/$preset" --target "$@"; else cmake --build "build/$preset"; fi
