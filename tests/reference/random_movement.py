#!/usr/bin/env python3
"""Writes a random, valid movement with its units, groups and values: random_movement.py SEED DIR [--entries]

Small numbers on coarse grids, so that ties are common; zero, not reported, not applicable and negative values,
every kind of rule, section, gate, class, quota, tie and roll-up come up. `--entries` also draws several entries
per value (judges, rounds, opponents).
"""
import csv
import os
import random
import sys

FORMULAS = [
    "floor(25.4347 * abs(18 - v)^1.81)", "sqrt(abs(v)) * 3", "ln(1 + abs(v))", "if(v > 3, 10, 5)", "min(v, 7, 3.5) * 2",
    "exp(-abs(v)) * 10", "log10(10 + abs(v)) ^ 2", "round(v * 3) / 7", "ceil(v / 3) - floor(v)", "max(v, -v)",
    "-v^2 / 10", "if(v <= 2, v, if(v == 3, 1, 0.5 * v))", "(v + 1) * (v - 2) / 8", "abs(v) ^ 0.5 + 2 ^ 3 ^ 0.5", "v * (v != 0) + (v >= 4)",
]
WITH_OTHERS = ["v / (1 + abs({0}))", "if(v < {0}, 1, 2.5)", "max(v, {0}) - min(v, {0})", "{0} * 0.1 + v"]
WITH_TARGET = ["if(v >= t, 10, v)", "v - t", "min(1, v / (1 + abs(t)))"]
EXTREMES = ["999999999999.999999", "-999999999999.999999", "0.000001", "-0.000001", "333333333333.333333", "999999999999", "123456.789012",
            "4294967.296", "2147483.647", "-2147483.648", "0.999999", "1000000.000001", "9223372036.854775"]
STEPS = ["0.001", "0.001", "0.01", "0.1", "1", "0.25", "0", "0.5", "5", "0.000001"]
MODES = ["half-up", "half-even", "down", "up"]


