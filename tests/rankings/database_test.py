#!/usr/bin/env python3
"""Does a ranking that went through the database – import, score, export – stand as it stands in the files?"""
import csv
import os
import re
import subprocess
import sys
import tempfile
import unittest
from decimal import Decimal

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import plain
import running
import several


def guidon(*arguments):
    run = subprocess.run([running.PROGRAM, *arguments], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[:2000]


def read(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def plain_number(text):
    return text if text in ("", "na") else Decimal(text)


class Stop(Exception):
    """Enough: one edition of a ranking is asked for."""


@unittest.skipUnless(os.path.isdir(running.DATA), f"no published rankings in {running.DATA}")
@unittest.skipIf(running.PROGRAM == "reference", "the plain implementation has no database")
class ThroughTheDatabase(unittest.TestCase):
    def check(self, module, ranking):
        """Runs the first edition of the ranking both ways."""
        editions = []

        def catch(edition):
            editions.append(edition)
            raise Stop

        kept, module.standings = module.standings, catch
        try:
            ranking()
        except Stop:
            pass
        finally:
            module.standings = kept
        edition = editions[0]
        with tempfile.TemporaryDirectory() as folder:
            self.compare(edition, folder)

    def compare(self, edition, folder):
        with open(f"{folder}/movement.toml", "w", encoding="utf-8") as file:
            text = running.movement_text(edition)
            text = re.sub("^starts = .*$", "starts = 2000-01-01", text, flags=re.MULTILINE)
            file.write(re.sub("^ends = .*$", "ends = 2099-12-31", text, flags=re.MULTILINE))
        key = re.search('^key = "(.*)"$', text, re.MULTILINE).group(1)
        running.write(f"{folder}/units.csv", ["code", "parent", "kind", "name", "valid_from"],
                      [[code, "", "entrant", name, "1800-01-01"] for code, name in edition.units.items()])
        running.write(f"{folder}/groups.csv", ["group", "unit", "period"], [[g, unit, edition.period] for unit, g in edition.groups.items()])
        running.write(f"{folder}/values.csv", ["unit", "indicator", "value", "source", "period"], [[*row, edition.period] for row in edition.values])
        database = ("--db", f"sqlite:{folder}/database")
        for kind in ("units", "groups", "movement", "values"):
            guidon("import", kind, f"{folder}/{kind}.{'toml' if kind == 'movement' else 'csv'}", *database)
        guidon("export", "standings", "--movement", key, "--period", edition.period, "--out", f"{folder}/standings.csv", *database)
        guidon("export", "values", "--out", f"{folder}/stored.csv", *database)

        def told(rows):
            return {row["unit"]: (row["group"], row["rank"], row["total"], row["class"]) for row in rows}

        self.assertEqual(told(read(f"{folder}/standings.csv")), told(running.standings(edition).values()))
        stored = sorted((row["unit"], row["indicator"], row.get("source", ""), str(plain_number(row["value"]))) for row in read(f"{folder}/stored.csv"))
        self.assertEqual(stored, sorted((unit, indicator, source, str(Decimal(str(value)).normalize() + 0))
                                        for unit, indicator, value, source in edition.values))

    def test_matches_and_their_opponents(self):
        self.check(several, several.world_cup)

    def test_votes_and_who_gave_them(self):
        self.check(several, several.song_contests)

    def test_marks_of_a_panel(self):
        self.check(several, several.figure_skating)

    def test_values_without_a_source(self):
        self.check(plain, plain.competitiveness)


if __name__ == "__main__":
    unittest.main()
