#!/usr/bin/env python3
"""What do the public file formats say that a unit gets? A plain, slow, independent reading of them in exact fractions.

usage: formats.py --units U [--groups G] --movement M --values V --out standings.csv [--rollup rollup.csv] [--points]

Written from the formats alone, so that `guidon score` can be compared with it byte for byte.
"""
import argparse
import csv
import math
import sys
from dataclasses import dataclass, field
from fractions import Fraction

import reading
from entries import TooLarge, band_points, combined
from formula import Formula, FormulaError
from reading import NA
from rounding import round_to, rounding_of, written


class Refused(Exception):
    """The input cannot be scored: what `guidon score` answers with faults and exit status 2."""


@dataclass
class Points:
    """Of a criterion or a section; `points` is rounded where it is a criterion's."""
    points: Fraction
    max: Fraction
    weight: Fraction = Fraction(1)


@dataclass
class Result:
    unit: str
    peers: str
    points: dict = field(default_factory=dict)  # criterion -> Points, counted ones only
    sections: dict = field(default_factory=dict)
    gates: dict = field(default_factory=dict)
    total: Fraction = None
    max: Fraction = None
    rank: int = None
    cls: int = None


def is_number(value):
    return isinstance(value, Fraction)


class Scoring:
    def __init__(self, units, group_of, movement, values):
        self.units, self.group_of, self.movement, self.values = units, group_of, movement, values
        self.criteria = movement.get("criteria", [])
        self.sections = movement.get("sections", [])
        self.gates = movement.get("gates", [])
        self.classes = movement.get("classes", [])
        self.ranking = movement.get("ranking", {})
        self.total_step, self.total_mode = rounding_of(movement.get("total", {}))
        self.indicators = {i["key"]: i for i in movement.get("indicators", [])}
        self.formulas = {c["key"]: Formula(c["rule"]["expression"]) for c in self.criteria if c["rule"]["kind"] == "formula"}
        self.cells = {}

    # What was reported, after roll-up

    def own(self, unit, indicator, what):
        spec = self.indicators.get(indicator, {})
        entries = self.values.get((unit, spec.get("from", indicator)), [])
        if what == "target":
            given = [e.target for e in entries if e.target is not None]
            assert len(given) <= 1
            return given[0] if given else None
        if "entries" in spec:
            return combined(spec, entries)
        assert len(entries) <= 1
        return entries[0].value if entries else None

    def cell(self, unit, indicator, what="value"):
        key = (unit, indicator, what)
        if key not in self.cells:
            value = self.own(unit, indicator, what)
            how = self.indicators.get(indicator, {}).get("rollup", "none")
            if value is None and how != "none":
                below = [self.cell(child, indicator, what) for child in self.units[unit].children]
                below = [v for v in below if is_number(v)]
                if below:
                    mean = sum(below) / len(below)
                    value = {"sum": sum(below), "mean": mean, "max": max(below), "min": min(below)}[how]
            self.cells[key] = value
        return self.cells[key]

    # Who takes part, against whom

    def participants(self):
        given = self.movement.get("participants")
        existing = [u for u in self.units if self.exists(self.units[u])]
        if given is None:
            reported = {unit for unit, _ in self.values}
            return [u for u in existing if u in reported or u in self.group_of]
        kinds, under, groups = given.get("kinds"), given.get("under", ""), given.get("groups")
        return [u for u in existing
                if (not kinds or self.units[u].kind in kinds) and (not groups or self.group_of.get(u) in groups) and (not under or under in self.ancestors(u))]

    def exists(self, unit):
        """On some day of the cycle."""
        starts, ends = (str(self.movement.get(key, "")) for key in ("starts", "ends"))
        return (not ends or unit.valid_from <= ends) and (not unit.valid_to or not starts or unit.valid_to > starts)

    def ancestors(self, unit):
        above = []
        while unit := self.units[unit].parent:
            above.append(unit)
        return above

    def peers_of(self, unit):
        within = self.ranking.get("within", "group")
        if within == "group":
            return self.group_of.get(unit, "")
        return {"parent": self.units[unit].parent, "kind": self.units[unit].kind, "all": ""}[within]

    def indicators_read(self):
        read = set()
        for criterion in self.criteria:
            read.add(criterion.get("value", criterion["key"]))
            rule = criterion["rule"]
            if rule["kind"] == "ratio" and isinstance(rule["to"], str) and rule["to"] != "target":
                read.add(rule["to"])
            if rule["kind"] == "formula":
                read |= self.formulas[criterion["key"]].names - {"v", "t"}
        read |= {gate.get("value", gate["key"]) for gate in self.gates}
        for tie in self.ranking.get("ties", []):
            kind, key = tie.lstrip("-").split(":")
            if kind in ("indicator", "among"):
                read.add(key)
        return read

    # Points

    def score(self, unit, result):
        for criterion in self.criteria:
            points = self.criterion(criterion, unit)
            if points is not None:
                result.points[criterion["key"]] = points
        for section in self.sections:
            parts = [result.points[c["key"]] for c in self.criteria
                     if c.get("section") == section["key"] and c["key"] in result.points]
            if parts:
                part = combine(section.get("combine", "sum"), parts)
                if "most" in section:
                    most = Fraction(section["most"])
                    part = Points(min(part.points, most), min(part.max, most))
                result.sections[section["key"]] = part
        parts = list(result.sections.values())
        parts += [result.points[c["key"]] for c in self.criteria if "section" not in c and c["key"] in result.points]
        whole = combine(self.movement.get("total", {}).get("combine", "sum"), parts)
        result.total = round_to(whole.points, self.total_step, self.total_mode)
        result.max = whole.max
        for gate in self.gates:
            result.gates[gate["key"]] = self.passes(gate, unit)

    def criterion(self, criterion, unit):
        rule = criterion["rule"]
        most = Fraction(criterion.get("max", 0))
        indicator = criterion.get("value", criterion["key"])
        weight = Fraction(criterion.get("weight", 1))
        value = self.cell(unit, indicator)
        step, mode = rounding_of(criterion)
        if value == NA:
            how = criterion.get("not_applicable", "skip")
            return None if how == "skip" else Points(round_to(most, step, mode) if how == "full" else Fraction(0), most, weight)
        if value is None:
            how = criterion.get("missing", "zero")
            if how == "refuse":
                raise Refused(f"{unit} did not report {indicator}")
            return None if how == "skip" else Points(Fraction(0), most, weight)
        points = getattr(self, "points_" + rule["kind"])(criterion, rule, unit, value, most)
        return Points(round_to(points, step, mode), most, weight)

    def points_ratio(self, criterion, rule, unit, value, most):
        start, to = Fraction(rule.get("from", 0)), rule["to"]
        if isinstance(to, str):
            to = self.cell(unit, *((criterion.get("value", criterion["key"]), "target") if to == "target" else (to,)))
            if not is_number(to):
                return Fraction(0)
        to = Fraction(to)
        if to == start:
            return most if value >= to else Fraction(0)
        return most * min(max((value - start) / (to - start), Fraction(0)), Fraction(1))

    def points_bands(self, criterion, rule, unit, value, most):
        if rule.get("on", "value") == "share":
            target = self.cell(unit, criterion.get("value", criterion["key"]), "target")
            if not is_number(target) or target == 0:
                return Fraction(0)
            value = value / target
        return band_points(rule["bands"], rule.get("lower_is_better", False), value)

    def points_graded(self, criterion, rule, unit, value, most):
        if not 0 <= value <= most:
            raise Refused(f"{unit}: {criterion['key']} is graded from 0 to {most}, not {value}")
        return value

    def points_per_case(self, criterion, rule, unit, value, most):
        return kept_within(rule, Fraction(rule["each"]) * value)

    def points_yes_no(self, criterion, rule, unit, value, most):
        return most if value != 0 else Fraction(0)

    def points_formula(self, criterion, rule, unit, value, most):
        formula, names = self.formulas[criterion["key"]], {"v": value}
        if "t" in formula.names:
            names["t"] = self.cell(unit, criterion.get("value", criterion["key"]), "target")
        for name in formula.names - {"v", "t"}:
            names[name] = self.cell(unit, name)
        if not all(is_number(cell) for cell in names.values()):
            return kept_within(rule, Fraction(0))
        names = {name: float(cell) for name, cell in names.items()}
        try:
            return kept_within(rule, Fraction(formula.value(names)))
        except FormulaError as error:
            raise Refused(f"{unit}: {criterion['key']}: {error}")

    def points_relative(self, criterion, rule, unit, value, most):
        indicator = criterion.get("value", criterion["key"])
        peers = [v for v in (self.cell(u, indicator) for u in self.taking_part if self.peers_of(u) == self.peers_of(unit))
                 if is_number(v)]
        lower, method = rule.get("lower_is_better", False), rule.get("method", "min-max")
        best, worst = (min(peers), max(peers)) if lower else (max(peers), min(peers))
        if method == "rank":
            rank = 1 + sum(v < value if lower else v > value for v in peers)
            return most * (len(peers) - rank + 1) / len(peers)
        if method == "min-max":
            return most if best == worst else most * (value - worst) / (best - worst)
        if lower and value <= 0:
            return most if value == best else Fraction(0)
        if not lower and best <= 0:
            return Fraction(0)
        return most * max(best / value if lower else value / best, Fraction(0))

    def passes(self, gate, unit):
        value = self.cell(unit, gate.get("value", gate["key"]))
        if not is_number(value):
            return value == NA or gate.get("missing") == "pass"
        (how, bound), = gate["passes"].items()
        bound = Fraction(bound)
        return {"at_most": value <= bound, "at_least": value >= bound, "equals": value == bound}[how]

    # Ranks and classes

    def standings(self):
        """{peers' code: [Result, …] in the order of standings.csv}"""
        for key in (key for key, spec in self.indicators.items() if "entries" in spec):
            for unit in self.units:
                self.own(unit, key, "value")  # what is too large is refused whoever needs it
        self.taking_part = self.participants()
        read, groups = self.indicators_read(), {}
        for unit in self.taking_part:
            result = Result(unit, self.peers_of(unit))
            groups.setdefault(result.peers, []).append(result)
            if any(self.cell(unit, indicator) is not None for indicator in read):
                self.score(unit, result)
        for members in groups.values():
            ranked = [r for r in members if r.total is not None]
            self.rank(ranked)
            self.classify(ranked)
            members.sort(key=lambda r: (r.rank is None, r.rank or 0, r.unit.encode()))
        return dict(sorted(groups.items(), key=lambda item: item[0].encode()))

    def rank(self, ranked):
        rest, rank, place = self.ranking.get("rest", "share"), 0, 0
        low_first = self.ranking.get("order", "high-first") == "low-first"
        for tied in partition(ranked, lambda r: r.total if low_first else -r.total):
            for same in self.untied(tied, self.ranking.get("ties", [])):
                rank = rank + 1 if rest == "dense" else place + 1
                for result in sorted(same, key=lambda r: r.unit.encode()):
                    place += 1
                    result.rank = place if rest == "code" else rank

    def untied(self, tied, ties):
        if len(tied) == 1 or not ties:
            return [tied]
        sign = 1 if ties[0].startswith("-") else -1
        kind, key = ties[0].lstrip("-").split(":")
        codes = {r.unit for r in tied}

        def place(result):
            if kind == "indicator":
                value = self.cell(result.unit, key)
            elif kind == "among":
                spec = self.indicators[key]
                entries = self.values.get((result.unit, spec.get("from", key)), [])
                value = combined(spec, [e for e in entries if e.source in codes])
            else:
                part = (result.points if kind == "criterion" else result.sections).get(key)
                value = part.points if part else None
            return (0, sign * value) if is_number(value) else (1, 0)

        return [same for part in partition(tied, place) for same in self.untied(part, ties[1:])]

    def classify(self, ranked):
        if not self.classes:
            return
        keys = [c["key"] for c in self.classes]
        for result in ranked:
            result.cls = next((i for i, c in enumerate(self.classes) if self.reaches(result, c)), None)
            for gate in self.gates:
                if result.cls is not None and "caps_class" in gate and not result.gates[gate["key"]]:
                    result.cls = max(result.cls, keys.index(gate["caps_class"]))
        for i, c in enumerate(self.classes):
            if "most_share" not in c:
                continue
            places = max(1, math.floor(Fraction(c["most_share"]) * len(ranked)))
            members = [r for r in ranked if r.cls == i]
            for result in members:
                if sum(other.rank <= result.rank for other in members) > places:
                    result.cls = i + 1 if i + 1 < len(self.classes) else None

    def reaches(self, result, c):
        if "at_least" in c and not share_at_least(result.total, result.max, Fraction(c["at_least"])):
            return False
        if any(not result.gates[gate] for gate in c.get("needs", [])):
            return False
        if "each_section_at_least" in c:
            bound = Fraction(c["each_section_at_least"])
            return all(share_at_least(s.points, s.max, bound) for s in result.sections.values())
        return True

    # What is written

    def write_standings(self, path, groups, points):
        columns = [f"points:{c['key']}" for c in self.criteria] + [f"gate:{g['key']}" for g in self.gates] if points else []
        with open(path, "w", newline="", encoding="utf-8") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["group", "rank", "unit", "total", "max", "class", "peers"] + columns)
            for code, members in groups.items():
                peers = sum(r.rank is not None for r in members)
                for r in members:
                    out.writerow(self.standings_row(code, r, peers, points))

    def standings_row(self, code, r, peers, points):
        if r.rank is None:
            return [code, "", r.unit, "", "", "", peers] + [""] * ((len(self.criteria) + len(self.gates)) if points else 0)
        row = [code, r.rank, r.unit, written(r.total, self.total_step, self.total_mode), written(r.max, self.total_step, self.total_mode),
               "" if r.cls is None else self.classes[r.cls]["key"], peers]
        if points:
            row += [written(r.points[c["key"]].points, *rounding_of(c)) if c["key"] in r.points else "" for c in self.criteria]
            row += ["pass" if r.gates[g["key"]] else "fail" for g in self.gates]
        return row

    def write_rollup(self, path, groups):
        below = {}
        for result in (r for members in groups.values() for r in members if r.rank is not None):
            for unit in [result.unit, *self.ancestors(result.unit)]:
                below.setdefault(unit, []).append(result)
        below = {unit: results for unit, results in below.items() if any(r.unit != unit for r in results)}
        with open(path, "w", newline="", encoding="utf-8") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["unit", "units", "mean_total"] + [f"class:{c['key']}" for c in self.classes])
            for unit, results in sorted(below.items(), key=lambda item: item[0].encode()):
                mean = round_to(sum(r.total for r in results) / len(results), self.total_step, self.total_mode)
                out.writerow([unit, len(results), written(mean, self.total_step, self.total_mode)]
                             + [sum(r.cls == i for r in results) for i in range(len(self.classes))])


