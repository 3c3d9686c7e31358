#!/usr/bin/env python3
"""Does the plain implementation give what a person works out by hand?"""
import csv
import os
import sys
import tempfile
import unittest
from fractions import Fraction

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import formats
from formula import Formula, FormulaError
from random_movement import write_case
from rounding import round_to, written


def scored(movement, values, units=None, groups="", rollup=False, header="unit,indicator,period,value,target"):
    """Rows of standings.csv (with points) or rollup.csv as dictionaries by unit. `values`: one `a,x,,5` a line."""
    lines = values.split()
    units = units or "\n".join(f"{u},,cell,{u}" for u in dict.fromkeys(line.split(",")[0] for line in lines))
    files = {"units.csv": "code,parent,kind,name\n" + "\n".join(units.split()), "groups.csv": "group,unit\n" + "\n".join(groups.split()),
             "values.csv": header + "\n" + "\n".join(lines),
             "movement.toml": 'format = "guidon/movement/1"\nkey = "m"\nperiod = "2025"\n' + movement}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
                file.write(text + "\n")
        arguments = [f"--{n.split('.')[0]}={folder}/{n}" for n in files]
        status = formats.main(arguments + [f"--out={folder}/out.csv", f"--rollup={folder}/rollup.csv", "--points"])
        if status:
            return status
        with open(f"{folder}/{'rollup' if rollup else 'out'}.csv", encoding="utf-8", newline="") as file:
            return {row["unit"]: row for row in csv.DictReader(file)}


def column(rows, name="rank"):
    return " ".join(f"{unit}:{row[name]}" for unit, row in rows.items())


def criterion(key, rule, most=None, more=""):
    return f'[[criteria]]\nkey = "{key}"\n' + (f"max = {most}\n" if most is not None else "") + f"rule = {{ {rule} }}\n{more}\n"


GRADED = 'kind = "graded"'
SUM = criterion("p", 'kind = "per_case", each = 1', 0)


