#!/usr/bin/env bash
# Every test: tools/test.sh [NAME …]. Each suite prints its own report; the last line sums up.
set -uo pipefail
cd "$(dirname "$0")/.."
guidon=build/release/guidon
passed=0
failed=0
wanted=" $* "

suite() {  # suite NAME COMMAND…
  local name=$1
  shift
  [ "$wanted" = "  " ] || [[ "$wanted" == *" $name "* ]] || return 0
  printf '\n== %s\n' "$name"
  local begin=$SECONDS
  if "$@"; then
    passed=$((passed + 1))
    printf '== %s passed in %d s\n' "$name" $((SECONDS - begin))
  else
    failed=$((failed + 1))
    printf '== %s FAILED after %d s\n' "$name" $((SECONDS - begin))
  fi
}

suite unit ctest --test-dir build/release --output-on-failure --no-tests=error -j 2
suite reference python3 -m unittest discover -s tests/reference -p '*_test.py'
suite compare python3 tests/reference/compare.py "$guidon" --cases 400
suite rankings python3 -m unittest discover -s tests/rankings -p '*_test.py'
suite golden python3 tests/golden/run.py "$guidon"
suite scenarios tools/with_postgres.sh python3 tests/scenarios/run.py "$guidon"
suite demo tools/with_postgres.sh python3 tests/demo/run.py "$guidon"
suite export python3 tests/demo/export.py "$guidon"
suite api tools/with_postgres.sh python3 tests/api/run.py "$guidon"
suite leaks python3 tests/leaks/run.py "$guidon"
suite mail python3 tests/mail/run.py "$guidon"
suite attack python3 tests/accounts/attack.py "$guidon"
suite network python3 tests/api/network.py "$guidon"
suite sign-in tools/with_provider.sh node --test --test-concurrency=1 tests/oidc/*.test.mjs
suite browser node --test --test-concurrency=1 tests/browser/*.test.mjs

printf '\nsuites: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
