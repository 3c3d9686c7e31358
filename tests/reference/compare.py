#!/usr/bin/env python3
"""Does the program give the same bytes as the plain implementation, on random movements and on broken files?

usage: compare.py GUIDON_BINARY [--cases N] [--seed S] [--broken N] [--scrambled N]

Case n has the seed S + n; each second one has several entries per value. Of each case that differs the seed and the folder with all files are told, and the folder is kept.
"""
import argparse
import contextlib
import csv
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import formats
from breakages import BREAKAGES
from random_movement import write_case

PLACE = re.compile(r"^[^:\n]+:\d+:\d+: .+", re.MULTILINE)


def inputs(folder):
    names = ["units", "movement", "values"] + (["groups"] if os.path.exists(f"{folder}/groups.csv") else [])
    return [f"--{name}={folder}/{name}.{'toml' if name == 'movement' else 'csv'}" for name in names]


def run_program(binary, folder, threads):
    out = f"{folder}/program-{threads}"
    os.makedirs(out)
    command = [binary, "score", *inputs(folder), f"--out={out}/standings.csv", f"--rollup={out}/rollup.csv", f"--explain={out}/why.jsonl",
               "--points", "--threads", str(threads)]
    return out, subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def content(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def unexplained(out):
    """Where the explanations say other figures than the standings, or None."""
    with open(f"{out}/standings.csv", newline="", encoding="utf-8") as file:
        rows = {row["unit"]: row for row in csv.DictReader(file)}
    with open(f"{out}/why.jsonl", encoding="utf-8") as file:
        told = {why["unit"]: why for why in map(json.loads, file)}
    if told.keys() != rows.keys():
        return f"explained are {len(told)} units of {len(rows)}"
    for unit, row in rows.items():
        why = told[unit]
        if any(str(why.get(name) or "") != row[name] for name in ("rank", "total", "class")):
            return f"{unit} is explained as " + ", ".join(f"{name} {why.get(name)}" for name in ("rank", "total", "class"))
        for criterion in why.get("criteria", []):
            if row["rank"] and (criterion["points"] or "") != row[f"points:{criterion['key']}"]:
                return f"{unit} is explained with {criterion['points']} points of {criterion['key']}"
    return None


def difference(binary, seed, folder, entries):
    """What differs in the case, or None."""
    write_case(seed, folder, entries)
    expected = f"{folder}/expected"
    os.makedirs(expected)
    with contextlib.redirect_stderr(io.StringIO()) as told:
        status = formats.main(inputs(folder) + [f"--out={expected}/standings.csv", f"--rollup={expected}/rollup.csv", "--points"])
    for threads in (1, 2):
        out, run = run_program(binary, folder, threads)
        if run.returncode != status:
            return f"exit status {run.returncode}, expected {status}: {(run.stderr or told.getvalue()).strip()[:400]}"
        for name in ("standings.csv", "rollup.csv"):
            if content(f"{out}/{name}") != content(f"{expected}/{name}"):
                return f"{name} with {threads} thread(s) differs: diff {out}/{name} {expected}/{name}"
        if status == 0 and (what := unexplained(out)):
            return what
    return None


def unrefused(binary, seed, folder, breakage):
    """What is wrong with the program's answer to a broken file, or None; False if the case has nothing to break that way."""
    write_case(seed, folder, plain=True)
    if not breakage(folder, random.Random(seed)):
        return False
    out, run = run_program(binary, folder, 1)
    if run.returncode != 2:
        return f"exit status {run.returncode}, expected 2"
    if os.listdir(out):
        return f"wrote {os.listdir(out)}"
    return None if PLACE.search(run.stderr) else f"no FILE:LINE:COLUMN in {run.stderr.strip()[:300]!r}"


def scramble(folder, source):
    """Changes, drops or doubles a few bytes of one of the files."""
    path = f"{folder}/{source.choice(['units.csv', 'values.csv', 'movement.toml', 'movement.toml'])}"
    data = bytearray(content(path))
    for _ in range(source.randint(1, 3)):
        at, piece = source.randrange(len(data)), source.randint(1, 12)
        how = source.random()
        if how < 0.3:
            data[at] = source.choice(b'0123456789,"\n\r.-=[]{}#\'\\ aZ\x00\xff\xc3')
        elif how < 0.6:
            del data[at:at + piece]
        else:
            data[at:at] = data[at:at + piece]
        data = data or bytearray(b"x")
    with open(path, "wb") as file:
        file.write(data)


def unsound(binary, seed, folder):
    """What is wrong with the answer to a scrambled file, or None: it is scored, or refused with a place and nothing written."""
    write_case(seed, folder, entries=seed % 2 == 1)
    scramble(folder, random.Random(seed))
    out, run = run_program(binary, folder, 2)
    if run.returncode == 0:
        return None
    if run.returncode != 2 or os.listdir(out):
        return f"exit status {run.returncode}, wrote {os.listdir(out)}: {run.stderr.strip()[:300]}"
    return None if PLACE.search(run.stderr) else f"no FILE:LINE:COLUMN in {run.stderr.strip()[:300]!r}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--broken", type=int, default=2, help="cases for each way to break a file")
    parser.add_argument("--scrambled", type=int, default=100, help="cases with a few bytes of a file changed")
    given = parser.parse_args()
    work, failed, ran = tempfile.mkdtemp(prefix="guidon-compare-"), 0, 0

    def told(name, folder, what):
        nonlocal failed, ran
        ran += 1
        if what:
            failed += 1
            print(f"{name}: {what}\n  kept in {folder}")
        else:
            shutil.rmtree(folder)

    for seed in range(given.seed, given.seed + given.cases):
        folder = f"{work}/{seed}"
        told(f"seed {seed}", folder, difference(given.binary, seed, folder, entries=seed % 2 == 1))
    for seed in range(given.seed, given.seed + given.scrambled):
        folder = f"{work}/scrambled-{seed}"
        told(f"scrambled, seed {seed}", folder, unsound(given.binary, seed, folder))
    for breakage in BREAKAGES:
        done, seed = 0, given.seed
        while done < given.broken and seed < given.seed + 100:
            folder = f"{work}/{breakage.__name__}-{seed}"
            what = unrefused(given.binary, seed, folder, breakage)
            if what is False:
                shutil.rmtree(folder)
            else:
                done += 1
                told(f"{breakage.__name__}, seed {seed}", folder, what)
            seed += 1
    print(f"{ran - failed} of {ran} cases agree")
    if not failed:
        shutil.rmtree(work)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
