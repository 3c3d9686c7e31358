#!/usr/bin/env python3
"""Does anybody see or change what is not theirs? Every route × every role × own and foreign records.

usage: tests/leaks/run.py BINARY

A small country is served from a fresh database: two provinces with three communes, three movements (public; for the
chain above; blind until published), somebody for each role at several places. Each figure, name and account there is a
text that occurs nowhere else. Then everybody – the public first – asks for every address with every record, as page,
JSON, CSV and spreadsheet, and whatever comes back (headers, body, errors) is searched for what the asker may not see by
a rule that is written here anew, independent of the program's. Then everybody tries to change everything: what is not
theirs is refused, and the journal has not grown. A route of the server that this file does not know is a failure.
"""
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

from talk import PASSWORD, Caller, Site, settled, text_of


# The country --------------------------------------------------------------------------------------------------------

PARENT = {"VN": "", "P1": "VN", "P2": "VN", "C11": "P1", "C12": "P1", "C21": "P2"}
PEERS = {"C11": "communes", "C12": "communes", "C21": "communes", "P1": "provinces", "P2": "provinces"}
MOVEMENTS = {  # audience of values, of standings
    "open": ("public", "public"),
    "upward": ("chain", "chain"),
    "blind": ("unit", "unit"),
    "among": ("group", "group"),
}
REPORTING = ["C11", "C12", "C21"]


def value_of(movement, unit):
    """A number that occurs nowhere else; as points it is itself."""
    return f"{211 + 97 * list(MOVEMENTS).index(movement) + 13 * REPORTING.index(unit)}.{613 + 7 * REPORTING.index(unit)}"


def note_of(movement, unit):
    return f"remark-{movement}-{unit}"


def movement_file(key):
    values, standings = MOVEMENTS[key]
    return f"""format = "guidon/movement/1"
key = "{key}"
period = "2024"
issuer = "VN"
starts = 2024-01-01
ends = 2030-12-31
[title]
en = "Movement {key}"
[participants]
kinds = ["commune"]
[audience]
values = "{values}"
standings = "{standings}"
[[criteria]]
key = "figure_{key}"
max = 999
rule = {{ kind = "graded" }}
[ranking]
within = "group"
""" + (TAKES_EXEMPLARS if key == "open" else "")


# Exemplars: a draft, one that is kept from the public, one for everybody; each title occurs nowhere else.
TAKES_EXEMPLARS = """
[exemplars]
fields = [{ key = "economy", title = { en = "Economy" } }]
levels = [{ key = "grassroots", title = { en = "Grassroots" } }]
"""
EXEMPLARS = {"draft": ("C11", "Draft-exemplar-7316", {}), "kept": ("C21", "Kept-exemplar-9523", {"open": "false"}),
             "shown": ("C12", "Shown-exemplar-4402", {})}
WRITES = {"reporter", "verifier", "organiser"}


def sees_exemplar(account, name):
    """Drafts: who writes or judges for the unit; what is kept from the public: who sees figures of its chain."""
    unit = EXEMPLARS[name][0]
    if name == "shown":
        return True
    if name == "draft":
        return holds_at(account, [unit], WRITES)
    return ORDER.index(nearest(account, unit)) <= ORDER.index("chain")


# Who is there -------------------------------------------------------------------------------------------------------

ROLES = {  # account → role, unit ("" = everywhere), as `guidon people add` takes them
    "reporter11": ("reporter", "C11"), "reporter12": ("reporter", "C12"), "reporter21": ("reporter", "C21"),
    "verifier1": ("verifier", "P1"), "verifier2": ("verifier", "P2"),
    "organiser1": ("organiser", "P1"), "organiser2": ("organiser", "P2"), "organiser0": ("organiser", ""),
    "publisher1": ("publisher", "P1"), "publisher0": ("publisher", ""),
    "auditor0": ("auditor", ""), "admin0": ("administrator", ""),
    "leader1": ("group_leader", "communes"), "deputy1": ("group_deputy", "communes"),
    "secretary1": ("council_secretary", "council-1"), "member1": ("council_member", "council-1"),
}
COUNCIL_UNIT = "P1"
READS = {"reporter", "verifier", "organiser", "publisher", "auditor", "group_leader", "group_deputy",
         "council_secretary", "council_member"}
READS_PEOPLE = {"organiser", "auditor", "administrator", "council_secretary"}
MANAGES = {"organiser", "administrator"}


def chain(unit):
    """The unit and all above it."""
    while unit:
        yield unit
        unit = PARENT[unit]


def place_of(account):
    """Where a role holds, as a unit; groups stay groups."""
    role, where = ROLES[account]
    return COUNCIL_UNIT if role.startswith("council") else where