def kept_within(rule, points):
    if "least" in rule:
        points = max(points, Fraction(rule["least"]))
    if "most" in rule:
        points = min(points, Fraction(rule["most"]))
    return points


def combine(how, parts):
    """Of several points with their maxima; the maxima are combined as the points are."""
    def one(numbers):
        if not numbers:
            return Fraction(0)
        weights = [p.weight for p in parts]
        if how == "sum":
            return sum(numbers, Fraction(0))
        if how == "mean":
            return sum(numbers) / len(numbers)
        if how == "min":
            return min(numbers)
        if not sum(weights):
            return Fraction(0)
        if how == "weighted-mean":
            return sum(w * n for w, n in zip(weights, numbers)) / sum(weights)
        if any(n <= 0 for n in numbers):
            return Fraction(0)
        product = 1.0
        for w, n in zip(weights, numbers):
            product *= math.pow(float(n), float(w / sum(weights)))
        return Fraction(product)

    return Points(one([p.points for p in parts]), one([p.max for p in parts]))


def share_at_least(points, most, percent):
    return points * 100 >= percent * most if most else 0 >= percent


def partition(results, key):
    """Sets of equal key, in the order of the keys."""
    sets = {}
    for result in results:
        sets.setdefault(key(result), []).append(result)
    return [sets[k] for k in sorted(sets)]


def main(arguments=None):
    parser = argparse.ArgumentParser()
    for name in ("units", "movement", "values", "out"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--groups")
    parser.add_argument("--rollup")
    parser.add_argument("--points", action="store_true")
    given = parser.parse_args(arguments)
    movement = reading.read_movement(given.movement)
    period = movement["period"]
    scoring = Scoring(reading.read_units(given.units), reading.read_groups(given.groups, period), movement,
                      reading.read_values(given.values, period))
    try:
        groups = scoring.standings()
    except (Refused, TooLarge) as refusal:
        print(repr(refusal), file=sys.stderr)
        return 2
    scoring.write_standings(given.out, groups, given.points)
    if given.rollup:
        scoring.write_rollup(given.rollup, groups)
    return 0


if __name__ == "__main__":
    sys.exit(main())
