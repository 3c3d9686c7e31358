#!/usr/bin/env python3
"""Does the program still write what it wrote? Runs it on the inputs here and compares every byte with the files kept.

usage: run.py GUIDON_BINARY [--keep]     (--keep takes what it writes now as what is expected: read the difference first)
"""
import argparse
import difflib
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SCORE = os.path.join(HERE, "score")
failures = []


def content(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def compare(name, found, keep):
    path = os.path.join(SCORE, "expected", name)
    if keep:
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(found)
    expected = content(path) if os.path.exists(path) else ""
    if found != expected:
        difference = difflib.unified_diff(expected.splitlines(), found.splitlines(), "expected", "found", lineterm="", n=1)
        failures.append(f"{name} differs:\n" + "\n".join(difference))


def expect(what, found, expected):
    if found != expected:
        failures.append(f"{what}: expected {expected!r}, found {found!r}")


def score(program, inputs, *more):
    names = {"units": "units.csv", "groups": "groups.csv", "movement": "movement.toml", "values": "values.csv"}
    arguments = [f"--{name}={inputs}/{file}" for name, file in names.items()]
    return subprocess.run([program, "score", *arguments, *more], capture_output=True, text=True, cwd=SCORE, check=False)


def standings(program, keep):
    for threads in ("1", "3"):
        with tempfile.TemporaryDirectory() as out:
            run = score(program, "inputs", f"--out={out}/standings.csv", f"--rollup={out}/rollup.csv", f"--explain={out}/explain.jsonl", "--points", "--threads", threads)
            expect("exit status", run.returncode, 0)
            expect("standard error", run.stderr, "")
            expect("files", sorted(os.listdir(out)), ["explain.jsonl", "rollup.csv", "standings.csv"])
            for name in sorted(os.listdir(out)):
                compare(name, content(f"{out}/{name}"), keep)


def faults(program, keep):
    with tempfile.TemporaryDirectory() as out:
        run = score(program, "broken", f"--out={out}/standings.csv")
        expect("exit status of broken files", run.returncode, 2)
        expect("files after faults", os.listdir(out), [])
        compare("faults.txt", run.stderr, keep)


def outputs_that_cannot_be(program):
    with tempfile.TemporaryDirectory() as out:
        run = score(program, "inputs", f"--out={out}/standings.csv", f"--rollup={out}/no/such/folder/rollup.csv")
        expect("a folder that is not there", (run.returncode, run.stderr), (2, f"guidon: {out}/no/such/folder/rollup.csv: its folder does not exist; nothing was written\n"))
        run = score(program, "inputs", f"--out={out}/standings.csv", "--rollup=/dev/full")
        expect("a full disk", (run.returncode, run.stderr), (2, "guidon: /dev/full: the disk is full; nothing was written\n"))
        run = score(program, "inputs", f"--out={out}/same.csv", f"--rollup={out}/same.csv")
        expect("one file for two outputs", run.returncode, 2)
        shutil.copytree(os.path.join(SCORE, "inputs"), f"{out}/in")
        run = score(program, f"{out}/in", f"--out={out}/standings.csv", f"--rollup={out}/in/../in/values.csv")
        expect("an input as an output", (run.returncode, run.stderr), (2, f"guidon: {out}/in/../in/values.csv: this file is read, too; expected another name; nothing was written\n"))
        shutil.rmtree(f"{out}/in")
        run = score(program, "nowhere", f"--out={out}/standings.csv")
        expect("a file that is not there", (run.returncode, run.stderr), (2, "guidon: nowhere/units.csv: there is no such file\n"))
        expect("files after refusals", os.listdir(out), [])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    program = os.path.abspath(given.binary)
    standings(program, given.keep)
    faults(program, given.keep)
    outputs_that_cannot_be(program)
    for failure in failures:
        print(failure)
    print("golden:", f"{len(failures)} differ" if failures else "all as kept")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