def nearest(account, unit):
    """unit, chain, group or public: the narrowest audience to which the account belongs for this unit."""
    if account is None or ROLES[account][0] not in READS:
        return "public"
    role, where = ROLES[account]
    if role in ("group_leader", "group_deputy"):
        return "chain" if PEERS[unit] == where else "public"
    place = place_of(account)
    if place == "" or place == unit:
        return "unit"
    if place in chain(unit):
        return "chain"
    return "group" if PEERS.get(place) == PEERS[unit] else "public"


ORDER = ["unit", "chain", "group", "public"]


def sees_value(account, movement, unit):
    return ORDER.index(nearest(account, unit)) <= ORDER.index(MOVEMENTS[movement][0])


def holds_at(account, units, roles):
    """Whether the account has one of the roles over all of these units ("" = of the whole system)."""
    if account is None or ROLES[account][0] not in roles:
        return False
    place = place_of(account)
    return place == "" or all(unit != "" and place in chain(unit) for unit in units)


def office_unit(account):
    role, where = ROLES[account]
    return "" if where in ("", "communes", "council-1") else where


def sees_person(account, person):
    return account == person or holds_at(account, [office_unit(person)], READS_PEOPLE)


COUNCIL = {"secretary1", "member1"}


def sees_name(account, person, path):
    """Besides those who may see persons: colleagues of one unit may choose each other as deputies, who sits in a council
    or sets it up sees who else does, and who reads of a change to their own record reads who made it."""
    if sees_person(account, person):
        return True
    if account is None:
        return False
    if path.startswith("/people/:id"):
        return office_unit(account) != "" and office_unit(account) == office_unit(person)
    if person == "reporter11" and path.startswith(("/comments", "/threads", "/news")):
        return holds_at(account, [NEWS_UNIT], WRITES_NEWS)  # who moderates reads whose comment it is
    if path.startswith("/councils/") and person in COUNCIL:
        return account in COUNCIL or holds_at(account, [COUNCIL_UNIT], {"organiser", "administrator"})
    return path.startswith("/journal") and person == "admin0"


def name_of(account):
    return f"Holder-{account}-Q"


# The tables: every route is in one of them -----------------------------------------------------------------------------

# GET routes and what their places may be; "-" = asked as it is.
READ = {
    "/": [], "/movements": [], "/movements/:key": ["key"], "/movements/:key/:period": ["key", "period"],
    "/movements/:key/:period/standings": ["key", "period"], "/movements/:key/:period/rollup": ["key", "period"],
    "/movements/:key/:period/units/:id": ["key", "period", "unit"],
    "/exemplars": [], "/exemplars/figures": [], "/exemplars.atom": [], "/sitemap.xml": [], "/sitemap/:number": ["nothing"],
    "/robots.txt": [],
    "/units": [], "/units/:id": ["unit"], "/people": [], "/people/:id": ["person"], "/people/:id/data": ["person"],
    "/news": [], "/news.atom": [], "/news/new": [], "/news/:id": ["article"], "/news/:id/edit": ["article"],
    "/news/:id/versions/:number": ["article"], "/threads/:id": ["thread"], "/comments": [],
    "/roles": [], "/councils": [], "/councils/:code": ["council"],
    "/export/units": [], "/export/groups": [], "/export/values": [], "/export/exemplars": [],
    "/open-data": [], "/open-data/exemplars": [], "/open-data/datapackage": [],
    "/import": [], "/import/:id": ["import"], "/import/:id/faults": ["import"], "/import/template/:kind": ["kind"],
    "/books": [], "/books/:id": ["book"], "/books/:id/print": ["book"], "/books/:id/book.pdf": ["book"],
    "/books/:id/book.docx": ["book"], "/books/:id/entries/:entry": ["entry"],
    "/me": [], "/me/account": [], "/me/passkeys/options": [], "/system": [],
    "/exemplars/new": [], "/exemplars/bulk": [], "/exemplars/:id": ["exemplar"], "/exemplars/:id/edit": ["exemplar"],
    "/exemplars/:id/similar": ["exemplar"], "/exemplars/:id/similar/:other": ["exemplar", "other"],
    "/journal": [], "/journal/:seq": ["seq"], "/journal/checkpoint": [],
    "/sign-in": [], "/sign-in/second": [], "/sign-in/passkey": [], "/sign-in/second/passkey": [],
    "/sign-in/oidc/:provider": ["nothing"], "/sign-in/oidc/:provider/back": ["nothing"],
    "/setup/:secret": ["nothing"], "/invite/:secret": ["nothing"], "/reset/:secret": ["nothing"],
    "/healthz": [], "/metrics": [], "/api": [], "/api/:area": ["area"], "/api/openapi.yaml": [], "/openapi": [], "/openapi.yaml": [],
    "/evidence/:id": ["nothing"],
    "/problems/:code": ["nothing"], "/live": [],
    "/exemplars/:id/family": ["exemplar"], "/exemplars/:id/family.svg": ["exemplar"], "/exemplars/spread": [],
    "/adoptions/:id": ["adoption"], "/reviews": [], "/reviews/:id": ["review"],
}
QUERIES = {  # more ways to ask
    "/exemplars/new": ["", "?movement=open&period=2024"],
    "/exemplars/bulk": ["", "?state=draft", "?movement=open&period=2024&state=registered"],
    "/movements/:key/:period/standings": ["", "?sort=total", "?sort=-total", "?q={marker}", "?group=communes"],
    "/units": ["", "?q=C1"], "/people": ["", "?q=Holder", "?role=reporter"],
    "/journal": ["", "?about={unit}", "?what=value"],
    "/export/values": ["", "?period=2024", "?movement=blind&period=2024", "?movement=upward&period=2024"],
    "/live": ["?topic=blind/2024", "?topic=open/2024"],
    "/movements": ["", "?q=blind"],
    "/exemplars/spread": ["", "?unit=C11", "?movement=blind"],
    "/reviews": ["", "?state=overdue", "?state=planned", "?state=done", "?unit=C11"],
}
SUFFIXES = ["", ".json", ".csv", ".xlsx"]


