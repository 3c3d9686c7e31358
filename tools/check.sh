#!/bin/sh
# What a tool can check: tools/check.sh. Prints each check by name; stops at the first that finds something.
set -eu
cd "$(dirname "$0")/.."

step() { printf '== %s\n' "$1"; }

step "layers";    python3 tools/layers.py
step "locales";   python3 tools/locales.py
step "tools";     for test in tools/*_test.py; do PYTHONPATH=tools python3 "$test" 2>&1 | tail -1; done
step "format";    git ls-files 'src/*.h' 'src/*.cpp' 'tests/*.cpp' 'tests/*.h' | xargs clang-format-14 --dry-run --Werror
step "words";     python3 tools/words.py
step "links";     python3 tools/links.py
step "types";     node_modules/.bin/tsc --noEmit -p web
echo "check: nothing found"
