#!/bin/sh
# Measures what docs/handbook/figures.md reports: tools/bench.sh [engine] [score] [import] [http] [exemplars]
# The national workload is made by ../shared/bench/national; nothing here is a test.
set -eu
cd "$(dirname "$0")/.."
tools/build.sh release guidon guidon_scoring_bench guidon_floor >/dev/null
exec python3 tools/bench.py build/release ../shared/bench/national "$@"
