#!/usr/bin/env python3
"""Runs every scenario against the rules (`guidon score`) and, through import, server and API, against each database.

usage: run.py GUIDON [FILE …]      PostgreSQL too when GUIDON_TEST_POSTGRES names a database that may be filled

A scenario is text that an award officer can read:

    title     two schools tie for second place
    source    where the case comes from
    criteria  attendance weight 40% 0..10 · drills weight 60% 0..10
    units     alder birch cedar dogwood
    values    alder 8 6.75 · birch 8 8 · dogwood - 9        one number a criterion; - not reported, na not applicable
    refuse    cedar - 10.5            # scoring.beyond-range
    values    cedar 8 10
    standings 1 cedar 9.200 · 2 birch 8.000 · 3 alder 7.250 · - dogwood

A criterion is `KEY weight W% 0..MAX` (graded, the total is the weighted mean) or `KEY MAX RULE`, where RULE is one of
`graded`, `yes_no`, `ratio`, `each N [most N] [least N]`; a value may carry its target as in 81/86. What no line can say
stands in an indented block after `movement` as TOML. `groups a: x y · b: z` makes groups, `units x<y` puts x below y.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).parent


class Wrong(Exception):
    """What a scenario expected and what came instead."""


def parts(text):
    return [part.strip() for part in text.split("·") if part.strip()]


class Scenario:
    def __init__(self, path):
        self.path, self.steps, self.toml, self.units, self.groups = path, [], "", [], []
        self.criteria, self.weighted, word = [], False, ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            if line[0].isspace():
                if word == "movement":
                    self.toml += line.strip() + "\n"
                elif word == "standings":
                    self.steps[-1][2] = (self.steps[-1][2] + " · " if self.steps[-1][2] else "") + line.strip()
                continue
            word, _, rest = line.partition(" ")
            self.take(word, rest.strip(), number)

    def take(self, word, rest, number):
        if word == "units":
            for one in rest.split():
                unit, _, parent = one.partition("<")
                self.units.append((unit, parent))
        elif word == "groups":
            for group in parts(rest):
                name, members = group.split(":")
                self.groups += [(name.strip(), unit) for unit in members.split()]
        elif word == "criteria":
            self.criteria += [self.criterion(one) for one in parts(rest)]
        elif word in ("values", "refuse", "standings"):
            self.steps.append([word, number, rest])
        elif word not in ("title", "source", "movement"):
            raise Wrong(f"{self.path}:{number}: no such line: {word}")

    def criterion(self, text):
        weighted = re.fullmatch(r"(\S+) weight ([\d.]+)% 0\.\.([\d.]+)", text)
        if weighted:
            self.weighted = True
            key, weight, most = weighted.groups()
            self.toml += f'[[criteria]]\nkey = "{key}"\nmax = {most}\nweight = {weight}\nrule = {{ kind = "graded" }}\n'
            return key
        key, most, *rule = text.split()
        if rule[0] == "each":
            limits = "".join(f", {rule[i]} = {rule[i + 1]}" for i in range(2, len(rule), 2))
            body = f'kind = "per_case", each = {rule[1]}{limits}'
        else:
            body = {"ratio": 'kind = "ratio", to = "target"'}.get(rule[0], f'kind = "{rule[0]}"')
        self.toml += f'[[criteria]]\nkey = "{key}"\nmax = {most}\nrule = {{ {body} }}\n'
        return key

    def movement(self):
        head = 'format = "guidon/movement/1"\nkey = "scenario"\nperiod = "2024"\nstarts = 2024-01-01\nends = 2024-12-31\n'
        tables = self.toml + ('[total]\ncombine = "weighted-mean"\n' if self.weighted else "")
        return head + tables

    def cells(self, text):
        """-> {(unit, criterion): (value, target)} of a `values` or `refuse` line."""
        found = {}
        for one in parts(text):
            unit, *values = one.split()
            for key, value in zip(self.criteria, values):
                value, _, target = value.partition("/")
                found[unit, key] = ("" if value == "-" else value, target)
        return found

    def write(self, folder, values):
        (folder / "units.csv").write_text("code,parent,kind,name\n" + "".join(f"{u},{p},school,{u}\n" for u, p in self.units))
        (folder / "groups.csv").write_text("group,unit\n" + "".join(f"{g},{u}\n" for g, u in self.groups))
        (folder / "movement.toml").write_text(self.movement())
        (folder / "values.csv").write_text("unit,indicator,period,value,target\n" + "".join(
            f"{u},{k},2024,{v},{t}\n" for (u, k), (v, t) in sorted(values.items())))


def expect(scenario, number, wanted, got):
    wanted = " · ".join(parts(wanted))
    if wanted != got:
        raise Wrong(f"{scenario.path}:{number}: expected {wanted}\n{' ' * len(str(scenario.path))}       got {got}")


def by_rules(guidon, scenario, folder):
    """The steps as runs of `guidon score` over files."""
    values = {}

    def score():
        scenario.write(folder, values)
        groups = ["--groups", folder / "groups.csv"] if scenario.groups else []
        return subprocess.run([guidon, "score", "--units", folder / "units.csv", *groups, "--movement", folder / "movement.toml",
                               "--values", folder / "values.csv", "--out", folder / "standings.csv"],
                              capture_output=True, text=True)

    for word, number, text in scenario.steps:
        text, _, code = text.partition("#")
        if word == "refuse":
            before = dict(values)
            values.update(scenario.cells(text))
            run = score()
            if run.returncode != 2:
                raise Wrong(f"{scenario.path}:{number}: not refused: {run.stderr}")
            values = before
            continue
        values.update(scenario.cells(text) if word == "values" else {})
        if word == "standings":
            run = score()
            if run.returncode != 0:
                raise Wrong(f"{scenario.path}:{number}: {run.stderr}")
            rows = [line.split(",") for line in (folder / "standings.csv").read_text().splitlines()[1:]]
            expect(scenario, number, text, " · ".join(
                " ".join([r[1] or "-", r[2]] + ([r[3]] if r[3] else []) + ([r[5]] if r[5] else [])) for r in rows))


def new_token(guidon, db, *roles, account="office"):
    """-> an access token of a new person who has these roles everywhere."""
    def people(*words):
        run = subprocess.run([guidon, "people", *words, "--db", db, "--account", account], capture_output=True, text=True)
        if run.returncode != 0:
            raise Wrong(f"people {words[0]}: {run.stderr}")
        return run.stdout.strip()

    people("add", "--name", f"Office {account}", *(word for role in roles for word in ("--role", role)))
    return people("token", "--ends", "2099-01-01")


class Server:
    """One on this database; `token` is what requests that change something are sent with."""

    def __init__(self, guidon, db, token=""):
        self.token = token
        self.process = subprocess.Popen([guidon, "serve", "--db", db, "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.process.stdout.readline().strip()
        if not self.address:
            raise Wrong("the server did not start")

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        changing = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}", "If-Match": "*"}
        request = urllib.request.Request(self.address + path, data, method=method, headers={
            "Accept": "application/json", "Accept-Language": "en", **(changing if data else {})})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            return refused.code, json.load(refused)

    def stop(self):
        self.process.terminate()
        if self.process.wait(timeout=30) != 0:
            raise Wrong("the server did not stop well")


def by_server(guidon, scenario, folder, db):
    """The steps as an import, requests to the API, and `guidon doctor` at the end."""
    scenario.write(folder, {})
    for kind, name in (("units", "units.csv"), ("groups", "groups.csv"), ("movement", "movement.toml")):
        if kind == "groups" and not scenario.groups:
            continue
        run = subprocess.run([guidon, "import", kind, folder / name, "--db", db], capture_output=True, text=True)
        if run.returncode != 0:
            raise Wrong(f"{scenario.path}: import {kind}: {run.stdout}{run.stderr}")
    server = Server(guidon, db, new_token(guidon, db, "reporter"))
    try:
        ids = {}
        for unit, _ in scenario.units:
            found = server.ask("GET", f"/units.json?q={unit}")[1]["units"]
            ids[unit] = next(one["id"] for one in found if one["code"] == unit)
        for word, number, text in scenario.steps:
            text, _, code = text.partition("#")
            if word == "standings":
                rows = server.ask("GET", "/movements/scenario/2024/standings.json")[1]["standings"]
                expect(scenario, number, text, " · ".join(
                    " ".join([str(r.get("rank", "-")), r["unit"]["code"]] + ([r["total"]] if "total" in r else [])
                             + ([r["class"]["key"]] if "class" in r else [])) for r in rows))
                continue
            refused = []
            for (unit, key), (value, target) in scenario.cells(text).items():
                if word == "refuse" and not value:
                    continue
                body = {"value": value, **({"target": target} if target else {})}
                status, answer = server.ask("PUT", f"/movements/scenario/2024/units/{ids[unit]}/values/{key}", body)
                if status == 200:
                    continue
                refused.append(json.dumps(answer))
            if word == "values" and refused:
                raise Wrong(f"{scenario.path}:{number}: refused: {refused[0]}")
            if word == "refuse" and not any(code.strip() in one for one in refused):
                raise Wrong(f"{scenario.path}:{number}: expected {code.strip()}, got {refused or 'no refusal'}")
    finally:
        server.stop()
    doctor = subprocess.run([guidon, "doctor", "--db", db], capture_output=True, text=True)
    if doctor.returncode != 0:
        raise Wrong(f"{scenario.path}: doctor: {doctor.stdout}{doctor.stderr}")


def fresh_postgres(name):
    """-> the address of a new, empty database on the test server."""
    url = os.environ["GUIDON_TEST_POSTGRES"]
    subprocess.run(["psql", "-q", "-d", url, "-c", f'drop database if exists "{name}"', "-c", f'create database "{name}"'],
                   check=True, stdout=subprocess.DEVNULL)
    base, _, query = url.partition("?")
    return base.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")


def main():
    guidon = str(pathlib.Path(sys.argv[1]).resolve())
    files = [pathlib.Path(name) for name in sys.argv[2:]] or sorted(HERE.glob("*.scenario"))
    failed = 0
    for path in files:
        told = []
        try:
            scenario = Scenario(path)
            with tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                by_rules(guidon, scenario, folder)
                told.append("rules")
                by_server(guidon, scenario, folder, f"sqlite:{folder}/scenario.sqlite")
                told.append("sqlite")
                if "GUIDON_TEST_POSTGRES" in os.environ:
                    by_server(guidon, scenario, folder, fresh_postgres("scenario"))
                    told.append("postgresql")
            print(f"{path.stem}: {', '.join(told)}")
        except Wrong as wrong:
            failed += 1
            print(f"{path.stem}: FAILED after {', '.join(told) or 'nothing'}\n{wrong}")
    print(f"scenarios: {len(files) - failed} passed, {failed} failed")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
