#!/usr/bin/env python3
"""Measures the program beside the floors of the machine, as ratios.

usage: bench.py BUILD_DIR NATIONAL_DIR [engine] [score] [import] [http] [exemplars]
"""
import hashlib
import json
import os
import pathlib
import platform
import random
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

import exemplar_data

BUILD, NATIONAL = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
WANTED = sys.argv[3:] or ["engine", "score", "import", "http", "exemplars"]
GUIDON, FLOOR = str(BUILD / "guidon"), str(BUILD / "bench" / "guidon_floor")


def row(what, figure, floor="", ratio=""):
    print(f"{what:<58} {figure:>16} {floor:>26} {ratio:>8}", flush=True)


def run(*command, **more):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **more)


def median(values):
    return sorted(values)[len(values) // 2]


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    memory = int(re.search(r"MemTotal:\s+(\d+)", open("/proc/meminfo").read()).group(1)) // 1024 // 1024
    print(f"machine: {model}, {os.cpu_count()} cores, {memory} GiB, {platform.freedesktop_os_release()['PRETTY_NAME']}, "
          f"load {os.getloadavg()[0]:.1f}\n")


def workload(folder):
    """The national workload in the public formats: 250,000 units, 20 criteria."""
    run("g++", "-O2", "-o", folder / "gen", NATIONAL / "gen.cpp")
    (folder / "data").mkdir()
    run(folder / "gen", folder / "data", "--preset", "national")
    run(sys.executable, NATIONAL / "to_formats.py", "to", folder / "data", folder / "formats")
    return folder / "formats"


def engine():
    out = subprocess.run([str(BUILD / "guidon_scoring_bench"), "--benchmark_format=json", "--benchmark_repetitions=5",
                          "--benchmark_report_aggregates_only=true"],
                         check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for one in json.loads(out.stdout)["benchmarks"]:
        if one.get("aggregate_name") == "median":
            row("engine: " + one["run_name"], f"{one['real_time']:.4g} {one['time_unit']}")


def score(folder, files):
    out, rollup = folder / "standings.csv", folder / "rollup.csv"
    command = [GUIDON, "score", "--units", files / "units.csv", "--groups", files / "groups.csv", "--movement", files / "movement.toml",
               "--values", files / "values.csv", "--out", out, "--rollup", rollup, "--threads", "2", "--timing"]
    walls, phases, peak = [], {}, 0
    for _ in range(5):
        begin = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stderr=subprocess.PIPE, text=True)
        timing = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        walls.append(time.perf_counter() - begin)
        assert status == 0, timing
        peak = max(peak, usage.ru_maxrss)
        for name, seconds in re.findall(r"(\w+) ([\d.]+) s", timing):
            phases.setdefault(name, []).append(float(seconds))
    run(sys.executable, NATIONAL / "to_formats.py", "back", folder / "data", out, rollup, folder / "back.csv")
    got = hashlib.sha256((folder / "back.csv").read_bytes()).hexdigest()
    right = f"national back.csv {got}" in (NATIONAL / "expected.sha256").read_text()
    reading = float(run(FLOOR, "read", files / "values.csv").stdout.split()[0])
    parts = ", ".join(f"{name} {median(values):.3f} s" for name, values in phases.items())
    row("guidon score, CSV to CSV, 250,000 units, 4.95 M values", f"{median(walls):.3f} s", f"read bytes {reading * 1000:.1f} ms",
        f"{median(walls) / reading:.0f}x")
    row("  of it", parts)
    row("  peak memory", f"{peak / 1024:.0f} MiB")
    row("  checksum of back.csv", "as expected" if right else "WRONG")


def imports(folder, files):
    db = f"sqlite:{folder}/national.sqlite"
    total = 0
    for kind, name in (("units", "units.csv"), ("groups", "groups.csv"), ("movement", "movement.toml"), ("values", "values.csv")):
        begin = time.perf_counter()
        run(GUIDON, "import", kind, files / name, "--db", db)
        seconds = time.perf_counter() - begin
        total += seconds
        row(f"import {name} into SQLite", f"{seconds:.2f} s")
    row("import, all together", f"{total:.2f} s")
    row("  size of the database", f"{(folder / 'national.sqlite').stat().st_size / 1048576:.0f} MiB")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(port):
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.01)


