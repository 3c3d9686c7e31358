#!/usr/bin/env python3
"""Makes the files of the demo: demo/units.csv (facts) and the sample figures of the demo's movements.

usage: demo_data.py VIETNAM_DIR      (the folder with vn_units_before_2025-07-01.csv and vn_units_after_2025-07-01.csv)

The units are facts, see demo/README.md for their source and licence. Cells, committees and all figures but
those of the Ky Anh trackers are invented and say so (tag `sample`, `sample = true` in the movement).
"""
import csv
import pathlib
import random
import sys

SOURCE = pathlib.Path(sys.argv[1]) / "vn_units_before_2025-07-01.csv"
AFTER = pathlib.Path(sys.argv[1]) / "vn_units_after_2025-07-01.csv"
REFORM = "2025-07-01"  # districts ended, communes joined; told for the province of document A
OUT = pathlib.Path(__file__).parent.parent / "demo"
KIND = {
    "Tỉnh": "province", "Thành phố trung ương": "municipality", "Huyện": "district", "Quận": "urban-district",
    "Thị xã": "town", "Thành phố": "city", "Xã": "commune", "Phường": "ward", "Thị trấn": "township",
    "Đặc khu": "special-zone",
}
URDU = {
    "VN": "ویتنام", "22": "کوانگ نِن", "37": "نِن بِن", "38": "تھانہ ہوا", "40": "نگھے آن", "42": "ہا تِن",
    "44": "کوانگ بِن", "45": "کوانگ تری", "46": "ہوئے", "01": "ہنوئی", "440": "ڈک تھو", "449": "کی آن ٹاؤن",
    "450": "ڈونگ ہوئی", "461": "ڈونگ ہا", "193": "ہا لونگ", "194": "مونگ کائی", "195": "کیم فا", "196": "اونگ بی",
    "198": "بِن لیو", "199": "تیئن یین", "200": "ڈم ہا", "201": "ہائی ہا", "202": "با چے", "203": "وان ڈون",
    "205": "ڈونگ تریو", "206": "کوانگ یین", "207": "کو تو", "06913": "کوانگ تن", "370": "تام ڈیپ", "372": "نیو کوان",
    "373": "زا ویئن", "374": "ہوا لو", "375": "یین کھان", "376": "کِم سون", "377": "یین مو",
}
random_of = random.Random  # every table draws from a generator of its own, so that one can change alone