class Movement:
    def __init__(self, seed, entries, plain=False):
        self.random = random.Random(seed)
        self.plain = plain  # files of the simplest form
        self.entries = entries
        self.lines, self.indicators, self.value_lists = [], [], {}
        self.names = iter(range(1000))
        self.extreme = self.chance(0.15) and not plain  # numbers with all digits that a file may have
        self.regular = self.chance(0.5)  # only what adds up, as most movements do
        self.steps = [step for step in STEPS if step != "0"] if self.regular else STEPS
        self.dated = self.chance(0.2) and not plain  # units come and go

    def chance(self, share):
        return self.random.random() < share

    def pick(self, choices):
        return self.random.choice(choices)

    # Numbers

    def number(self, low, high):
        """Text of a number, mostly whole or coarse."""
        if self.extreme and low <= 0 and high > 0 and self.chance(0.3):
            wide = f"{self.random.uniform(0, 10 ** self.random.randint(1, 6)):.{self.random.randint(0, 6)}f}"
            return self.pick([wide] * 6 + [e for e in EXTREMES if low < 0 or e[0] != "-"])
        kind = self.random.random()
        if kind < 0.6:
            return str(self.random.randint(low, high))
        places = 1 if kind < 0.85 else self.random.randint(2, 6)
        return f"{self.random.uniform(low, high):.{places}f}"

    def rounding(self):
        return f"{{ step = {self.pick(self.steps)}" + (f', mode = "{self.pick(MODES)}"' if self.chance(0.6) else "") + " }"

    # Units and groups

    def units(self):
        count = self.pick([1, 2, 3, 5, 8, 13, 20, 35, 60]) if not self.chance(0.04) or self.plain else self.pick([300, 700])
        self.kinds = ["cell", "commune", "school"][:self.random.randint(1, 3)]
        self.codes, rows = [], []
        for i in range(count):
            code = f"{self.pick('abcXYZ0129')}{self.pick(['', '.', '-', '_'])}{i}"
            parent = "" if not self.codes or self.chance(0.1) else self.pick(self.codes[-12:])
            self.codes.append(code)
            rows.append([code, parent, self.pick(self.kinds), f"Unit {i}, \"the {i}th\"" if self.chance(0.1) else f"Unit {i}"])
        if self.dated:
            rows = [row + self.pick([["", ""]] * 9 + [["2025-07-01", ""], ["", "2025-07-01"], ["2026-01-01", ""], ["1999-01-01", "2025-01-01"]]) for row in rows]
        self.random.shuffle(rows)
        return rows

    def groups(self):
        names = ["G1", "g10", "g9", "Ä-group", "a group, with comma"][:self.random.randint(1, 5)]
        rows = [[self.pick(names), code, self.pick(["", "2025"]), ""] for code in self.codes if self.chance(0.8)]
        if self.chance(0.3):  # membership of another period does not matter
            rows += [[self.pick(names), row[1], "2024", "leader"] for row in rows[:3] if row[2]]
        return rows

    # Indicators and their values

    def indicator(self, low, high, rollups=("sum", "mean", "max", "min", "none"), missing=0.1, targets=False, entries=None):
        key = f"i{next(self.names)}"
        rollup = self.pick(rollups) if self.chance(0.35) else None
        block = [f'key = "{key}"']
        if rollup:
            block.append(f'rollup = "{rollup}"')
            missing = max(missing, 0.4)
        several = self.entries and self.chance(0.4) if entries is None else entries
        if several:
            block += self.entries_keys(low, high)
        if len(block) > 1:
            self.indicators.append(block)
        grid = [self.number(low, high) for _ in range(self.random.randint(1, 6))] + ["0" if low <= 0 <= high else str(low)]
        rows = []
        for code in self.codes:
            draw = self.random.random()
            if draw < missing / 2:
                continue
            target = self.pick(grid) if targets and self.chance(0.85) else ""
            sources = [""]
            if several:
                pool = self.codes if self.chance(0.7) else [f"j{n}" for n in range(9)]
                sources = self.random.sample(pool, self.random.randint(1, min(len(pool), 8)))
            for n, source in enumerate(sources):
                draw = self.random.random()
                value = "" if draw < missing / 2 else "na" if draw < missing / 2 + 0.06 else self.pick(grid)
                rows.append([value, target if n == 0 else "", source, code])
        self.value_lists[key] = rows
        return key

    def graded_indicator(self, most):
        extreme, self.extreme = self.extreme, False
        key = self.indicator(0, most, rollups=("mean", "max", "min"), entries=False)
        self.extreme = extreme
        return key

    def entries_keys(self, low, high):
        keys = [f'entries = "{self.pick(["sum", "mean", "count", "max", "min"])}"']
        if self.chance(0.25):
            keys.append(f"{self.pick(['equals', 'at_least', 'at_most'])} = {self.number(low, high)}")
        if self.chance(0.2):
            keys += [f"bands = [{self.bands(low, high, 9)}]"]
        if self.chance(0.3):
            keys.append("lower_is_better = true")
        if self.chance(0.3):
            keys.append(f"best = {self.random.randint(1, 4)}")
        if self.chance(0.3):
            keys.append(f"drop_lowest = {self.random.randint(0, 2)}")
        if self.chance(0.3):
            keys.append(f"drop_highest = {self.random.randint(0, 2)}")
        if self.chance(0.5):
            keys.append(f"round = {{ step = {self.pick([s for s in STEPS if s != '0'])}, mode = \"{self.pick(MODES)}\" }}")
        return keys

    def bands(self, low, high, points):
        starts = sorted({self.random.randint(low * 2, high * 2) for _ in range(self.random.randint(1, 5))}, reverse=not self.chance(0.0))
        return ", ".join(f"{{ from = {start / 2:g}, points = {self.number(0, points)} }}" for start in starts)

    # Criteria

    def criterion(self, n, sections):
        kinds = ["ratio", "ratio", "bands", "graded", "per_case", "yes_no", "formula", "relative", "relative"]
        kind = self.pick(kinds[:6] if self.regular and self.chance(0.8) else kinds)
        most = self.pick(["10", "10", "30", "5", "7.5", "12.345"])
        line = [f'key = "c{n}"']
        if sections and self.chance(0.8):
            line.append(f'section = "{self.pick(sections)}"')
        lower = ", lower_is_better = true" if self.chance(0.3) else ""
        own = None
        if kind == "ratio":
            rule, own = self.ratio()
        elif kind == "bands":
            rule, own = self.band_rule(most)
        elif kind == "graded":
            own, rule = self.graded_indicator(int(float(most))), 'kind = "graded"'
        elif kind == "per_case":
            rule = f'kind = "per_case", each = {self.pick(["-", ""])}{self.number(0, 3)}'
            rule += f", least = {self.number(-20, 0)}" if self.chance(0.5) else ""
            rule += f", most = {self.number(0, 20)}" if self.chance(0.5) else ""
            most = most if self.chance(0.2) else None
        elif kind == "yes_no":
            rule = 'kind = "yes_no"'
        elif kind == "formula":
            rule, own = self.formula_rule()
        else:
            method = self.pick(["min-max", "rank", "share-of-best"])
            own = self.indicator(0, 9) if method == "share-of-best" else None
            rule = f'kind = "relative", method = "{method}"{lower}'
        line.append(f'value = "{own or self.any_indicator()}"')
        if most:
            line.append(f"max = {most}")
        if self.chance(0.4):
            line.append(f"weight = {self.pick(['1', '2', '0.5', '1.25', '3'])}")
        line.append(f"rule = {{ {rule} }}")
        if self.chance(0.35):
            line.append(f'missing = "{self.pick(["zero", "skip"])}"')
        if self.chance(0.5):
            line.append(f'not_applicable = "{self.pick(["skip", "full", "zero"])}"')
        if self.chance(0.5):
            line.append(f"round = {self.rounding()}")
        return line

    def any_indicator(self):
        if self.value_lists and self.chance(0.4):
            return self.pick(sorted(self.value_lists))
        return self.indicator(*self.pick([(0, 3), (0, 10), (-5, 5), (1, 2)]))

    def ratio(self):
        start = f", from = {self.number(-2, 8)}" if self.chance(0.5) else ""
        kind = self.random.random()
        if kind < 0.4:
            return f'kind = "ratio", to = "target"{start}', self.indicator(0, 10, targets=True)
        if kind < 0.6:
            return f'kind = "ratio", to = "{self.any_indicator()}"{start}', None
        return f'kind = "ratio", to = {self.number(-2, 12)}{start}', None

    def band_rule(self, most):
        share = self.chance(0.4)
        lower = self.chance(0.3)
        starts = sorted({self.random.randint(0, 12) for _ in range(self.random.randint(1, 5))}, reverse=not lower)
        scale = 10 if share else 1
        bands = ", ".join(f"{{ from = {start / scale:g}, points = {self.number(0, int(float(most)))} }}" for start in starts)
        rule = f'kind = "bands", bands = [{bands}]' + (', on = "share"' if share else "") + (", lower_is_better = true" if lower else "")
        return rule, self.indicator(0, 12, targets=share)

    def formula_rule(self):
        own = None
        kind = self.random.random()
        if kind < 0.6:
            expression = self.pick(FORMULAS)
        elif kind < 0.8:
            expression = self.pick(WITH_OTHERS).format(self.any_indicator())
        else:
            expression, own = self.pick(WITH_TARGET), self.indicator(-3, 10, targets=True)
        rule = f'kind = "formula", expression = "{expression}"'
        rule += f", least = {self.number(-5, 0)}" if self.chance(0.5) else ""
        rule += f", most = {self.number(1, 15)}" if self.chance(0.5) else ""
        return rule, own

    # The file

    def movement(self):
        out = ['format = "guidon/movement/1"', 'key = "random"', "starts = 2025-01-01", "ends = 2025-12-31", 'period = "2025"',
               "[title]", 'en = "A random movement"']
        sections = [f"s{n}" for n in range(self.random.randint(0, 3))]
        criteria = [self.criterion(n, sections) for n in range(self.random.randint(1, 8))]
        classes = [f"k{n}" for n in range(self.random.randint(0, 5))]
        gates = [self.gate(n, classes) for n in range(self.random.randint(0, 2))]
        if self.chance(0.3):
            out += ["[participants]"]
            out += [f'under = "{self.pick(self.codes)}"'] if self.chance(0.4) else []
            out += [f'kinds = ["{self.pick(self.kinds)}"]'] if self.chance(0.5) else []
            out += ['groups = ["G1", "g9"]'] if self.chance(0.25) else []
        combines = ["sum", "sum", "mean", "weighted-mean"] + ([] if self.regular else ["geometric-mean", "min"])
        ranking = self.ranking(sections, [f"c{n}" for n in range(len(criteria))])
        blocks = [("indicators", block) for block in self.indicators]
        for key in sections:
            block = [f'key = "{key}"', f'combine = "{self.pick(combines)}"'] + ([f"most = {self.number(3, 30)}"] if self.chance(0.4) else [])
            blocks.append(("sections", block))
        blocks += [("criteria", block) for block in criteria] + [("gates", block) for block in gates]
        blocks += [("classes", block) for block in self.class_blocks(classes)]
        for name, block in blocks:
            out += [f"[[{name}]]", *block]
        if self.chance(0.7):
            out += ["[total]", f'combine = "{self.pick(combines)}"', f"round = {self.rounding()}"]
        return "\n".join(out + ranking) + "\n"

    def gate(self, n, classes):
        how, bound = self.pick(["at_most", "at_least", "equals"]), self.number(0, 3)
        block = [f'key = "g{n}"', f'value = "{self.any_indicator()}"', f"passes = {{ {how} = {bound} }}"]
        block += ['missing = "pass"'] if self.chance(0.3) else []
        block += [f'caps_class = "{self.pick(classes)}"'] if classes and self.chance(0.8) else []
        return block

    def class_blocks(self, classes):
        limits = sorted(self.random.sample(range(0, 101, 5), max(0, len(classes) - 1)), reverse=True)
        for n, key in enumerate(classes):
            block = [f'key = "{key}"']
            if n < len(classes) - 1:
                block.append(f"at_least = {limits[n]}" + (".5" if self.chance(0.2) else ""))
                if self.chance(0.3):
                    block.append(f"each_section_at_least = {self.random.randint(0, limits[n])}")
                if self.chance(0.5):
                    block.append(f"most_share = {self.pick(['0.2', '0.1', '0.5', '0.25', '0.3333'])}")
            yield block

    def ranking(self, sections, criteria):
        if self.chance(0.1):
            return []
        ties = []
        for _ in range(self.random.randint(0, 3)):
            sign = self.pick(["", "", "-"])
            with_entries = [block[0][7:-1] for block in self.indicators if any(line.startswith("entries") for line in block)]
            if with_entries and self.chance(0.5):
                ties.append(f"{sign}among:{self.pick(with_entries)}")
            elif self.entries and sections and self.chance(0.2):
                ties.append(f"{sign}section:{self.pick(sections)}")
            elif self.chance(0.5):
                ties.append(f"{sign}criterion:{self.pick(criteria)}")
            else:
                ties.append(f"{sign}indicator:{self.any_indicator()}")
        out = ["[ranking]", f'within = "{self.pick(["group", "group", "parent", "kind", "all"])}"']
        out += [f'order = "{self.pick(["high-first", "low-first"])}"'] if self.chance(0.3) else []
        out += ["ties = [" + ", ".join(f'"{tie}"' for tie in dict.fromkeys(ties)) + "]"] if ties else []
        out += [f'rest = "{self.pick(["share", "dense", "code"])}"'] if self.chance(0.6) else []
        return out

    def values(self):
        rows = []
        for key, cells in self.value_lists.items():
            rows += [[code, key, self.pick(["2025", "2025", ""]), value, target, source] for value, target, source, code in cells]
        if self.chance(0.3):  # other periods do not matter
            rows += [[code, key, "2024", "1", "", source] for code, key, _, _, _, source in rows[:5]]
        self.random.shuffle(rows)
        return rows


    def table(self, path, header, rows):
        """Writes a CSV file in one of the forms that the standard allows."""
        order = list(range(len(header)))
        if self.plain:
            with open(path, "w", newline="", encoding="utf-8") as file:
                csv.writer(file, lineterminator="\n").writerows([header, *rows])
            return
        if self.chance(0.2):
            self.random.shuffle(order)
        rows = [[row[i] for i in order] for row in [header, *rows]]
        if self.chance(0.1):
            rows = [row + ["" if n else "remark"] for n, row in enumerate(rows)]
        mark = "\ufeff" if self.chance(0.1) else ""
        quoting = csv.QUOTE_ALL if self.chance(0.15) else csv.QUOTE_MINIMAL
        with open(path, "w", newline="", encoding="utf-8") as file:
            file.write(mark)
            csv.writer(file, lineterminator=self.pick(["\n", "\n", "\n", "\r\n"]), quoting=quoting).writerows(rows)


def write_case(seed, folder, entries=False, plain=False):
    """The four files of a case; groups.csv is left out now and then."""
    os.makedirs(folder, exist_ok=True)
    case = Movement(seed, entries, plain)
    case.table(f"{folder}/units.csv", ["code", "parent", "kind", "name"] + (["valid_from", "valid_to"] if case.dated else []), case.units())
    if case.chance(0.8):
        case.table(f"{folder}/groups.csv", ["group", "unit", "period", "role"], case.groups())
    movement = case.movement()
    with open(f"{folder}/movement.toml", "w", encoding="utf-8") as file:
        file.write(movement)
    header = ["unit", "indicator", "period", "value", "target"] + (["source"] if entries else [])
    case.table(f"{folder}/values.csv", header, [row[:len(header)] for row in case.values()])


if __name__ == "__main__":
    write_case(int(sys.argv[1]), sys.argv[2], "--entries" in sys.argv[3:])