def nobody(_caller, _places):
    return False


def manager_of(caller, places):
    person = places["person"]
    return holds_at(caller, [office_unit(person)], MANAGES)


def of_office(caller, places):
    return holds_at(caller, [office_unit(places["owner"])], MANAGES)


def power_over(caller, person):
    """Who changes how somebody signs in, or ends their office, could hand on their role, too."""
    above = {"auditor", "administrator"}  # whom an organiser could not appoint
    return holds_at(caller, [office_unit(person)], MANAGES) and (
        caller == person or ROLES[caller][0] == "administrator" or ROLES[person][0] not in above)


def account_of(caller, places):
    return power_over(caller, places["person"])


def end_of_office(caller, places):
    return power_over(caller, places["owner"])


def report(caller, places):
    return holds_at(caller, [places["unit_code"]], {"reporter", "verifier"})


def writes(caller, places):
    return holds_at(caller, [places["owner_unit"]], WRITES)


def writes_somewhere(caller, _places):
    return caller is not None and ROLES[caller][0] in WRITES
WRITES_NEWS = {"publisher", "organiser"}
NEWS_UNIT = "C11"  # whose publisher's superior wrote an article and a draft, and where a comment waits
DRAFT, WAITING = "Draft-of-C11-Q", "Waiting-comment-Q"
def writer_of(caller, _places):
    return holds_at(caller, [NEWS_UNIT], WRITES_NEWS)


# A book of P1, not yet published, with an entry of the exemplar that is shown (of C12), which C21 is about to adopt, and
# which was surveyed once and will be again.
BOOK, TEXT, CONSENT = "Book-of-P1-Q", "Text-for-book-Q", "Consent-for-book-Q"
ADAPTATION, MENTOR = "Adaptation-by-C21-Q", "Mentor-at-C12-Q"
TEAM, FINDINGS = "Team-of-survey-Q", "Findings-of-survey-Q"
ADOPTED, ADOPTER = "C12", "C21"
REVIEWS = {"verifier", "organiser"}


def edits_book(caller, _places=None):
    return caller == "secretary1" or holds_at(caller, ["P1"], {"organiser"})


def sees_book(caller):
    return edits_book(caller) or writes_somewhere(caller, None)


def works_on_entry(caller, _places=None):
    return edits_book(caller) or holds_at(caller, [ADOPTED], WRITES)


def in_chain(caller, units):
    return any(ORDER.index(nearest(caller, unit)) <= ORDER.index("chain") for unit in units)


def adopts(caller, _places=None):
    return any(holds_at(caller, [unit], WRITES) for unit in (ADOPTED, ADOPTER))


def suggests(caller, places):
    return writes(caller, places) or holds_at(caller, [ADOPTER], WRITES)


def surveys(caller, _places=None):
    return holds_at(caller, [ADOPTED], REVIEWS)


