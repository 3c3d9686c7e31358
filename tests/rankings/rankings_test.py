#!/usr/bin/env python3
"""Do published rankings come out of the program, from their published components, to the last figure?

Runs build/release/guidon, or what the variable GUIDON names (`reference`: the plain implementation in tests/reference).
The data lie beside the project; without them nothing can be compared and the test says so.
"""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import plain
import several
from running import DATA


@unittest.skipUnless(os.path.isdir(DATA), f"no published rankings in {DATA}")
class PublishedRankings(unittest.TestCase):
    maxDiff = None

    def test_competitiveness_of_provinces_is_a_weighted_sum(self):
        self.assertEqual(plain.competitiveness(), {"totals": 380, "ranks": 380})

    def test_governance_of_provinces_is_a_sum_of_sums(self):
        self.assertEqual(plain.governance(), {"totals": 189, "dimensions": 1134})

    def test_human_development_is_a_geometric_mean_ranked_as_rounded(self):
        self.assertEqual(plain.human_development(), {"values": 609, "ranks": 193, "tiers": 193})

    def test_medal_tables_are_ranked_by_gold_then_silver_then_bronze(self):
        self.assertEqual(plain.medals(), {"totals": 1079, "ranks": 1079})

    def test_decathlon_points_follow_the_scoring_formulas(self):
        # The seven others were printed with too few digits or mistyped upstream.
        self.assertEqual(plain.decathlon(), {"points": 34, "ranks": 41})

    def test_popular_votes_need_one_majority_or_two(self):
        self.assertEqual(several.popular_votes(), {"people": 381, "cantons": 273, "canton percentages": 381, "accepted": 381})

    def test_mathematical_olympiad_awards(self):
        self.assertEqual(several.mathematical_olympiad(), {"totals": 609, "ranks": 609, "awards": 609})

    def test_grand_prix_seasons_drop_results_and_count_back(self):
        self.assertEqual(several.grand_prix(), {"race points": 1616, "points": 139, "positions": 139})

    def test_world_cup_groups_go_to_head_to_head(self):
        self.assertEqual(several.world_cup(), {"rows": 152, "positions": 152})

    def test_song_contests_count_twelves(self):
        self.assertEqual(several.song_contests(), {"totals": 271, "places": 271})

    def test_figure_skating_trims_its_judges(self):
        self.assertEqual(several.figure_skating(), {"component panels": 2190, "component scores": 438, "element scores": 438, "segments": 438, "ranks": 438})


if __name__ == "__main__":
    unittest.main()
