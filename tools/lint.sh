#!/bin/sh
# clang-tidy over the sources that changed since the last clean run (all of them the first time):
# tools/lint.sh [--all]. Needs build/clang, the compile commands of the clang preset.
set -eu
cd "$(dirname "$0")/.."
mkdir -p build/lint
[ -f build/clang/compile_commands.json ] || cmake --preset clang >build/clang.configure.log
[ "${1:-}" != "--all" ] || rm -rf build/lint/*

todo=""
for source in $(git ls-files 'src/*.cpp' | grep -v '_bench\.cpp$\|_fuzz\.cpp$'); do
  mark="build/lint/$(echo "$source" | tr / _)"
  sum=$(cat "$source" .clang-tidy | sha256sum)
  [ -f "$mark" ] && [ "$(cat "$mark")" = "$sum" ] && continue
  todo="$todo $source"
done
[ -n "$todo" ] || { echo "lint: nothing changed"; exit 0; }
# shellcheck disable=SC2086  # one word per file
printf '%s\n' $todo | xargs -P "$(nproc)" -I{} sh -c '
  clang-tidy-14 --quiet -p build/clang "{}" 2>/dev/null >"build/lint/out.$$" || { cat "build/lint/out.$$"; rm "build/lint/out.$$"; exit 1; }
  rm "build/lint/out.$$"
  cat "{}" .clang-tidy | sha256sum > "build/lint/$(echo "{}" | tr / _)"'
echo "lint: nothing found"
