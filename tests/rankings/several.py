"""Rankings in which a value comes from several entries: judges, races, opponents, juries, cantons, problems."""
from decimal import Decimal

from plain import by_edition
from running import Edition, Matches, code, published, same, standings


def popular_votes():
    matches = Matches()
    rows = list(published("swiss_popular_votes.csv"))
    decision, cantons = Edition("popular-votes", "1990"), Edition("popular-votes-cantons", "1990")
    halves = {"canton_ow", "canton_nw", "canton_bs", "canton_bl", "canton_ar", "canton_ai"}
    for row in rows:
        row["unit"] = f"vote-{row['vote_no']}"
        decision.report(row["unit"], "yes", row["yes_votes"])
        decision.report(row["unit"], "no", row["no_votes"])
        needed = row["legal_form"] != "optional_referendum" and row["cantons_accepted_published"]
        for canton in (c for c in row if c.startswith("canton_") and row[c]):
            weight = Decimal("0.5") if canton in halves else 1
            for edition in (decision, cantons) if needed else (cantons,):
                edition.report(row["unit"], "cantons", weight, canton[7:])
                edition.report(row["unit"], "cantons_yes", weight * int(row[canton]), canton[7:])
        if not needed:
            decision.report(row["unit"], "cantons_yes", "na", "none")
    decided, percentages = standings(decision), standings(cantons)
    for row in rows:
        got = decided[row["unit"]]
        matches.count("people", int(got["points:people"]) == int(row["people_accepted_published"]))
        matches.count("cantons", row["cantons_accepted_published"] and got["points:cantons"] == row["cantons_accepted_published"])
        matches.count("accepted", (got["class"] == "accepted") == (row["accepted_published"] == "1"))
        matches.count("canton percentages", same(percentages[row["unit"]]["total"], row["cantons_yes_pct_published"]))
    return matches


def mathematical_olympiad():
    matches = Matches()
    rows = list(published("imo_2024_individuals.csv"))
    edition = Edition("mathematical-olympiad", "2024")
    for row in rows:
        for problem in ("p1", "p2", "p3", "p4", "p5", "p6"):
            edition.report(code(row["contestant_id"]), "mark", row[problem], problem)
    outcome = standings(edition)
    for row in rows:
        got = outcome[code(row["contestant_id"])]
        matches.count("totals", got["total"] == row["total_published"])
        matches.count("ranks", got["rank"] == row["rank_published"])
        matches.count("awards", got["class"] == (row["award_published"].lower().replace(" ", "-") or "none"))
    return matches


def grand_prix():
    matches = Matches()
    rules = {"1985": "1985", "1988": "1985", "1989": "1985", "2008": "2008", "2010": "2010", "2016": "2010"}
    champions = dict(by_edition(published("f1_driver_standings.csv"), lambda r: r["season"]))
    for season, rows in by_edition(published("f1_race_results.csv"), lambda r: r["season"]):
        finished = [row for row in rows if row["finish"].isdigit()]
        races, whole = Edition(f"grand-prix-race-{rules[season]}", season), Edition(f"grand-prix-{rules[season]}", season)
        for row in finished:
            row["unit"] = f"{row['round']}.{row['driver_id']}"
            races.report(row["unit"], "finish", row["finish"])
            races.groups[row["unit"]] = row["race"]
            whole.report(row["driver_id"], "finish", row["finish"], row["round"])
        outcome = standings(races)
        for row in finished:
            matches.count("race points", same(outcome[row["unit"]]["total"], row["points_published"]))
        outcome = standings(whole)
        for row in champions[season]:
            matches.count("points", same(outcome[row["driver_id"]]["total"], row["points_published"]))
            matches.count("positions", outcome[row["driver_id"]]["rank"] == row["position_published"])
    return matches