class WorkedExamples(unittest.TestCase):
    """Examples of the field, worked out on paper."""

    def cluster_of_six(self, cap):
        movement = "".join(f'[[sections]]\nkey = "{key}"\n' for key in "ABC") + f'[[sections]]\nkey = "bonus"\nmost = {cap}\n'
        movement += "".join(criterion(key, GRADED, most, f'section = "{key}"') for key, most in (("A", 600), ("B", 260), ("C", 100)))
        movement += criterion("bonus", 'kind = "per_case", each = 1', None, 'section = "bonus"')
        movement += criterion("deduction", 'kind = "per_case", each = -1') + "[total]\nround = { step = 0.01 }\n"
        table = {"P": ("588.5", "247", "92", "14", "6"), "Q": ("571.25", "251.5", "95", "20", "2"), "R": ("560", "255", "88.5", "9", "0")}
        keys = ("A", "B", "C", "bonus", "deduction")
        values = "\n".join(f"{unit},{key},2025,{v}," for unit, row in table.items() for key, v in zip(keys, row))
        return scored(movement, values)

    def test_a_cluster_is_led_by_a_quarter_of_a_point(self):
        self.assertEqual(column(self.cluster_of_six(40), "total"), "Q:935.75 P:935.50 R:912.50")
        self.assertEqual(column(self.cluster_of_six(15), "total"), "P:935.50 Q:930.75 R:912.50")

    def test_deductions_stop_at_their_limit(self):
        late = criterion("late", 'kind = "per_case", each = -1.5, least = -5')
        self.assertEqual(column(scored(late, "a,late,,4, b,late,,2,"), "total"), "b:-3.000 a:-5.000")

    def test_proportional_points_and_bonus_for_full_percents(self):
        ratio = criterion("registered", 'kind = "ratio", to = "target"', 60)
        self.assertEqual(column(scored(ratio, "a,registered,,47,50"), "total"), "a:56.400")
        bonus = criterion("revenue", 'kind = "formula", expression = "floor(v - 100)", least = 0, most = 5', 0)
        self.assertEqual(column(scored(bonus, "a,revenue,,108.7, b,revenue,,102.9, c,revenue,,99,"), "total"), "a:5.000 b:2.000 c:0.000")

    def test_trimmed_mean_of_peers_in_a_composite(self):
        movement = '[[indicators]]\nkey = "peers"\nentries = "mean"\ndrop_lowest = 1\ndrop_highest = 1\nround = { step = 0.01 }\n'
        movement += "".join(criterion(k, f'kind = "per_case", each = {w}', 0) for k, w in (("self", "0.2"), ("peers", "0.3"), ("verified", "0.5")))
        movement += "[total]\nround = { step = 0.01 }\n"
        values = "a,self,,97.5,, a,verified,,93,, " + " ".join(f"a,peers,,{v},,j{v}" for v in ("94", "95.5", "96", "91", "99.5"))
        self.assertEqual(column(scored(movement, values, header="unit,indicator,period,value,target,source"), "total"), "a:94.55")

    def test_what_does_not_apply_can_decide_the_class(self):
        bands = 'kind = "bands", bands = [{ from = 90, points = 30 }, { from = 80, points = 27 }, { from = 70, points = 24 }]'
        classes = '[[classes]]\nkey = "good"\nat_least = 90\n[[classes]]\nkey = "fair"\nat_least = 70\n[[classes]]\nkey = "weak"\n'
        for policy, outcome in (("skip", ("86.000", "95.000", "good")), ("zero", ("86.000", "100.000", "fair"))):
            movement = criterion("others", GRADED, 65) + criterion("thematic", GRADED, 5, f'not_applicable = "{policy}"')
            movement += criterion("results", bands, 30) + classes
            row = scored(movement, "a,others,,59, a,thematic,,na, a,results,,85.2,")["a"]
            self.assertEqual((row["total"], row["max"], row["class"]), outcome)

    def test_rates_of_a_commune(self):
        movement = '[[sections]]\nkey = "reception"\n' + criterion("disclosed", 'kind = "ratio", to = "target"', 20)
        movement += criterion("settled", 'kind = "ratio", to = "target"', 15, 'section = "reception"\nround = { step = 0.01 }')
        movement += criterion("petitions", 'kind = "per_case", each = -2', 0, 'section = "reception"')
        movement += criterion("other", GRADED, 65)
        row = scored(movement, "a,disclosed,,18,20 a,settled,,81,86 a,petitions,,1, a,other,,56,")["a"]
        self.assertEqual((row["points:settled"], row["total"]), ("14.13", "86.130"))

    def test_four_goods_need_each_good(self):
        movement = "".join(f'[[sections]]\nkey = "s{n}"\n' for n in range(4))
        movement += "".join(criterion(f"g{n}", GRADED, 25, f'section = "s{n}"') for n in range(4))
        movement += '[[classes]]\nkey = "good"\nat_least = 90\neach_section_at_least = 80\n[[classes]]\nkey = "other"\n'
        values = " ".join(f"{u},g{n},,{v}," for u, points in (("a", (24, 22, 19, 25)), ("b", (24, 22, 20, 24))) for n, v in enumerate(points))
        self.assertEqual(column(scored(movement, values), "class"), "a:other b:good")

    def test_backlogs_to_two_places(self):
        movement = criterion("sites", 'kind = "ratio", to = "target"', 100, "round = { step = 0.01 }")
        rows = scored(movement, "a,sites,,62,62 b,sites,,20,47 c,sites,,81,86")
        self.assertEqual(column(rows, "points:sites"), "a:100.00 c:94.19 b:42.55")


class Rules(unittest.TestCase):
    def total(self, rule, value, most=10, more=""):
        return scored(criterion("x", rule, most, more), f"a,x,,{value}")["a"]["total"]

    def test_ratio_may_fall(self):
        rule = 'kind = "ratio", from = 20, to = 10'
        self.assertEqual([self.total(rule, f"{v},") for v in (8, 10, 15, 20, 25)], ["10.000", "10.000", "5.000", "0.000", "0.000"])

    def test_ratio_without_a_span_is_all_or_nothing(self):
        self.assertEqual([self.total('kind = "ratio", to = "target"', v) for v in ("0,0", "-1,0", "5,")], ["10.000", "0.000", "0.000"])

    def test_bands_on_value_and_share(self):
        bands = 'kind = "bands", bands = [{ from = 0.95, points = 30 }, { from = 0.8, points = 24 }]'
        self.assertEqual([self.total(bands, v) for v in ("0.95,", "0.949999,", "0.79,")], ["30.000", "24.000", "0.000"])
        self.assertEqual([self.total(bands + ', on = "share"', v) for v in ("19,20", "16,20", "5,0", "5,")], ["30.000", "24.000", "0.000", "0.000"])
        lower = 'kind = "bands", lower_is_better = true, bands = [{ from = 2, points = 9 }, { from = 5, points = 4 }]'
        self.assertEqual([self.total(lower, v) for v in ("2,", "2.1,", "5,", "5.1,")], ["9.000", "4.000", "4.000", "0.000"])

    def test_graded_beyond_its_maximum_is_refused(self):
        self.assertEqual(scored(criterion("x", GRADED, 10), "a,x,,10.5,"), 2)

    def test_missing_is_refused_only_where_something_was_reported(self):
        movement = criterion("x", 'kind = "yes_no"', 5, 'missing = "refuse"') + criterion("y", 'kind = "yes_no"', 5)
        self.assertEqual(scored(movement, "a,x,,, b,x,,1,")["a"]["rank"], "")
        self.assertEqual(scored(movement, "a,y,,1, b,x,,1,"), 2)

    def test_relative(self):
        values = "a,x,,4, b,x,,2, c,x,,2, d,x,,0,"
        for rule, outcome in (
            ('"min-max"', "a:10.000 b:5.000 c:5.000 d:0.000"),
            ('"rank"', "a:10.000 b:7.500 c:7.500 d:2.500"),
            ('"share-of-best"', "a:10.000 b:5.000 c:5.000 d:0.000"),
            ('"min-max", lower_is_better = true', "d:10.000 b:5.000 c:5.000 a:0.000"),
            ('"rank", lower_is_better = true', "d:10.000 b:7.500 c:7.500 a:2.500"),
        ):
            self.assertEqual(column(scored(criterion("x", f'kind = "relative", method = {rule}', 10), values), "total"), outcome)

    def test_formula_follows_precedence_and_refuses_what_is_not_finite(self):
        for text, value in (("-2^2", -4), ("2^3^2", 512), ("2^-1", 0.5), ("round(-2.5)", -3), ("if(v > 2, 1/0, 7)", 7), ("min(1, v / 0)", 1), ("1 - 1 - 1", -1)):
            self.assertEqual(Formula(text).value({"v": 1.0}), value, text)
        for text in ("1 / 0", "ln(0 - 1)", "exp(1000)", "0 ^ -1"):
            with self.assertRaises(FormulaError):
                Formula(text).value({})