def write(name, header, rows):
    with open(OUT / name, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def read_units(source):
    with open(source, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def decimal(millis):
    text = f"{abs(millis) // 1000}.{abs(millis) % 1000:03d}".rstrip("0").rstrip(".")
    return ("-" if millis < 0 else "") + text


units = read_units(SOURCE)
province_of = {}
for u in units:
    province_of[u["code"]] = u["code"] if u["level"] == "1" else province_of.get(u["parent_code"], "")


def end_of(code):
    return REFORM if province_of.get(code) == "22" and code != "22" else ""


rows = [("VN", "", "country", "Việt Nam", "Viet Nam", URDU["VN"], "")]
owners = []
for u in units:
    row = (u["code"], u["parent_code"], KIND[u["type"]], u["name"], u["name_en"], URDU.get(u["code"], ""), "")
    if end := end_of(u["code"]):
        owners.append((*row, end))
    else:
        rows.append(row)

# Document C: the district's grassroots organisations and their cells. Their names are samples.
communes = [u for u in units if u["parent_code"] == "440"]
draw = random_of("cells")
organisations, cells = [], []
for c in communes:
    place = {"Xã": ("xã", "commune"), "Thị trấn": ("thị trấn", "town")}[c["type"]]
    code = f"DT-{c['code']}"
    organisations.append(code)
    rows.append((code, c["code"], "grassroots-organisation", f"Đảng bộ {place[0]} {c['name']}",
                 f"Party committee of {c['name_en']} {place[1]}", f"{c['name_en']} کی پارٹی کمیٹی", "sample"))
    for n in range(1, draw.randint(5, 8) + 1):
        cells.append((f"{code}-{n:02d}", code))
        rows.append((f"{code}-{n:02d}", code, "cell", f"Chi bộ {n}, {c['name']}",
                     f"Cell {n}, {c['name_en']}", f"پارٹی سیل {n}، {c['name_en']}", "sample"))
write("units.csv", ("code", "parent", "kind", "name", "name:en", "name:ur", "tags"), rows)

# Document A: who owns the five named exemplars, besides territorial units, and the coal company's party committee. Which
# companies its grassroots organisations belong to is not told there: their names are samples.
owners.append(("TQN", "22", "party-committee", "Đảng bộ Than Quảng Ninh", "Quang Ninh Coal Party Committee",
             "کوانگ نِن کول پارٹی کمیٹی", "", ""))
owners.append(("TQN-CP", "TQN", "enterprise", "Công ty cổ phần than", "Coal joint-stock company",
             "کوئلے کی جوائنٹ اسٹاک کمپنی", "sample", ""))
MINES = [("than", "coal", "کوئلہ", 12), ("tuyển than", "coal sorting", "کوئلے کی چھانٹی", 3),
         ("kho vận", "stores and transport", "گودام و نقل و حمل", 2), ("cơ khí mỏ", "mining machinery", "کان کنی مشینری", 2),
         ("xây lắp mỏ", "mine construction", "کان کی تعمیر", 2), ("môi trường mỏ", "mine environment", "کان کا ماحول", 1),
         ("địa chất mỏ", "mine geology", "کان کی ارضیات", 1), ("vật tư mỏ", "mine supplies", "کان کا سامان", 1)]
at = 0
for vi, en, ur, count in MINES:
    for n in range(1, count + 1):
        at += 1
        number = f" số {n}" if count > 1 else ""
        in_english, in_urdu = (f" No. {n}", f" نمبر {n}") if count > 1 else ("", "")
        owners.append((f"TQN-{at:02d}", "TQN", "grassroots-organisation", f"Đảng bộ Công ty {vi}{number}",
                     f"Party committee, {en} company{in_english}", f"پارٹی کمیٹی، کمپنی براے {ur}{in_urdu}", "sample", ""))
BODIES = [("HND", "farmers-association", "Hội Nông dân", "Farmers' Association", "انجمنِ کسان"),
          ("PN", "womens-union", "Hội Liên hiệp Phụ nữ", "Women's Union", "انجمنِ خواتین"),
          ("DTN", "youth-union", "Đoàn Thanh niên", "Youth Union", "یوتھ یونین"),
          ("CCB", "veterans-association", "Hội Cựu chiến binh", "Veterans' Association", "انجمنِ سابق فوجیان"),
          ("MTTQ", "front-committee", "Ủy ban Mặt trận Tổ quốc", "Fatherland Front Committee", "فادر لینڈ فرنٹ کمیٹی")]


def body(prefix, unit):
    kind, vi, en, ur = next(rest for first, *rest in BODIES if first == prefix)
    owners.append((f"{prefix}-{unit['code']}", unit["code"], kind, f"{vi} {unit['full_name'][0].lower()}{unit['full_name'][1:]}",
                 f"{en}, {unit['name_en']}", f"{ur}، {URDU.get(unit['code'], unit['name_en'])}", "", end_of(unit["code"])))


by_code = {u["code"]: u for u in units}
for u in units:
    if u["parent_code"] in ("22", "37"):
        for prefix, *_ in BODIES:
            body(prefix, u)
body("HND", by_code["06913"])
owners.append(("BP-MC", "22", "border-guard-station", "Đồn Biên phòng Cửa khẩu quốc tế Móng Cái",
             "Border guard station, Mong Cai international border gate", "سرحدی محافظ چوکی، مونگ کائی بین الاقوامی گزرگاہ", "", ""))
write("units-exemplars.csv", ("code", "parent", "kind", "name", "name:en", "name:ur", "tags", "valid_to"), owners)

# What the province of document A consists of since the reform; official codes are used again.
after = [u for u in read_units(AFTER) if u["level"] == "2" and u["parent_code"] == "22"]
write("units-2025.csv", ("code", "parent", "kind", "name", "name:en", "name:ur", "valid_from"), [
    (u["code"], "22", KIND[u["type"]], u["name"], u["name_en"], "", REFORM) for u in after])

# Before 2025 the sixth member of the cluster was a province of another name.
write("units-2023.csv", ("code", "parent", "kind", "name", "name:en", "name:ur"), [
    rows[0][:6], ("46", "VN", "province", "Thừa Thiên Huế", "Thua Thien Hue", "تھوا تھیئن ہوئے")])

groups = []
for period in ("2023", "2024"):
    for code in ("38", "40", "42", "44", "45", "46"):
        role = {("2023", "45"): "leader"}.get((period, code), "")
        groups.append(("north-central", code, period, role, "Cụm các tỉnh Bắc Trung Bộ"))
groups.append(("ky-anh", "449", "2023", "", "Thị xã Kỳ Anh"))
for code in organisations:
    groups.append(("duc-tho-organisations", code, "2024", "", "Các đảng bộ cơ sở huyện Đức Thọ"))
names = {c["code"]: c["name"] for c in communes}
for cell, parent in cells:
    groups.append((f"cells-{parent}", cell, "2024", "", f"Các chi bộ {names[parent[3:]]}"))
write("groups.csv", ("group", "unit", "period", "role", "name"), groups)

values = []


def report(unit, indicator, period, value, target="", note=""):
    values.append((unit, indicator, period, value, target, note))


# Document E: the trackers of Ky Anh town, figures of the source.
report("449", "households_gave_land", "2023", 62, 62, "Hoàng Xuân Hãn street, Hưng Nhân residential group")
report("449", "sites_handed_over", "2023", 20, 47, "more than 2,000 households affected")
report("449", "backlogs_settled", "2023", 81, 86)

# Document B: the cluster of six, points invented; the order of the first three is the document's outcome.
CLUSTER = {  # growth, budget, investment, new rural, poverty, learning, party, reform, safety, commendation, small, media, bonus, late
    "42": ("8.05", "17900", "96", "97.8", "2.42", "99.2", "118", "57.5", "64", "58.5", "51.2", "14", "5", "0"),
    "44": ("7.62", "6950", "93", "96.1", "2.60", "97.5", "116", "56.0", "63", "57.0", "50.4", "13", "4", "0"),
    "45": ("6.70", "4420", "92", "94.6", "2.85", "98.0", "117", "56.5", "63", "56.5", "48.9", "12", "4", "0"),
    "46": ("7.03", "12600", "90", "92.0", "2.10", "96.0", "112", "55.0", "62", "54.0", "46.0", "11", "3", "0"),
    "40": ("7.14", "21300", "88", "91.4", "3.80", "95.0", "111", "53.5", "60", "53.0", "43.5", "10", "3", "2"),
    "38": ("7.01", "43200", "87", "93.3", "3.10", "94.0", "110", "53.0", "61", "52.0", "42.0", "10", "2", "4"),
}
BUDGET_PLAN = {"42": "16500", "44": "6600", "45": "4300", "46": "12400", "40": "20900", "38": "43500"}
KEYS = ("growth", "budget_revenue", "investment_disbursed", "new_rural_communes", "poverty_rate", "learning_citizens",
        "party_building", "administrative_reform", "order_and_safety", "movement_guidance", "direct_workers_honoured",
        "examples_in_media", "creative_models", "late_days")
for unit, figures in CLUSTER.items():
    for key, figure in zip(KEYS, figures):
        target = {"budget_revenue": BUDGET_PLAN[unit], "growth": "7.5", "examples_in_media": "12"}.get(key, "")
        report(unit, key, "2023", figure, target)
for unit, figure in (("42", "8.10"), ("44", "7.18"), ("45", "5.97")):  # the running year: who has reported so far
    report(unit, "growth", "2024", figure, "7.5")

# Document C: cells and grassroots organisations, all invented.
draw = random_of("four-good")
pilots = {}
for i, code in enumerate(organisations):
    members = [cell for cell, parent in cells if parent == code]
    wanted = 0 if i == 5 else 3 if i == 11 else 1 + draw.randint(0, 1)  # two committees break the rule on purpose
    for cell in draw.sample(members, wanted):
        pilots[cell] = True
for cell, parent in cells:
    report(cell, "pilot_cells", "2024", 1 if cell in pilots else 0)  # read by the organisations alone
    strength = draw.random()
    if cell.endswith("-05") and draw.random() < 0.2:
        continue  # has not reported yet: unranked
    planned = draw.randint(8, 24)
    report(cell, "tasks_done", "2024", min(planned, round(planned * (0.78 + 0.3 * strength))), planned)
    report(cell, "model_quality", "2024", decimal(500 * round(12 + 8 * strength)))
    report(cell, "meetings_held", "2024", 12 if strength > 0.25 else draw.randint(9, 12), 12)
    report(cell, "meeting_quality", "2024", decimal(500 * round(2 * (58 + 41 * strength))))
    report(cell, "dues_on_time", "2024", 0 if draw.random() < 0.06 else 1)
    report(cell, "unity", "2024", decimal(500 * round(30 + 10 * strength)))
    members = draw.randint(12, 46)
    report(cell, "members_completed_well", "2024", min(members, round(members * (0.74 + 0.27 * strength))), members)
    report(cell, "models_replicated", "2024", draw.choice((0, 0, 0, 1, 2)))
    report(cell, "late_reports", "2024", draw.choice((0, 0, 0, 0, 1, 2)))
    report(cell, "members_disciplined", "2024", 1 if draw.random() < 0.05 else 0)
    report(cell, "complaints_upheld", "2024", 0)
    report(cell, "pledges_signed", "2024", members if draw.random() < 0.9 else members - 1, members)
for code in organisations:
    strength = draw.random()
    for key, most in (("own_tasks", 25), ("own_meetings", 25), ("own_unity", 25), ("own_cadres", 25)):
        report(code, key, "2024", decimal(250 * round(4 * most * (0.8 + 0.2 * strength) - draw.randint(0, 4))))
    own = [cell for cell, parent in cells if parent == code]
    report(code, "four_good_cells", "2024", round(len(own) * (0.68 + 0.34 * strength)), len(own))
    report(code, "violations", "2024", 1 if draw.random() < 0.1 else 0)

# Document B, B4: new rural areas in all communes of Ha Tinh, invented.
draw = random_of("new-rural")
parents = {u["code"]: u["parent_code"] for u in units}
for u in units:
    if u["level"] != "3" or parents.get(u["parent_code"]) != "42":
        continue
    strength = draw.random()
    if draw.random() < 0.04:
        continue
    households = draw.randint(900, 3200)
    report(u["code"], "criteria_met", "2024", min(19, round(14 + 6 * strength)), 19)
    report(u["code"], "income_per_head", "2024", decimal(100 * round(420 + 260 * strength + draw.randint(-40, 40))), "52")
    report(u["code"], "model_gardens", "2024", round(40 * strength) + draw.randint(0, 8), 30)
    report(u["code"], "clean_water_households", "2024", round(households * (0.82 + 0.18 * strength)), households)
    report(u["code"], "cultural_households", "2024", round(households * (0.86 + 0.13 * strength)), households)
    report(u["code"], "site_clearance_cases", "2024", "na" if draw.random() < 0.3 else draw.randint(0, 5), 5)
    report(u["code"], "environment_incidents", "2024", 1 if draw.random() < 0.07 else 0)

write("values.csv", ("unit", "indicator", "period", "value", "target", "note"), values)
print(len(rows) + len(owners) + len(after), "units", len(groups), "memberships", len(values), "values")