def world_cup():
    matches = Matches()
    tables = dict(by_edition(published("worldcup_group_standings.csv"), lambda r: r["tournament"]))
    for tournament, games in by_edition(published("worldcup_group_matches.csv"), lambda r: r["tournament"]):
        edition = Edition("world-cup-groups", tournament[:4])
        for game in games:
            for team, other in (("home", "away"), ("away", "home")):
                scored, conceded = int(game[f"{team}_goals"]), int(game[f"{other}_goals"])
                edition.groups[game[team]] = game["group"]
                for indicator, goals in (("goals_for", scored), ("goals_against", conceded), ("goal_difference", scored - conceded)):
                    edition.report(game[team], indicator, goals, game[other])
        outcome = standings(edition)
        for row in tables[tournament]:
            got = outcome[row["team"]]
            columns = ("played", "won", "drawn", "lost", "goals_for", "goals_against", "goal_difference", "points")
            matches.count("rows", all(same(got[f"points:{c}"], row[f"{c}_published"]) for c in columns))
            matches.count("positions", got["rank"] == row["position_published"])
    return matches


def song_contests():
    matches = Matches()
    votes = dict(by_edition(published("eurovision_final_votes.csv"), lambda r: r["year"]))
    for year, rows in by_edition(published("eurovision_final_results.csv"), lambda r: r["year"]):
        edition = Edition("song-contest-2008" if int(year) >= 2008 else "song-contest-1998", year)
        given = {(v["from_country"], v["to_country"]): v["points"] for v in votes[year]}
        for row in rows:
            edition.report(row["country"], "running_order", row["running_order"])
            for voter in {voter for voter, _ in given} - {row["country"]}:  # the publisher leaves zero votes out
                edition.report(row["country"], "vote", given.get((voter, row["country"]), 0), voter)
        outcome = standings(edition)
        for row in rows:
            matches.count("totals", same(outcome[row["country"]]["total"], row["total_published"]))
            matches.count("places", outcome[row["country"]]["rank"] == row["place_published"])
    return matches


def figure_skating():
    matches = Matches()
    performances = {row["performance_id"]: row for row in published("skating_performances.csv")}
    components = {key: rows for key, rows in by_edition(published("skating_components.csv"), lambda r: r["performance_id"])}
    elements = {key: rows for key, rows in by_edition(published("skating_elements.csv"), lambda r: r["performance_id"])}
    short = lambda row: "SHORT" in row["segment"]
    for (brief, factor), rows in by_edition(performances.values(), lambda r: (short(r), components[r["performance_id"]][0]["factor"])):
        file = "skating-short" if brief else "skating-free"
        panels = Edition(file, "2017", {"each = FACTOR": "each = 1"})
        scored = Edition(file, "2017", {"each = FACTOR": f"each = {factor}"})
        for edition in (panels, scored):
            for row in rows:
                skate(edition, row, components[row["performance_id"]], elements[row["performance_id"]])
        compare_skating(matches, rows, components, standings(panels), standings(scored))
    return matches


def component_key(name):
    return name.split(" of the ")[0].lower().replace(" ", "_")


def skate(edition, row, components, elements):
    unit = row["performance_id"]
    edition.groups[unit] = f"{row['competition']} {row['segment']}"
    edition.report(unit, "deductions", row["deductions_published"])
    for component in components:
        for judge in (f"J{n}" for n in range(1, 10)):
            edition.report(unit, component_key(component["component"]), component[judge], judge)
    for element in elements:
        edition.report(unit, "base_value", element["base_value"], element["element_no"])
        edition.report(unit, "execution", element["goe_panel"], element["element_no"])


def compare_skating(matches, rows, components, panels, scored):
    for row in rows:
        unit = row["performance_id"]
        got = scored[unit]
        keys = [component_key(c["component"]) for c in components[unit]]
        for component, key in zip(components[unit], keys):
            matches.count("component panels", same(panels[unit][f"points:{key}"], component["panel_score_published"]))
        matches.count("component scores", same(sum(Decimal(got[f"points:{key}"]) for key in keys), row["component_score_published"]))
        matches.count("element scores", same(Decimal(got["points:base_value"]) + Decimal(got["points:execution"]), row["element_score_published"]))
        matches.count("segments", same(got["total"], row["segment_score_published"]))
        matches.count("ranks", got["rank"] == row["rank_published"])