# What may be changed by whom: route → (places, document, rule). A rule says whether the caller may; what may be changed
# is not carried out here (other suites do), what may not is tried.
CHANGE = {
    "PUT /movements/:key/:period/units/:id/values/:indicator": (["key", "period", "unit", "indicator"], {"value": "5"}, report),
    "POST /movements/:key/:period/units/:id/values/:indicator": (["key", "period", "unit", "indicator"], {"value": "5"}, report),
    "POST /movements/:key/:period/publish": (["key", "period"], {}, lambda c, p: holds_at(c, ["VN"], {"publisher"})),
    "POST /movements/:key/:period/unpublish": (["key", "period"], {"reason": "x"}, lambda c, p: holds_at(c, ["VN"], {"publisher"})),
    "POST /exemplars": ([], {"movement": "open", "period": "2024", "unit": "C11", "title": "X"},
                        lambda c, p: holds_at(c, ["C11"], WRITES)),
    "POST /exemplars/similar": ([], {"title": "Draft-exemplar"}, writes_somewhere),
    "POST /exemplars/bulk/plan": ([], {"verb": "launch", "all": "1"}, writes_somewhere),
    "POST /exemplars/bulk": ([], {"verb": "launch", "all": "1"}, writes_somewhere),
    "PUT /exemplars/:id": (["exemplar"], {"unit": "C11", "title": "X"}, writes),
    "POST /exemplars/:id/discard": (["exemplar"], {}, writes),
    "POST /exemplars/:id/steps": (["exemplar"], {"verb": "launch"}, writes),
    "POST /exemplars/:id/evidence": (["exemplar"], {"caption": "X"}, writes),
    "POST /exemplars/:id/evidence/:file": (["exemplar"], {"do": "remove"}, writes),
    "POST /people": ([], {"name": "Somebody New"}, lambda c, p: c is not None and ROLES[c][0] in MANAGES),
    "PUT /people/:id": (["person"], {"name": "Another Name"}, manager_of),
    "POST /people/:id/account": (["person"], {"account": "another-name"}, account_of),
    "POST /people/:id/invite": (["person"], {}, account_of),
    "POST /people/:id/reset": (["person"], {}, account_of),
    "POST /people/:id/close": (["person"], {}, account_of),
    "POST /people/:id/reopen": (["person"], {}, account_of),
    "POST /people/:id/erase": (["person"], {"confirm": "erase"}, lambda c, p: c == "admin0"),
    "POST /people/:id/offices": (["person"], {"unit": "VN", "title_en": "Chief"}, lambda c, p: holds_at(c, ["VN"], MANAGES)),
    "POST /offices/:id/end": (["office"], {"day": "2035-01-01"}, end_of_office),
    "POST /offices/:id/move": (["office"], {"unit": "C21", "day": "2035-01-01"}, end_of_office),
    "POST /offices/:id/delegations": (["office"], {"person": "Holder-reporter11-Q"},
                                      lambda c, p: c == p["owner"] or of_office(c, p)),
    "POST /offices/:id/roles": (["office"], {"role": "reporter", "unit": "VN"}, lambda c, p: holds_at(c, ["VN"], MANAGES)),
    "POST /delegations/:id/end": (["nothing"], {"day": "2035-01-01"}, nobody),
    "POST /roles/:id/end": (["grant"], {"day": "2035-01-01"}, lambda c, p: c == p["owner"] or of_office(c, p)),  # or give it back
    "POST /news": ([], {"unit": "VN", "title": "X"}, lambda c, p: holds_at(c, ["VN"], WRITES_NEWS)),
    "PUT /news/:id": (["article"], {"title": "X"}, writer_of),
    "POST /news/:id/correct": (["article"], {}, writer_of),
    "POST /news/:id/drop": (["article"], {}, writer_of),
    "POST /news/:id/photos": (["article"], {"caption": "X"}, writer_of),
    "POST /news/:id/photos/:photo": (["article"], {"do": "remove"}, writer_of),
    "POST /news/:id/publish": (["article"], {}, writer_of),
    "POST /news/:id/withdraw": (["article"], {"reason": "x"}, writer_of),
    "POST /threads/:id/comments": (["thread"], {"text": "x"}, lambda c, p: c is not None),
    "POST /threads/:id/close": (["thread"], {}, writer_of),
    "POST /threads/:id/reopen": (["thread"], {}, writer_of),
    "POST /comments/:id/show": (["comment"], {}, writer_of),
    "POST /comments/:id/reject": (["comment"], {"reason": "x"}, writer_of),
    "POST /comments/:id/remove": (["comment"], {"reason": "x"}, writer_of),
    "POST /comments/:id/keep": (["comment"], {}, writer_of),
    "POST /comments/:id/report": (["comment"], {"reason": "x"}, writer_of),  # nobody else sees what waits
    "POST /councils": ([], {"code": "x-1", "unit": "VN", "title_en": "X"}, lambda c, p: holds_at(c, ["VN"], MANAGES)),
    "POST /books": ([], {"unit": "VN", "title_en": "X", "from_year": "2021", "to_year": "2025"},
                    lambda c, p: c is not None and ROLES[c][0] in {"organiser", "council_secretary"}),
    "PUT /books/:id": (["book"], {"title_en": "X"}, edits_book),
    "POST /books/:id/entries": (["book"], {"exemplar": "{shown}"}, works_on_entry),
    "POST /books/:id/moves": (["entry"], {"verb": "deliver", "entry": "{entry}"}, works_on_entry),
    "POST /books/:id/publish": (["book"], {}, lambda c, p: holds_at(c, ["P1"], {"organiser"})),
    "PUT /books/:id/entries/:entry/texts/:language": (["entry"], {"title": "X"}, works_on_entry),
    "POST /books/:id/entries/:entry/consent": (["entry"], {"by": "X"}, edits_book),
    "POST /books/:id/entries/:entry/errata": (["entry"], {"wrong": "x", "correct": "y"}, edits_book),
    "POST /system": ([], {"session.hours": "9"}, lambda c, p: c == "admin0"),
    "POST /exemplars/:id/adoptions": (["exemplar"], {"unit": ADOPTER}, suggests),
    "POST /exemplars/:id/family/seen": (["exemplar"], {}, writes),
    "POST /adoptions/:id/steps": (["adoption"], {"verb": "decline", "note": "x"}, adopts),
    "POST /reviews": ([], {"exemplar": "{shown}", "planned_on": "2035-01-01"}, surveys),
    "POST /reviews/plans": ([], {"unit": "C11", "movement": "open", "period": "2024", "planned_on": "2035-01-01"},
                            lambda c, p: holds_at(c, ["C11"], {"verifier", "organiser"})),
    "POST /reviews/:id/steps": (["review"], {"verb": "cancel"}, surveys),
    "POST /import": ([], {"kind": "units"}, lambda c, p: True),  # needs a file: refused before anything else
    "POST /import/:id/apply": (["import"], {}, nobody),
    "POST /import/:id/cancel": (["import"], {}, nobody),
}
# One's own account: no record of anybody else can be named there; whoever is signed in has their own.
OWN = {
    "POST /me/app", "POST /me/app/confirm", "POST /me/app/remove", "POST /me/capacity", "POST /me/codes",
    "POST /me/passkeys", "POST /me/passkeys/:id/remove", "POST /me/password", "POST /me/preferences",
    "POST /me/sessions/:id/end", "POST /me/sessions/end-others", "POST /me/tokens", "POST /me/tokens/:id/end",
    "POST /sign-out",
}
# By a secret alone.
SECRET = {"POST /setup/:secret", "POST /invite/:secret", "POST /reset/:secret", "POST /sign-in", "POST /sign-in/passkey",
          "POST /sign-in/second"}


