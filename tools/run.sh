#!/bin/sh
# Creates the demo database if there is none, and serves it: tools/run.sh PORT
set -eu
cd "$(dirname "$0")/.."
[ -f build/demo.sqlite ] || build/release/guidon demo --db sqlite:build/demo.sqlite
exec build/release/guidon serve --db sqlite:build/demo.sqlite --listen "127.0.0.1:$1"
