"""What do the four input files say? The reading half of the plain implementation of the public formats.

Expects valid files: what the formats refuse is not looked for here beyond a few assertions.
"""
import csv
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

NA = "na"  # not applicable; None = not reported


@dataclass
class Unit:
    code: str
    parent: str
    kind: str
    valid_from: str = ""  # ISO dates, half open; "" = unbounded
    valid_to: str = ""
    children: list = field(default_factory=list)


@dataclass
class Entry:
    source: str
    value: object  # Fraction, NA or None
    target: object


def rows(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)


def read_units(path):
    units = {}
    for row in rows(path):
        assert row["code"] not in units
        units[row["code"]] = Unit(row["code"], row["parent"], row.get("kind") or "", row.get("valid_from") or "", row.get("valid_to") or "")
    for unit in units.values():
        if unit.parent:
            units[unit.parent].children.append(unit.code)
    return units


def read_groups(path, period):
    group_of = {}
    for row in rows(path) if path else []:
        if (row.get("period") or "") in ("", period):
            assert row["unit"] not in group_of
            group_of[row["unit"]] = row["group"]
    return group_of


def cell(text):
    text = text or ""
    return None if text == "" else NA if text == "na" else Fraction(text)


def read_values(path, period):
    """{(unit, indicator): [Entry, …]} of the period."""
    values = {}
    for row in rows(path):
        if (row.get("period") or "") in ("", period):
            entries = values.setdefault((row["unit"], row["indicator"]), [])
            source = row.get("source") or ""
            assert all(entry.source != source for entry in entries)
            entries.append(Entry(source, cell(row["value"]), cell(row.get("target"))))
    return values


def read_movement(path):
    """The file as it is, its numbers exact."""
    with open(path, "rb") as file:
        return tomllib.load(file, parse_float=Decimal)