class Rollups(unittest.TestCase):
    UNITS = "r,,district,R a,r,commune,A b,r,commune,B a1,a,cell,A1 a2,a,cell,A2 a3,a,cell,A3"

    def test_values_and_targets_roll_up_on_their_own(self):
        movement = '[[indicators]]\nkey = "x"\nrollup = "sum"\n' + criterion("x", 'kind = "ratio", to = "target"', 100)
        rows = scored(movement, "a1,x,,3,4 a2,x,,na,6 a3,x,,,10 b,x,,5,5 r,x,,,100", self.UNITS)
        self.assertEqual({u: r["total"] for u, r in rows.items()}, {"b": "100.000", "a1": "75.000", "r": "8.000", "a2": "0.000", "a3": ""})

    def test_rollup_counts_the_subtree_with_the_unit_itself(self):
        movement = '[participants]\nkinds = ["cell", "commune"]\n' + SUM + '[[classes]]\nkey = "k"\n[total]\nround = { step = 0.01 }\n'
        rows = scored(movement, "a,p,,1, a1,p,,2, a2,p,,2, b,p,,4,", self.UNITS, rollup=True)
        self.assertEqual([tuple(r.values()) for r in rows.values()], [("a", "3", "1.67", "3"), ("r", "4", "2.25", "4")])