def wrk(url, script=None, connections=16):
    command = ["wrk", "-t1", f"-c{connections}", "-d5s", "--latency", url] + (["-s", script] if script else [])
    out = run(*command).stdout
    if "Non-2xx" in out:
        raise SystemExit(f"{url}: {re.search(r'Non-2xx.*', out).group(0)}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)), re.search(r"99%\s+(\S+)", out).group(1)


def ask(url):
    request = urllib.request.Request(url, headers={"Accept": "application/json"})
    return json.load(urllib.request.urlopen(request))


def rss(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{pid}/status").read()).group(1)) / 1024


def fixed_answer(size):
    """-> how many of them RESTinio alone sends a second."""
    port = free_port()
    floor = subprocess.Popen([FLOOR, "http", str(port), str(size)], stdout=subprocess.DEVNULL)
    wait_for(port)
    rate, p99 = wrk(f"http://127.0.0.1:{port}/")
    floor.kill()
    row(f"floor: a fixed answer of {size:,} bytes by RESTinio", f"{rate:,.0f}/s", f"p99 {p99}")
    return rate


def commits_of_sqlite(folder):
    """-> how many a second SQLite alone makes durable."""
    rate = float(run(FLOOR, "sqlite", folder / "floor.sqlite", "3000").stdout)
    row("floor: a commit of SQLite", f"{rate:,.0f}/s")
    return rate


def changing(folder, method, address, token, body):
    """-> a script for wrk; `body` is Lua that makes a body of the number n."""
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Authorization": f"Bearer {token}",
               "If-Match": "*"}
    table = ", ".join(f'["{name}"] = "{value}"' for name, value in headers.items())
    script = folder / "change.lua"
    script.write_text(f'n = 0\nrequest = function()\n n = n + 1\n return wrk.format("{method}", "{address}", {{{table}}}, '
                      f"{body})\nend\n", encoding="utf-8")
    return str(script)


def http(folder):
    bare = fixed_answer(200)
    commits = commits_of_sqlite(folder)
    db = f"sqlite:{folder}/demo.sqlite"
    begin = time.perf_counter()
    run(GUIDON, "demo", "--db", db)
    row("loading the demo", f"{time.perf_counter() - begin:.2f} s")
    run(GUIDON, "people", "add", "--db", db, "--name", "Office", "--account", "office", "--role", "reporter")
    token = run(GUIDON, "people", "token", "--db", db, "--account", "office", "--ends", "2099-01-01").stdout.strip()
    port = free_port()
    begin = time.perf_counter()
    server = subprocess.Popen([GUIDON, "serve", "--db", db, "--listen", f"127.0.0.1:{port}"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    try:
        server.stdout.readline()
        row("start with the demo", f"{time.perf_counter() - begin:.3f} s")
        base = f"http://127.0.0.1:{port}"
        standings = base + "/movements/north-central-cluster/2023/standings"
        first = ask(standings + ".json")["standings"][0]
        time.sleep(2)  # the running cycles are loaded in the background
        row("memory, idle", f"{rss(server.pid):.0f} MiB")
        for name, url in (("standings, JSON", standings + ".json"), ("standings, HTML", standings),
                          ("standings of 200 units, HTML", base + "/movements/new-rural-areas-ha-tinh/2024/standings"),
                          ("why, HTML", base + first["why_href"]), ("unit, JSON", base + first["unit"]["href"] + ".json"),
                          ("unit, HTML", base + first["unit"]["href"]), ("search of units, JSON", base + "/units.json?q=dong+hoi")):
            rate, p99 = wrk(url)
            row(name, f"{rate:,.0f}/s", f"p99 {p99}", f"1/{bare / rate:.1f}")
        address = f"/movements/north-central-cluster/2023/units/{first['unit']['id']}/values/party_building"
        script = changing(folder, "PUT", address, token, """'{"value":"' .. (50 + n % 50) .. '"}'""")
        for connections in (1, 16, 64):
            rate, p99 = wrk(base + address, script, connections)
            row(f"a value changed durably, {connections} clients", f"{rate:,.0f}/s", f"p99 {p99}", f"{rate / commits:.1f}x")
        row("memory, after the load", f"{rss(server.pid):.0f} MiB")
    finally:
        server.terminate()
        server.wait()


def varied(folder, name, addresses):
    """-> a script for wrk that asks for one address after the other, packed as browsers ask."""
    script = folder / f"{name}.lua"
    lines = ",\n".join(json.dumps(address, ensure_ascii=True) for address in addresses)
    script.write_text("local all = {\n%s}\nlocal n = 0\nrequest = function()\n n = n %% #all + 1\n "
                      'return wrk.format("GET", all[n], {["Accept-Encoding"] = "gzip"})\nend\n' % lines, encoding="utf-8")
    return str(script)


def exemplars(folder):
    """150,000 exemplars: lists, filters, figures, pages, searches – each request another one than the one before –, new ones."""
    count = int(os.environ.get("GUIDON_BENCH_EXEMPLARS", "150000"))
    file, movement, units = folder / "exemplars.sqlite", folder / "good-practice.toml", folder / "units.csv"
    db = f"sqlite:{file}"
    packed = 5000  # about what a list weighs
    bare, commits = fixed_answer(packed), commits_of_sqlite(folder)
    exemplar_data.write_movement(movement)
    units.write_text("code,parent,kind,name\nVN,,country,Việt Nam\n" + "".join(
        f"{p:02},VN,province,Tỉnh {p:02}\n" for p in range(1, 64)) + "".join(
        f"{p:02}{c:03},{p:02},commune,Xã {p:02}{c:03}\n" for p in range(1, 64) for c in range(1, 161)), encoding="utf-8")
    run(GUIDON, "import", "units", str(units), "--db", db)
    run(GUIDON, "import", "movement", str(movement), "--db", db)
    begin = time.perf_counter()
    ids = exemplar_data.fill(str(file), count)
    row(f"{count:,} exemplars made", f"{time.perf_counter() - begin:.0f} s")
    run(GUIDON, "people", "add", "--db", db, "--name", "Office", "--account", "office", "--role", "reporter")
    token = run(GUIDON, "people", "token", "--db", db, "--account", "office", "--ends", "2099-01-01").stdout.strip()
    with Server(db) as server:
        begin = time.perf_counter()
        ask(server.base + "/exemplars.json")
        row("first list (reads all of them)", f"{time.perf_counter() - begin:.2f} s")
        begin = time.perf_counter()
        while not indexed(file, count):
            time.sleep(1)
        row("read for the search and for what is similar", f"{time.perf_counter() - begin:.0f} s")
        row("memory, after that", f"{server.rss():.0f} MiB")
    with Server(db) as server:
        ask(server.base + "/exemplars.json")
        row("memory, idle", f"{server.rss():.0f} MiB")
        chosen = random.Random(7)
        lists = [f"/exemplars{{}}?page={page}" for page in range(1, 200)]
        filters = [f"/exemplars{{}}?field={field}&state={state}&year={year}" for field in exemplar_data.FIELDS
                   for state in exemplar_data.STATES for year in (2021, 2022, 2023, 2024)]
        figures = [f"/exemplars/figures{{}}?year={year}&field={field}" for year in (2021, 2022, 2023, 2024) for field in exemplar_data.FIELDS]
        pages = [f"/exemplars/{one}{{}}" for one in chosen.sample(ids, 1000)]
        every_page = [f"/exemplars/{one}{{}}" for one in ids[::5]]
        searches = ["/exemplars{}?q=" + urllib.parse.quote(one) for one in typed(file, chosen)]
        usual = chosen.choices(searches, [1 / n for n in range(1, len(searches) + 1)], k=100_000)  # as words in a language: the nth 1/n as often
        for name, addresses in (("list", lists), ("filters with counts", filters), ("figures", figures),
                                ("exemplars asked for again", pages), ("exemplars, each once", every_page),
                                ("searches, each once", searches), ("searches, some more often", usual)):
            for kind, suffix in (("JSON", ".json"), ("HTML", "")):
                script = varied(folder, f"{name}-{kind}", [address.format(suffix) for address in addresses])
                if "once" not in name:
                    wrk(server.base, script)  # what is kept is kept
                rate, p99 = wrk(server.base, script)
                row(f"{name}, {len(addresses):,}, {kind}", f"{rate:,.0f}/s", f"p99 {p99}", f"1/{bare / rate:.1f}")
        unit = ask(server.base + "/exemplars.json")["exemplars"][0]["unit"]["id"]
        wish = {"movement": "good-practice", "period": "2024", "unit": unit, "kind": "model", "field": exemplar_data.FIELDS[0],
                "language": "vi", "then": "register", **json.loads(exemplar_data.content()),
                "beneficiaries_who": "households"}
        del wish["beneficiaries"]  # a form's fields, not what is kept
        body = f'[=[{json.dumps(wish)[:-1]}, "title": "A model garden, number ]=] .. n .. [=["}}]=]'
        script = changing(folder, "POST", "/exemplars", token, body)
        for connections in (1, 16, 64):
            rate, p99 = wrk(server.base + "/exemplars", script, connections)
            row(f"registered durably, {connections} clients", f"{rate:,.0f}/s", f"p99 {p99}", f"{rate / commits:.1f}x")
        row("memory, after the load", f"{server.rss():.0f} MiB")


class Server:
    """A server of this database, as long as the block lasts."""

    def __init__(self, db):
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen([GUIDON, "serve", "--db", db, "--listen", f"127.0.0.1:{port}"], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.process.stdout.readline()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def rss(self):
        return rss(self.process.pid)


def indexed(file, count):
    """-> whether all texts have been read for the search, and for what is similar."""
    db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    words = db.execute("SELECT count(*) FROM exemplar_text").fetchone()[0]
    similar = db.execute("SELECT coalesce(max(exemplar), 0) FROM exemplar_index").fetchone()[0]
    db.close()
    return words >= count and similar >= count


def typed(file, chosen):
    """-> what people look for: one to four words that stand together in a title, or two or three from anywhere."""
    db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    titles = [row[0].split() for row in db.execute("SELECT title FROM exemplar")]
    db.close()
    several = set()
    while len(several) < 20_000:
        words = chosen.choice(titles)
        begin = chosen.randrange(len(words))
        several.add(" ".join(words[begin:begin + chosen.randint(1, 4)] if chosen.random() < 0.8 else
                             [chosen.choice(chosen.choice(titles)) for _ in range(chosen.randint(2, 3))]))
    return sorted(several, key=lambda _: chosen.random())


def main():
    machine()
    row("what", "figure", "beside", "ratio")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = workload(folder) if {"score", "import"} & set(WANTED) else None
        if "engine" in WANTED:
            engine()
        if "score" in WANTED:
            score(folder, files)
        if "import" in WANTED:
            imports(folder, files)
        if "http" in WANTED:
            http(folder)
        if "exemplars" in WANTED:
            exemplars(folder)


main()
