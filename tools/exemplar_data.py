#!/usr/bin/env python3
"""Fills a registry (SQLite) with a whole country's exemplars, for measuring: tools/exemplar_data.py FILE COUNT [SEED]

FILE has units and a movement "good-practice" already (write_movement gives its file). Everything is invented: words are
put together from a few hundred of three languages, and from the names of places, so that common and rare ones occur as they
do in real texts. Rows are written as src/exemplars writes them, past the journal: not for the doctor's eyes, only for stop-watches.
"""
import csv
import json
import pathlib
import random
import sqlite3
import sys

FIELDS = ("economy", "culture", "security", "party", "environment", "administration")
TOPICS = ("new-countryside", "digital", "poverty", "greening", "youth", "heritage", "land", "dialogue")
LEVELS = ("commune", "district", "province", "national")
STATES = ("registered", "launched", "running", "proposed", "council", "recognised", "not_recognised", "kept", "ended",
          "removed")
WEIGHTS = (4, 5, 20, 5, 3, 30, 5, 15, 8, 5)
PATH = {
    "registered": ["register"], "launched": ["register", "launch"], "running": ["register", "launch", "start"],
    "proposed": ["register", "launch", "start", "propose"],
    "council": ["register", "launch", "start", "propose", "submit"],
    "recognised": ["register", "launch", "start", "propose", "submit", "recognise"],
    "not_recognised": ["register", "launch", "start", "propose", "submit", "decline"],
    "kept": ["register", "launch", "start", "propose", "submit", "recognise", "confirm"],
    "ended": ["register", "launch", "start", "end"], "removed": ["register", "launch", "remove"],
}
AFTER = {"register": "registered", "launch": "launched", "start": "running", "propose": "proposed",
         "submit": "council", "recognise": "recognised", "decline": "not_recognised", "confirm": "kept", "end": "ended",
         "remove": "removed"}
VIETNAMESE = """dân vận khéo mô hình xây dựng nông thôn mới đường hoa hội phụ nữ cựu chiến binh thanh niên tổ tự quản hòa
giải an ninh trật tự vệ sinh môi trường rác thải hiến đất mở đường nhà văn hóa khu dân cư kiểu mẫu giảm nghèo bền vững
chuyển đổi số thủ tục hành chính một cửa đối thoại bí thư chi bộ đảng viên hợp tác xã rau sạch cam bưởi nuôi tôm chăn
nuôi bò vốn vay tín chấp quỹ khuyến học học sinh người cao tuổi trẻ em bữa sáng yêu thương bếp ăn tình nghĩa biên phòng
ngư dân tàu cá khu công nghiệp công nhân nhà trọ an toàn giao thông cổng trường xanh sạch đẹp camera giám sát phòng chống
ma túy tiếng loa kênh mương nội đồng lúa chất lượng cao cây dược liệu làng nghề nước sạch điện chiếu sáng nhà tình
thương vườn mẫu hàng rào xanh ngày thứ bảy tình nguyện chủ nhật xanh thắp sáng đường quê""".split()
ENGLISH = """clean water road garden village women youth savings school safe traffic waste sorting dialogue hall green
hedge light street fishing border home care meal pupils elderly cooperative orange shrimp herd fund land given model
digital office single window culture heritage craft herbs rice canal camera watch peace mediation""".split()
URDU = """صاف پانی گاؤں سڑک باغ خواتین نوجوان بچت سکول محفوظ ٹریفک کچرا مکالمہ روشنی گلی ماہی گیر سرحد گھر دیکھ بھال
کھانا طلبہ بزرگ تعاون سنگترہ فنڈ زمین نمونہ دفتر ثقافت ورثہ دستکاری چاول نہر امن صلح""".split()
with open(pathlib.Path(__file__).parent.parent / "demo/units.csv", encoding="utf-8") as units:
    PLACES = sorted({row["name"] for row in csv.DictReader(units)})