# Building it ------------------------------------------------------------------------------------------------------------

class World:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, pathlib.Path(folder)
        self.db = f"sqlite:{folder}/leaks.sqlite"
        self.faults = []

    def run(self, *words):
        done = subprocess.run([self.binary, *words, "--db", self.db], capture_output=True, text=True)
        assert done.returncode == 0, (words, done.stderr)
        return done.stdout.strip()

    def file(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return str(path)

    def build(self):
        kind = {1: "commune", 2: "province", 3: "country"}
        rows = ["code,parent,kind,name"]
        for unit, above in PARENT.items():
            level = 3 if unit == "VN" else 2 if unit.startswith("P") else 1
            rows.append(f"{unit},{above},{kind[level]},Unit {unit}")
        self.run("import", "units", self.file("units.csv", "\n".join(rows) + "\n"))
        rows = ["group,unit,name"] + [f"{group},{unit},Group {group}" for unit, group in PEERS.items()]
        self.run("import", "groups", self.file("groups.csv", "\n".join(rows) + "\n"))
        for key in MOVEMENTS:
            self.run("import", "movement", self.file(f"{key}.toml", movement_file(key)))
        rows = ["unit,indicator,period,value,note"]
        for key in MOVEMENTS:
            rows += [f"{unit},figure_{key},2024,{value_of(key, unit)},{note_of(key, unit)}" for unit in REPORTING]
        self.run("import", "values", self.file("values.csv", "\n".join(rows) + "\n"))
        links = {}
        for account, (role, where) in ROLES.items():
            words = ["people", "add", "--name", name_of(account), "--account", account, "--mail", f"{account}@q.example",
                     "--office", "Office"]
            if role.startswith(("group", "council")):
                links[account] = self.run(*words)
            else:
                links[account] = self.run(*words, "--role", f"{role}@{where}" if where else role)
        self.site = Site(self.binary, self.db, f"{self.folder}/log")
        self.callers = {None: Caller(self.site, None, None)}
        for account, link in links.items():
            self.callers[account] = Caller(self.site, account, link)
        self.find_ids()
        self.grant_the_rest()
        self.find_ids()
        self.write_exemplars()
        self.tell_news()
        self.spread_and_print()

    def json(self, account, target):
        answer, raw = self.callers[account].get(target, {"Accept": "application/json"})
        assert answer.status == 200, (account, target, answer.status, raw[:300])
        return json.loads(raw)

    def find_ids(self):
        self.units, self.people, self.offices, self.grants = {}, {}, {}, {}
        todo = [u["id"] for u in self.json(None, "/units")["units"]]
        while todo:
            page = self.json(None, f"/units/{todo.pop()}")
            self.units[page["unit"]["code"]] = page["unit"]["id"]
            todo += [child["id"] for child in page["children"]]
        for row in self.json("admin0", "/people?q=Holder")["people"]:
            account = row["name"].removeprefix("Holder-").removesuffix("-Q")
            self.people[account] = row["id"]
            page = self.json("admin0", f"/people/{row['id']}")
            for office in page["offices"]:
                self.offices[account] = office["id"]
                for role in office["roles"]:
                    self.grants[account] = role["id"]

    def grant_the_rest(self):
        def must(answer):
            assert answer[0].status < 400, (answer[0].status, answer[1][:400])
        admin = self.callers["admin0"]
        must(admin.change("POST", "/councils", {"code": "council-1", "unit": COUNCIL_UNIT, "title_en": "Council"}))
        for account, (role, where) in ROLES.items():
            if role.startswith("group"):
                must(admin.change("POST", f"/offices/{self.offices[account]}/roles", {"role": role, "group": where}))
            if role.startswith("council"):
                must(admin.change("POST", f"/offices/{self.offices[account]}/roles", {"role": role, "council": where}))

    def write_exemplars(self):
        whole = {name: "as it is" for name in ("situation", "aim", "result", "method", "place", "forces", "product",
                                                "upkeep", "beneficiaries_who")}
        self.exemplars = {}
        for name, (unit, title, more) in EXEMPLARS.items():
            answer, raw = self.callers["organiser0"].change("POST", "/exemplars", {
                "movement": "open", "period": "2024", "unit": unit, "title": title, "field": "economy",
                "starts": "2024-01-01", "then": "draft" if name == "draft" else "register", **whole, **more})
            assert answer.status == 201, (name, answer.status, raw[:400])
            self.exemplars[name] = json.loads(raw)["id"]
    def tell_news(self):
        """A published article, a draft, and a comment that waits for moderators."""
        def changed(account, target, document):
            answer, raw = self.callers[account].change("POST", target, document)
            assert answer.status < 400, (account, target, answer.status, raw[:400])
            return json.loads(raw)
        words = {"unit": NEWS_UNIT, "body": "x"}
        told = changed("publisher1", "/news", {**words, "title": "Told to everybody"})
        changed("publisher1", told["href"] + "/publish", {})
        draft = changed("publisher1", "/news", {**words, "title": DRAFT})
        self.articles = [told["id"], draft["id"]]
        self.thread = self.json(None, told["href"])["thread"]["id"]
        self.comment = changed("reporter11", f"/threads/{self.thread}/comments", {"text": WAITING})["id"]

    def spread_and_print(self):
        """An adoption that waits for agreement, a survey that is done and one to come, and an entry of a book."""
        def changed(account, method, target, document):
            answer, raw = self.callers[account].change(method, target, document)
            assert answer.status < 400, (account, target, answer.status, raw[:400])
            return json.loads(raw)
        shown = self.exemplars["shown"]
        self.adoption = changed("organiser0", "POST", f"/exemplars/{shown}/adoptions",
                                {"unit": ADOPTER, "adaptation": ADAPTATION, "mentor": MENTOR})["id"]
        survey = {"exemplar": shown, "planned_on": "2099-01-01", "team": TEAM}
        done = changed("verifier1", "POST", "/reviews", {**survey, "planned_on": self.tomorrow()})
        points = {f"points_{question['key']}": "1" for question in done["questions"]}
        changed("verifier1", "POST", done["action"], {"verb": "finish", "recommendation": "improve", "findings": FINDINGS, **points})
        soon = changed("verifier1", "POST", "/reviews", {**survey, "planned_on": self.tomorrow()})
        self.reviews = [done["id"], soon["id"]]
        book = changed("organiser1", "POST", "/books", {"unit": "P1", "title_en": BOOK, "from_year": "2021", "to_year": "2025"})
        self.book = book["book"]["id"]
        book = changed("organiser1", "POST", f"/books/{self.book}/entries", {"exemplar": shown})
        self.entry = book["groups"][0]["entries"][0]["id"]
        for verb in ("list", "survey", "select", "request"):
            changed("organiser1", "POST", f"/books/{self.book}/moves", {"verb": verb, "entry": self.entry})
        entry = f"/books/{self.book}/entries/{self.entry}"
        changed("organiser1", "PUT", f"{entry}/texts/vi", {"title": TEXT, "body": TEXT})
        changed("organiser1", "POST", f"{entry}/consent", {"by": CONSENT})

    @staticmethod
    def tomorrow():
        return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)).date().isoformat()

    def journal_length(self):
        done = subprocess.run([self.binary, "doctor", "--db", self.db], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout
        return int(re.search(r"(\d+) journal", done.stdout)[1])

    # Walking it -----------------------------------------------------------------------------------------------------

    def fault(self, text):
        self.faults.append(text)

    def known_routes(self):
        done = subprocess.run([self.binary, "serve", "--db", f"sqlite:{self.folder}/routes.sqlite", "--routes"],
                              capture_output=True, text=True)
        routes = set(done.stdout.split("\n")) - {""}
        known = {f"GET {path}" for path in READ} | set(CHANGE) | OWN | SECRET
        for route in sorted(routes - known):
            self.fault(f"unknown to this suite: {route}: say who may see or change what is there")
        for route in sorted(known - routes):
            self.fault(f"no longer a route: {route}")

    def choices(self, place):
        if place == "key":
            return [{"key": key} for key in MOVEMENTS]
        if place == "period":
            return [{"period": "2024"}]
        if place == "unit":
            return [{"id": self.units[code], "unit_code": code} for code in PARENT]
        if place == "indicator":
            return [{}]
        if place == "person":
            return [{"id": self.people[account], "person": account} for account in ROLES]
        if place == "office":
            return [{"id": self.offices[account], "owner": account} for account in ROLES]
        if place == "exemplar":
            return [{"id": self.exemplars[name], "owner_unit": unit, "file": "0000000000000000"}
                    for name, (unit, _, _) in EXEMPLARS.items()]
        if place == "other":
            return [{"other": id} for id in self.exemplars.values()]
        if place == "grant":
            return [{"id": self.grants[account], "owner": account} for account in ROLES if account in self.grants]
        if place == "council":
            return [{"code": "council-1"}]
        if place == "area":
            return [{"area": "exemplars"}]
        if place == "kind":
            return [{"kind": "units"}]
        if place == "article":
            return [{"id": one, "number": "1", "photo": "0000000000000000"} for one in self.articles]
        if place == "thread":
            return [{"id": self.thread}]
        if place == "comment":
            return [{"id": self.comment}]
        if place == "book":
            return [{"id": self.book}]
        if place == "entry":
            return [{"id": self.book, "entry": self.entry, "language": "vi"}]
        if place == "adoption":
            return [{"id": self.adoption}]
        if place == "review":
            return [{"id": id} for id in self.reviews]
        if place == "seq":
            return [{"seq": str(number)} for number in range(1, self.journal_length() + 1, 3)]
        return [{"id": "0000000000000000", "provider": "nothing", "secret": "nothing", "code": "gate.sign-in", "seq": "1",
                 "entry": "0000000000000000", "language": "vi", "number": "1"}]

    def filled(self, path, places):
        """Every address of the route, with the names of its records."""
        all_places = [{}]
        for place in places:
            all_places = [{**one, **more} for one in all_places for more in self.choices(place)]
        for one in all_places:
            if "indicator" in places:
                one = {**one, "indicator": "figure_" + one["key"]}
            yield re.sub(r":(\w+)", lambda m: one[m[1]], path), one

    def markers(self, account, path):
        """Texts that this caller may not get to see there."""
        hidden = []
        for key in MOVEMENTS:
            for unit in REPORTING:
                if not sees_value(account, key, unit):
                    hidden += [value_of(key, unit), note_of(key, unit)]
        hidden += [title for name, (_, title, _) in EXEMPLARS.items() if not sees_exemplar(account, name)]
        for person in ROLES:
            if not sees_name(account, person, path):
                hidden.append(name_of(person))
            if account != person and not holds_at(account, [office_unit(person)], MANAGES):
                hidden.append(f"{person}@q.example")
        if not writer_of(account, {}):
            if not (path == "/journal" and account in ("auditor0", "admin0")):  # who reads all that was changed
                hidden.append(DRAFT)
            of_the_person = path == "/people/:id/data" and holds_at(account, [NEWS_UNIT], MANAGES)
            if account != "reporter11" and not of_the_person:
                hidden.append(WAITING)
        reads_all_changes = path.startswith("/journal") and account in ("auditor0", "admin0")
        if not sees_book(account) and not reads_all_changes:
            hidden.append(BOOK)
        if not works_on_entry(account):
            hidden += [CONSENT] if reads_all_changes else [CONSENT, TEXT]
        if not in_chain(account, [ADOPTED, ADOPTER]):
            hidden += [ADAPTATION, MENTOR]
        if not in_chain(account, [ADOPTED]):
            hidden += [TEAM, FINDINGS]
        return hidden

    def look(self):
        asked = 0
        unseen = {BOOK, TEXT, CONSENT, ADAPTATION, MENTOR, TEAM, FINDINGS}  # what nobody sees is searched for in vain
        for account, caller in self.callers.items():
            for path, places in READ.items():
                hidden = self.markers(account, path)
                for target, names in self.filled(path, places):
                    for query in QUERIES.get(path, [""]):
                        query = query.format(unit=self.units["C11"], marker=urllib.parse.quote("Unit"))
                        for suffix in SUFFIXES if path not in ("/", "/live", "/api/openapi.yaml", "/openapi.yaml") else [""]:
                            answer, raw = caller.get(target + suffix + query)
                            asked += 1
                            where = f"{account or 'the public'} at {path}{suffix}{query} {names}"
                            if answer.status >= 500 and "oidc" not in path:
                                self.fault(f"{where}: status {answer.status}")
                            text = text_of(answer, raw)
                            own_query = urllib.parse.unquote(query)
                            unseen -= {marker for marker in unseen if marker in text}
                            for marker in hidden:
                                if marker in text and marker not in own_query:
                                    self.fault(f"{where}: shows {marker}")
        for marker in sorted(unseen):
            self.fault(f"nobody sees {marker}")
        return asked

    def stays_blind(self):
        """A hidden figure changes: nobody who may not see it notices, by body, tag, order, count or error."""
        watchers = [account for account in self.callers if not sees_value(account, "blind", "C11")]
        addresses = []
        for path, places in READ.items():
            if path.startswith(("/movements", "/units", "/export", "/healthz")) or path == "/":
                for target, _ in self.filled(path, places):
                    addresses += [target + q.format(unit="", marker="Unit") for q in QUERIES.get(path, [""])]
        def snapshot():
            return {(who, address, kind): settled(*self.callers[who].get(address, {"Accept": kind}))
                    for who in watchers for address in addresses for kind in ("text/html", "application/json")}
        before = snapshot()
        answer, raw = self.callers["reporter11"].change(
            "PUT", f"/movements/blind/2024/units/{self.units['C11']}/values/figure_blind", {"value": "998.125", "note": "x"})
        if answer.status != 200:
            self.fault(f"reporter11 cannot report: {answer.status} {raw[:300]}")
        after = snapshot()
        for key, text in before.items():
            if after[key] != text:
                one, other = text.split("\n"), after[key].split("\n")
                differs = next((a + " → " + b for a, b in zip(one, other) if a != b), "length")
                self.fault(f"{key[0] or 'the public'} notices a blind figure at {key[1]} as {key[2]}: {differs[:200]}")
        return len(before)

    def try_to_change(self):
        tried = 0
        for route, (places, document, may) in CHANGE.items():
            method, path = route.split(" ")
            for account, caller in self.callers.items():
                for target, names in self.filled(path, places):
                    if may(account, names):
                        continue
                    before = self.journal_seq()
                    answer, raw = caller.change(method, target, self.written(document))
                    tried += 1
                    where = f"{account or 'the public'}: {route} {names}"
                    if answer.status not in (401, 403, 404):
                        self.fault(f"{where}: {answer.status} instead of a refusal: {raw[:200]}")
                    if account is None and answer.status != 401 and not {"nothing", "import", "book", "entry"} & set(places):
                        self.fault(f"{where}: {answer.status} instead of 401")
                    if self.journal_seq() != before:
                        self.fault(f"{where}: the journal has grown")
                    text = raw.decode("utf-8", "replace")
                    for marker in self.markers(account, path):
                        if marker in text and marker not in json.dumps(document):
                            self.fault(f"{where}: its refusal shows {marker}")
        for route in sorted(OWN):
            method, path = route.split(" ")
            for target, _ in self.filled(path, ["nothing"] if ":id" in path else []):
                answer, _ = self.callers[None].change(method, target, {})
                tried += 1
                if answer.status not in (303, 401, 403) or (answer.status == 303 and "sign-out" not in route):
                    self.fault(f"the public: {route}: {answer.status}")
        return tried

    def written(self, document):
        """The document with the ids of the records that it names."""
        ids = {"{shown}": self.exemplars["shown"], "{entry}": self.entry}
        return {field: ids.get(value, value) if isinstance(value, str) else value for field, value in document.items()}

    def journal_seq(self):
        import sqlite3
        with sqlite3.connect(f"{self.folder}/leaks.sqlite") as db:
            return db.execute("SELECT max(seq) FROM journal").fetchone()[0]


def main(binary):
    with tempfile.TemporaryDirectory(prefix="guidon-leaks-") as folder:
        world = World(binary, folder)
        world.known_routes()
        world.build()
        try:
            looked = world.look()
            compared = world.stays_blind()
            tried = world.try_to_change()
        finally:
            status, errors = world.site.stop()
        if status != 0:
            world.fault(f"the server ended with {status}: {errors[-500:]}")
        for line in errors.splitlines():
            for text in ["@q.example", "Holder-", PASSWORD]:
                if text in line:
                    world.fault(f"the log tells {text}: {line[:200]}")
        for fault in world.faults[:200]:
            print(fault)
        print(f"leaks: {looked} answers searched, {compared} compared, {tried} changes tried by {len(ROLES)} roles and the public, "
              f"{len(world.faults)} faults")
        return 1 if world.faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(str(pathlib.Path(sys.argv[1]).resolve())))
