"""Rankings whose components are one value each."""
from decimal import Decimal

from running import Edition, Matches, code, near, published, same, standings


def by_edition(rows, key):
    editions = {}
    for row in rows:
        editions.setdefault(key(row), []).append(row)
    return editions.items()


def millionths(text):
    """With the six digits after the point that a reported value may have."""
    return str(round(Decimal(text), 6))


def competitiveness():
    matches = Matches()
    parts = ("entry_costs", "land_access", "transparency", "time_costs", "informal_charges", "policy_bias", "proactivity",
             "business_support", "labor_training", "legal_institutions")
    weights = {"2006": "2006", "2007": "2006", "2009": "2009", "2010": "2009", "2013": "2013", "2014": "2013"}
    for year, rows in by_edition(published("vn_pci_provinces.csv"), lambda r: r["year"]):
        edition = Edition(f"competitiveness-{weights[year]}", year)
        for row in rows:
            row["unit"] = row["province_code"] or code(row["province"])
            for part in parts:
                edition.report(row["unit"], part, row[part])
        outcome = standings(edition)
        for row in rows:
            matches.count("totals", near(outcome[row["unit"]]["total"], row["pci_weighted_published"], parts=10))
            matches.count("ranks", outcome[row["unit"]]["rank"] == row["rank_published"])
    return matches


def governance():
    matches = Matches()
    for year, rows in by_edition(published("vn_papi_provinces.csv"), lambda r: r["year"]):
        parts = [c for c in rows[0] if c[0] == "d" and c[2] == "s"]
        dimensions = [c for c in rows[0] if c[0] == "d" and c[2] == "_"]
        edition = Edition("governance", year)
        for row in rows:
            for part in parts:
                edition.report(row["province_code"], part[:4], row[part])
        outcome = standings(edition)
        for row in rows:
            got = outcome[row["province_code"]]
            matches.count("totals", near(got["total"], row["papi_unweighted_total_published"], parts=22))
            for dimension in dimensions:
                points = [Decimal(got[f"points:{part[:4]}"]) for part in parts if part[:2] == dimension[:2]]
                matches.count("dimensions", near(sum(points), row[dimension], len(points)))
    return matches


def human_development():
    matches = Matches()
    parts = {"life_expectancy": "life_expectancy", "expected_years": "expected_years_schooling",
             "mean_years": "mean_years_schooling", "gni": "gni_per_capita_ppp"}
    for year, rows in by_edition(published("hdi_countries.csv"), lambda r: r["year"]):
        edition = Edition("human-development", year)
        for row in rows:
            edition.groups[row["iso3"]] = "aggregates" if row["iso3"].startswith("ZZ") else "countries"
            for indicator, column in parts.items():
                edition.report(row["iso3"], indicator, millionths(row[column]))
        outcome = standings(edition)
        for row in rows:
            got = outcome[row["iso3"]]
            matches.count("values", same(got["total"], row["hdi_published"]))
            if row["hdi_rank_published"]:
                matches.count("ranks", got["rank"] == row["hdi_rank_published"])
                matches.count("tiers", got["class"] == row["tier_published"].lower().replace(" ", "-"))
    return matches


def medals():
    matches = Matches()
    for year, rows in by_edition(published("olympic_medal_tables.csv"), lambda r: r["year"]):
        editions = [Edition("medals", year), Edition("medals-counted", year)]
        for row in rows:
            for metal in ("gold", "silver", "bronze"):
                for edition in editions:
                    edition.report(code(row["noc"]), metal, row[metal])
        ranked, counted = map(standings, editions)
        for row in rows:
            matches.count("ranks", ranked[code(row["noc"])]["rank"] == row["rank_published"])
            matches.count("totals", same(counted[code(row["noc"])]["total"], row["total_published"]))
    return matches


def decathlon():
    matches = Matches()
    rows = list(published("decathlon_results.csv"))
    edition = Edition("decathlon", "2004")
    for row in rows:
        row["unit"] = code(f"{row['competition']}.{row['athlete']}")
        edition.groups[row["unit"]] = row["competition"]
        for column, value in row.items():
            if column.startswith("m1") or column.endswith(("_s", "_m")):
                edition.report(row["unit"], column, value)
    outcome = standings(edition)
    for row in rows:
        matches.count("points", same(outcome[row["unit"]]["total"], row["points_published"]))
        matches.count("ranks", outcome[row["unit"]]["rank"] == row["rank_published"])
    return matches
