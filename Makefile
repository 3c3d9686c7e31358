# The front door. `make` lists the targets; each is one line and the same on a laptop and in CI.
.DEFAULT_GOAL := help
.PHONY: help setup build run test check lint clang sanitize fmt bench ci clean
PORT ?= 8080

help:            ## list the targets
	@grep -E '^[a-z-]+: .*##|^[a-z-]+:  *##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 12

setup:           ## install what is missing: Debian packages (apt) and npm packages
	@tools/setup.sh

build: setup     ## build/release/guidon
	@tools/build.sh release guidon

run: build       ## create the demo database if there is none, and serve it
	@tools/run.sh $(PORT)

test: setup      ## every test: unit, scenario, contract (SQLite and PostgreSQL), API, golden, rankings, sign-in, browser
	@tools/build.sh release && tools/test.sh

check: setup     ## layers, catalogues, formatting, words, links, types: what a tool can check
	@tools/check.sh

lint: setup      ## clang-tidy over what changed since its last clean run (slow the first time)
	@tools/lint.sh

clang: setup     ## build everything with clang, as a second opinion
	@tools/build.sh clang all

sanitize: setup  ## unit and contract tests under address and undefined-behaviour sanitizers
	@tools/build.sh debug all && ctest --test-dir build/debug --output-on-failure

fmt: setup       ## format the sources
	@clang-format-14 -i $$(git ls-files 'src/*.h' 'src/*.cpp')

bench: build     ## measure, beside the floors (see docs/handbook/figures.md)
	@tools/bench.sh

ci:              ## what CI runs
	@.ci/run

clean:           ## remove what was built
	@rm -rf build