class RanksAndClasses(unittest.TestCase):
    def test_a_unit_that_ended_before_the_cycle_takes_no_part(self):
        movement = "starts = 2025-01-01\nends = 2025-12-31\n" + SUM
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (("u", "code,parent,kind,name,valid_from,valid_to\na,,x,A,,2025-01-01\nb,,x,B,,2025-01-02\nc,,x,C,2025-12-31,\nd,,x,D,2026-01-01,\n"),
                               ("v", "unit,indicator,period,value\na,p,,1\nb,p,,1\nc,p,,1\nd,p,,1\n"), ("m", 'period = "2025"\n' + movement)):
                with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
                    file.write(text)
            formats.main([f"--units={folder}/u", f"--values={folder}/v", f"--movement={folder}/m", f"--out={folder}/o"])
            with open(f"{folder}/o", encoding="utf-8") as file:
                self.assertEqual([row["unit"] for row in csv.DictReader(file)], ["b", "c"])

    def test_rest_of_a_tie(self):
        values = "a,p,,1, b,p,,2, c,p,,2, d,p,,3,"
        for rest, ranks in (("share", "d:1 b:2 c:2 a:4"), ("dense", "d:1 b:2 c:2 a:3"), ("code", "d:1 b:2 c:3 a:4")):
            self.assertEqual(column(scored(SUM + f'[ranking]\nrest = "{rest}"\n', values)), ranks)

    def test_ties_in_turn_with_missing_last(self):
        ties = '[ranking]\nties = ["indicator:x", "-indicator:y"]\n'
        values = "a,p,,1, b,p,,1, c,p,,1, d,p,,1, a,x,,5, b,x,,5, c,x,,na, a,y,,2, b,y,,1, c,y,,9,"
        self.assertEqual(column(scored(SUM + ties, values)), "b:1 a:2 c:3 d:4")

    def test_unranked_come_after_the_ranked_of_their_group(self):
        rows = scored(SUM, "b,p,,1,", "a,,x,A b,,x,B", "g,a g,b")
        self.assertEqual([list(r.values()) for r in rows.values()], [["g", "1", "b", "1.000", "0.000", "", "1", "1.000"], ["g", "", "a", "", "", "", "1", ""]])

    def test_quota_drops_those_tied_at_its_limit_together(self):
        movement = criterion("p", GRADED, 10) + '[[classes]]\nkey = "best"\nat_least = 50\nmost_share = 0.4\n[[classes]]\nkey = "rest"\n'
        fives = "a,p,,9, b,p,,8, c,p,,8, d,p,,7, e,p,,1,"
        self.assertEqual(column(scored(movement, fives), "class"), "a:best b:rest c:rest d:rest e:rest")
        self.assertEqual(column(scored(movement, fives.replace("c,p,,8", "c,p,,7")), "class"), "a:best b:best c:rest d:rest e:rest")

    def test_a_failed_gate_caps_and_a_class_may_need_one(self):
        movement = criterion("p", GRADED, 10) + '[[gates]]\nkey = "g"\nvalue = "bad"\npasses = { at_most = 0 }\ncaps_class = "low"\n'
        movement += '[[gates]]\nkey = "n"\npasses = { at_least = 1 }\nmissing = "pass"\n'
        movement += '[[classes]]\nkey = "top"\nat_least = 90\nneeds = ["n"]\n[[classes]]\nkey = "mid"\nat_least = 50\n[[classes]]\nkey = "low"\n'
        rows = scored(movement, "a,p,,9, b,p,,9, c,p,,9, a,bad,,0, b,bad,,1, c,bad,,na, c,n,,0,")
        self.assertEqual(column(rows, "class"), "a:top b:low c:mid")

    def test_rounding_modes(self):
        half, step = Fraction("-0.125"), Fraction("0.25")
        self.assertEqual([round_to(half, step, m) * 4 for m in ("half-up", "half-even", "down", "up")], [-1, 0, 0, -1])
        self.assertEqual([written(Fraction(n, 3), Fraction(s)) for n, s in ((1, "0.01"), (-1, "5"), (2, "0"), (6, "0"))], ["0.33", "0", "0.666667", "2"])


class Entries(unittest.TestCase):
    HEADER = "unit,indicator,period,value,target,source"

    def test_best_results_and_count_back(self):
        movement = '[[indicators]]\nkey = "season"\nfrom = "finish"\nentries = "sum"\nbest = 2\nlower_is_better = true\n'
        movement += "bands = [{ from = 1, points = 9 }, { from = 2, points = 6 }, { from = 3, points = 3 }]\n"
        movement += '[[indicators]]\nkey = "wins"\nfrom = "finish"\nentries = "count"\nequals = 1\n'
        movement += '[[criteria]]\nkey = "points"\nvalue = "season"\nrule = { kind = "per_case", each = 1 }\n[ranking]\nties = ["indicator:wins"]\n'
        values = "a,finish,,1,,r1 a,finish,,3,,r2 a,finish,,3,,r3 b,finish,,2,,r1 b,finish,,2,,r2 b,finish,,8,,r3 c,finish,,9,,r1"
        rows = scored(movement, values, header=self.HEADER)
        self.assertEqual((column(rows), column(rows, "total")), ("a:1 b:2 c:3", "a:12.000 b:12.000 c:0.000"))

    def test_among_looks_only_at_the_tied(self):
        movement = '[[indicators]]\nkey = "p"\nentries = "sum"\n' + SUM + '[ranking]\nties = ["among:p"]\n'
        values = "a,p,,3,,d a,p,,0,,b b,p,,3,,a b,p,,0,,d c,p,,1,,d d,p,,1,,c"
        self.assertEqual(column(scored(movement, values, header=self.HEADER)), "b:1 a:2 c:3 d:3")


class RandomMovements(unittest.TestCase):
    def test_a_seed_always_gives_the_same_files_and_they_can_be_scored(self):
        with tempfile.TemporaryDirectory() as folder:
            for seed in range(20):
                for copy in "ab":
                    write_case(seed, f"{folder}/{copy}{seed}", entries=seed % 2 == 1)
                    for name in os.listdir(f"{folder}/a{seed}"):
                        with open(f"{folder}/a{seed}/{name}", "rb") as one, open(f"{folder}/{copy}{seed}/{name}", "rb") as other:
                            self.assertEqual(one.read(), other.read())
                case = f"{folder}/b{seed}"
                self.assertEqual(formats.main([f"--units={case}/units.csv", f"--movement={case}/movement.toml", f"--values={case}/values.csv", f"--out={case}/out.csv"]), 0)


if __name__ == "__main__":
    unittest.main()