def write_movement(path):
    fields = "\n".join(f'[[exemplars.fields]]\nkey = "{k}"\ntitle.en = "{k.title()}"' for k in FIELDS)
    topics = "\n".join(f'[[exemplars.topics]]\nkey = "{k}"\ntitle.en = "{k.title()}"' for k in TOPICS)
    levels = "\n".join(f'[[exemplars.levels]]\nkey = "{k}"\ntitle.en = "{k.title()}"' for k in LEVELS)
    path.write_text(f"""format = "guidon/movement/1"
key = "good-practice"
period = "2024"
starts = 2024-01-01
ends = 2024-12-31
[title]
en = "Good practice"
[exemplars]
kinds = ["model", "example"]
{fields}
{topics}
{levels}
[[criteria]]
key = "exemplars"
max = 10
rule = {{ kind = "graded" }}
""", encoding="utf-8")


def skewed(words):
    """-> one of the words, those at the front far more often."""
    return words[min(int(random.paretovariate(0.6)) - 1, len(words) - 1)] if random.random() < 0.5 \
        else random.choice(words)


def phrase(words, least, most):
    start = random.randrange(len(words))
    return " ".join([words[(start + i) % len(words)] for i in range(3)] +
                    [skewed(words) for _ in range(random.randint(least, most))])


def with_place(text):
    return f"{text} {random.choice(PLACES)}" if random.random() < 0.6 else text


def content():
    texts = {name: with_place(phrase(VIETNAMESE, 10, 30)) for name in ("situation", "aim", "result", "method", "product", "upkeep")}
    texts.update(place=with_place(phrase(VIETNAMESE, 2, 4)), forces=phrase(VIETNAMESE, 3, 8), starts="2023-02-01",
                 beneficiaries={"number": random.randint(20, 5000), "qualifier": "about", "who": "hộ dân"})
    return json.dumps(texts, ensure_ascii=False)


def day(year):
    return year * 10_000 + random.randint(1, 12) * 100 + random.randint(1, 28)


def fill(file, count, seed=1):
    """-> the public ids."""
    random.seed(seed)
    db = sqlite3.connect(file)
    units = [row[0] for row in db.execute("SELECT id FROM unit ORDER BY id")]
    cycle = db.execute("SELECT c.id FROM cycle c JOIN movement m ON m.id = c.movement WHERE m.code = 'good-practice'") \
        .fetchone()[0]
    seq = db.execute("SELECT max(seq) FROM journal").fetchone()[0]
    letters = "0123456789abcdefghjkmnpqrstvwxyz"
    exemplars, events, ids = [], [], []
    for number in range(1, count + 1):
        state = random.choices(STATES, WEIGHTS)[0]
        unit, year = random.choice(units), random.choices((2021, 2022, 2023, 2024), (2, 3, 4, 6))[0]
        level = random.choices(LEVELS, (60, 25, 12, 3))[0]
        public_id = "".join(random.choices(letters, k=16))
        on, before, last_level, recognised = day(year), "draft", "", 0
        registered = on
        for step, verb in enumerate(PATH[state], 1):
            if verb == "recognise":
                last_level, recognised = level, on
            after = AFTER[verb]
            events.append((number, seq, step, on, 0, verb, before, after, unit, unit,
                           level if verb == "recognise" else "", None, "", "", "", "generator", ""))
            before = after
            on = max(on, day(year if random.random() < 0.7 else year + 1))
        exemplars.append((number, public_id, cycle, random.choice(("model", "model", "example")),
                          random.choices(("collective", "individual"), (84, 16))[0], unit, None,
                          random.choice(FIELDS), "", random.choice(TOPICS), None, with_place(phrase(VIETNAMESE, 2, 6).capitalize()),
                          phrase(ENGLISH, 1, 3).capitalize(), "", phrase(URDU, 1, 3), "vi", content(), 1, 1, state,
                          last_level, registered, recognised, recognised or registered, 0, 0, "generator", seq))
        ids.append(public_id)
        if number % 5000 == 0 or number == count:
            db.executemany(f"INSERT INTO exemplar VALUES ({','.join('?' * 28)})", exemplars)
            db.executemany(f"INSERT INTO exemplar_event VALUES ({','.join('?' * 17)})", events)
            db.commit()
            exemplars, events = [], []
    db.close()
    return ids


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    print(len(fill(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)), "exemplars")
