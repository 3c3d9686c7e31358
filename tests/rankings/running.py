"""How is a published ranking run through the program? Writes the four files of an edition, runs, reads the standings."""
import csv
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
DATA = os.environ.get("GUIDON_RANKINGS", os.path.join(os.path.dirname(ROOT), "shared", "data", "rankings"))
PROGRAM = os.environ.get("GUIDON", os.path.join(ROOT, "build", "release", "guidon"))  # `reference` runs the plain implementation


@dataclass
class Edition:
    """One edition of a ranking: the movement's file (with the edition's own lines put in) and what was reported."""
    movement: str
    period: str
    changes: dict = field(default_factory=dict)  # text in the movement's file -> text of this edition
    units: dict = field(default_factory=dict)  # code -> name
    groups: dict = field(default_factory=dict)  # unit -> group
    values: list = field(default_factory=list)  # (unit, indicator, value, source)

    def report(self, unit, indicator, value, source=""):
        self.units.setdefault(unit, unit)
        self.values.append((unit, indicator, value, source))


def published(name):
    with open(os.path.join(DATA, name), newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def movement_text(edition):
    with open(os.path.join(HERE, "movements", edition.movement + ".toml"), encoding="utf-8") as file:
        text = file.read()
    for old, new in {'period = "EDITION"': f'period = "{edition.period}"', **edition.changes}.items():
        assert old in text, f"{edition.movement}: nothing says {old}"
        text = text.replace(old, new)
    return text


def standings(edition):
    """{unit: row of standings.csv}, with the columns that --points adds."""
    text = movement_text(edition)
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/movement.toml", "w", encoding="utf-8") as file:
            file.write(text)
        write(f"{folder}/units.csv", ["code", "parent", "kind", "name"], [[code, "", "entrant", name] for code, name in edition.units.items()])
        write(f"{folder}/groups.csv", ["group", "unit"], [[group, unit] for unit, group in edition.groups.items()])
        sourced = any(row[3] for row in edition.values)
        header = ["unit", "indicator", "value"] + (["source"] if sourced else [])
        write(f"{folder}/values.csv", header + ["period"], [[*row[:len(header)], edition.period] for row in edition.values])
        arguments = [f"--{name}={folder}/{name}.{end}" for name, end in (("units", "csv"), ("groups", "csv"), ("movement", "toml"), ("values", "csv"))]
        program = [sys.executable, os.path.join(ROOT, "tests", "reference", "formats.py")] if PROGRAM == "reference" else [PROGRAM, "score"]
        run = subprocess.run([*program, *arguments, f"--out={folder}/standings.csv", "--points"], capture_output=True, text=True, check=False)
        if run.returncode:
            raise AssertionError(f"{edition.movement} {edition.period}: exit status {run.returncode}\n{run.stderr[:2000]}")
        with open(f"{folder}/standings.csv", newline="", encoding="utf-8") as file:
            return {row["unit"]: row for row in csv.DictReader(file)}


def code(text):
    """A unit's code from a name: letters and digits of ASCII, the others as their number."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" if c == " " else f".{ord(c):x}" for c in text)[:64]


def rounded_as(number, printed):
    """The number with as many decimals as the printed one."""
    places = len(printed.partition(".")[2])
    return Decimal(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def same(number, printed):
    return number != "" and rounded_as(number, printed) == Decimal(printed)


def near(number, printed, parts):
    """As `same`, where that many parts of the sum were themselves printed rounded to six decimals."""
    half = Decimal(5).scaleb(-1 - len(printed.partition(".")[2]))
    return abs(Decimal(number) - Decimal(printed)) <= half + parts * Decimal("0.0000005")


class Matches(dict):
    """How many published figures of each kind came out."""

    def count(self, kind, matches):
        self[kind] = self.get(kind, 0) + bool(matches)
