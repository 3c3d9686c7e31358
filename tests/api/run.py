#!/usr/bin/env python3
"""Talks to a running guidon as the tables in this folder say, and tells what was not as expected.

usage: tests/api/run.py BINARY [TABLE.txt …]

Every table gets a server of its own on a fresh SQLite file and a free port, and again on a fresh PostgreSQL database
if GUIDON_TEST_POSTGRES says where (tools/with_postgres.sh). A table is a list of cases:

    prepare demo                        `guidon demo --db DB`, before the server starts or beside it
    prepare clerk = people token …      the same; {clerk} is what it printed
    certificate office.example          a certificate of its own for this name: {dir}/office.example.pem and .key
    serve --log-format json             more words for `guidon serve` (several lines add up)
    case  a sentence about behaviour
    GET /units?q=dong+hoi               one request; several may follow each other in a case
    60 * GET /units                     the same so many times; what is expected is about the last answer
    beside POST /units/1                another request at the very moment of the one before; what is expected is about
                                        both answers
    > Accept: application/json          a header of it (Host, Origin … are sent only as written here, Host by default)
    > from 127.0.0.2                    the address of this machine that the connection comes from
    > as office                         from the browser of this name, which keeps cookies; {form} is what the hidden
                                        field of the page's forms said that one of them saw last
    > by clerk auditor nobody           once for each of them with their access token ({clerk} …; nobody has none);
                                        what is expected is about every answer
    > body {"value": "81"}              its body, or:
    > body 2000000 * x                  … of that many letters
    > field name=value                  a field of a multipart form
    > file file=tests/data/units.csv    a file of a multipart form
    > file file={dir}/a.csv = PK\\x03    … that is made first, of this content
    < 200                               what is expected: the status (`< ~ 40[34]`: one that matches an expression),
    statuses 200 412                    the statuses of all answers, in any order,
    < Content-Language: vi              a header,
    < ETag ~ ^".+"$                     a header that matches an expression,
    < no Set-Cookie                     a header that must not be there,
    has Hà Tĩnh                         text that the body contains (after decompression),
    lacks password                      and text that it does not,
    json units.0.name = "Hà Tĩnh"       a value in a JSON body; `json units.length = 3` counts
    keep tag = ETag                     a header, or `keep id = json units.0.id`, or `keep style = text /assets/.*css`
                                        (an expression): {tag}, {id}, {style} stand for it below; `log /setup/.*` finds
                                        it in the log
    watch events /live?topic=a/2024     opens an event stream; lines `> …` as above
    heard events "rank"                 waits until the stream has said this
    journal 1 token.made                so many entries of the journal say this
    journal lacks Ferryman              none of them keeps this text, whatever a page makes of them
    logged GET /units                   waits until the log has this; `unlogged x`: it has not (after a `logged`)
    command serve --listen 0.0.0.0:80   runs the binary
    exit 2                              and expects its status; has and lacks look at what it printed

{port}, {db}, {dir} (a temporary folder), {long} (9000 letters), {huge} (100,000 letters), {today} and {tomorrow} (by the server's clock)
are known everywhere. Exits with 1 if anything was not as expected.
"""
import concurrent.futures
import datetime
import gzip
import http.client
import json
import os
import pathlib
import re
import shlex
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time

PATIENCE = 20  # seconds; sanitizers and loaded machines are slow


class Server:
    def __init__(self, binary, db, more):
        self.process = subprocess.Popen(
            [binary, "serve", "--db", db, *(() if "--listen" in more else ("--listen", "127.0.0.1:0")), *more],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.log = []
        self.reader = threading.Thread(target=lambda: self.log.extend(self.process.stderr), daemon=True)
        self.reader.start()
        line = self.process.stdout.readline().strip()
        if not line:
            self.process.wait()
            self.reader.join()
            raise RuntimeError("the server did not start: " + "".join(self.log))
        self.port = int(line.rsplit(":", 1)[1])
        self.encrypted = line.startswith("https:")

    def connect(self, source=None):
        """Who the server is, tests/api/network.py asks; here any certificate will do."""
        source = (source, 0) if source else None
        if self.encrypted:
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=PATIENCE, source_address=source,
                                               context=ssl._create_unverified_context())
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE, source_address=source)

    def logged(self, text):
        end = time.monotonic() + PATIENCE
        while not any(text in line for line in list(self.log)):
            if time.monotonic() > end:
                return False
            self.reader.join(0.02)
        return True

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = "still running"
        self.reader.join()
        self.process.stdout.close()
        self.process.stderr.close()
        return status


class Watch:
    """An event stream that is read in the background."""

    def __init__(self, server, target, headers):
        self.text = ""
        self.changed = threading.Condition()
        self.connection = server.connect()
        self.connection.request("GET", target, headers=headers)
        self.response = self.connection.getresponse()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        try:
            while piece := self.response.read1(65536):
                with self.changed:
                    self.text += piece.decode()
                    self.changed.notify_all()
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            pass

    def heard(self, text):
        with self.changed:
            return self.changed.wait_for(lambda: text in self.text, PATIENCE)


def make_certificate(folder, name):
    """FOLDER/NAME.pem and FOLDER/NAME.key, signed by itself."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name},IP:127.0.0.1",
                    "-days", "30", "-keyout", f"{folder}/{name}.key", "-out", f"{folder}/{name}.pem"],
                   check=True, capture_output=True)


def multipart(parts):
    boundary = "----guidon-table"
    out = b""
    for kind, name, value in parts:
        out += f"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"".encode()
        if kind == "file":
            out += f"; filename=\"{pathlib.Path(value).name}\"\r\nContent-Type: application/octet-stream".encode()
            value = pathlib.Path(value).read_bytes()
        else:
            value = value.encode()
        out += b"\r\n\r\n" + value + b"\r\n"
    return f"multipart/form-data; boundary={boundary}", out + f"--{boundary}--\r\n".encode()


class Request:
    def __init__(self, method, target, times=1):
        self.method, self.target, self.times = method, target, times
        self.headers, self.body, self.parts, self.source = [], None, [], None
        self.browser, self.callers = None, []

    def add(self, text):
        kind, _, rest = text.partition(" ")
        if kind == "body":
            times = re.fullmatch(r"(\d+) \* (.)", rest)
            self.body = (times[2] * int(times[1]) if times else rest).encode()
        elif kind == "from":
            self.source = rest
        elif kind == "as":
            self.browser = rest
        elif kind == "by":
            self.callers = rest.split()
        elif kind in ("field", "file"):
            name, _, value = rest.partition("=")
            path, made, content = value.partition(" = ")
            if kind == "file" and made:
                value = path
                pathlib.Path(path).write_bytes(content.encode().decode("unicode_escape").encode("latin-1"))
            self.parts.append((kind, name, value))
        else:
            name, _, value = text.partition(":")
            value = value.strip()
            times = re.fullmatch(r"(\d+) \* (.)", value)
            self.headers.append((name, times[2] * int(times[1]) if times else value))

    def send(self, server, more=()):
        if self.parts:
            content_type, self.body = multipart(self.parts)
            self.headers.append(("Content-Type", content_type))
            self.parts = []
        given = {name.lower() for name, _ in self.headers}
        connection = server.connect(self.source)
        connection.putrequest(self.method, self.target, skip_host=True, skip_accept_encoding=True)
        for name, value in (*self.headers, *more):
            if value != "-":  # `> Host: -` sends none
                connection.putheader(name, value.encode())
        if "host" not in given:
            connection.putheader("Host", f"127.0.0.1:{server.port}")
        if self.body is not None:
            connection.putheader("Content-Length", str(len(self.body)))
        connection.endheaders()
        if self.body is not None:
            connection.send(self.body)
        response = connection.getresponse()
        raw = response.read()
        connection.close()
        return Reply(response, raw)


class Reply:
    def __init__(self, response, raw):
        self.status = response.status
        self.headers = response.getheaders()
        encoded = raw and (response.getheader("Content-Encoding") or "") == "gzip"
        self.text = (gzip.decompress(raw) if encoded else raw).decode("utf-8", "replace")

    def header(self, name):
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(values) if values else None

    def value(self, path):
        at = json.loads(self.text)
        for step in path.split("."):
            if step == "length":
                at = len(at)
            else:
                at = at[int(step)] if isinstance(at, list) else at[step]
        return at


class Browser:
    """What a browser remembers of a site: its cookies."""

    def __init__(self):
        self.cookies = {}

    def headers(self):
        pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return [("Cookie", pairs)] if pairs else []

    def take(self, reply):
        for key, value in reply.headers:
            if key.lower() == "set-cookie":
                name, _, content = value.partition(";")[0].partition("=")
                self.cookies[name] = content
                if "Max-Age=0" in value:
                    del self.cookies[name]


class Table:
    def __init__(self, binary, path, db):
        self.binary, self.path = binary, path
        self.folder = tempfile.TemporaryDirectory(prefix="guidon-api-")
        self.db = db or f"sqlite:{self.folder.name}/api.sqlite"
        today = datetime.datetime.now(datetime.timezone.utc).date()
        self.known = {"db": self.db, "dir": self.folder.name, "long": 9000 * "a", "huge": 100_000 * "a",
                      "today": today.isoformat(), "tomorrow": (today + datetime.timedelta(days=1)).isoformat()}
        self.server = self.pending_watch = None
        self.pending = []  # requests that are sent together
        self.replies = []  # [(who, reply)]
        self.watches, self.faults, self.browsers = {}, [], {}
        self.more = []
        self.cases = 0
        self.case = ""

    def fault(self, number, what):
        where = self.db.split(":")[0]
        self.faults.append(f"{self.path}:{number}: ({where}) {self.case}: {what}")

    def filled(self, text):
        return re.sub(r"\{(\w+)\}", lambda m: str(self.known.get(m[1], m[0])), text)

    def start(self):
        if self.server is None:
            self.server = Server(self.binary, self.db, self.more)
            self.known["port"] = self.server.port

    def settle(self):
        """Sends what was described and not sent yet."""
        requests, self.pending = self.pending, []
        if len(requests) == 1:
            self.replies = [self.sent(requests[0], caller) for caller in requests[0].callers or [None]]
        elif requests:
            with concurrent.futures.ThreadPoolExecutor(len(requests)) as hands:
                jobs = [hands.submit(self.sent, one, caller) for one in requests for caller in one.callers or [None]]
                self.replies = [job.result() for job in jobs]
        if self.pending_watch is not None:
            (name, request), self.pending_watch = self.pending_watch, None
            self.watches[name] = Watch(self.server, request.target, dict(request.headers))

    def sent(self, request, caller):
        """-> (who, the last reply)"""
        browser = self.browsers.setdefault(request.browser, Browser()) if request.browser else None
        for _ in range(request.times):
            more = browser.headers() if browser else []
            if caller not in (None, "nobody"):
                more = [*more, ("Authorization", "Bearer " + self.known[caller])]
            reply = request.send(self.server, more)
            if browser:
                browser.take(reply)
                if form := re.search(r'name="form" value="([^"]+)"', reply.text):
                    self.known["form"] = form[1]
        return caller, reply

    def journal(self, where):
        """-> of how many entries of the journal this is true."""
        query = f"SELECT count(*) FROM journal WHERE {where}"
        command = ["sqlite3", self.db.partition(":")[2]] if self.db.startswith("sqlite:") else ["psql", "-tA", "-d", self.db, "-c"]
        return int(subprocess.run([*command, query], check=True, capture_output=True, text=True).stdout)

    def run(self):
        try:
            for number, line in enumerate(self.path.read_text().splitlines(), 1):
                line = self.filled(line.strip())
                if not line or line.startswith("#"):
                    continue
                try:
                    self.step(number, line)
                except (OSError, http.client.HTTPException, KeyError, IndexError, TypeError, ValueError) as wrong:
                    self.fault(number, f"{type(wrong).__name__}: {wrong} at: {line}")
            self.settle()
        except RuntimeError as wrong:
            self.fault(0, str(wrong))
        if self.server is not None:
            status = self.server.stop()
            if status != 0:
                self.fault(0, f"the server ended with {status}: " + "".join(self.server.log[-5:]))
        return self.faults

    def step(self, number, line):
        times, line = re.fullmatch(r"(?:(\d+) \* )?(.*)", line).groups()
        word, _, rest = line.partition(" ")
        rest = rest.strip()
        if word == "prepare":
            self.settle()
            name, rest = re.fullmatch(r"(?:(\w+) = )?(.*)", rest).groups()
            done = subprocess.run([self.binary, *shlex.split(rest), "--db", self.db], capture_output=True, text=True)
            if done.returncode != 0:
                raise RuntimeError(f"{rest}: {done.stderr}")
            if name:
                self.known[name] = done.stdout.strip()
        elif word == "serve":
            self.more += shlex.split(rest)
        elif word == "certificate":
            make_certificate(self.folder.name, rest)
        elif word == "case":
            self.settle()
            self.case, self.cases = rest, self.cases + 1
            self.start()
        elif word in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
            self.settle()
            self.pending = [Request(word, rest, int(times or 1))]
        elif word == "beside":
            self.pending.append(Request(*rest.split(" ", 1)))
        elif word == "watch":
            self.settle()
            name, _, target = rest.partition(" ")
            self.pending_watch = (name, Request("GET", target))
        elif word == ">":
            (self.pending[-1] if self.pending else self.pending_watch[1]).add(rest)
        elif word == "command":
            done = subprocess.run([self.binary, *shlex.split(rest)], capture_output=True, text=True, timeout=PATIENCE)
            reply = Reply.__new__(Reply)
            reply.status, reply.headers, reply.text = done.returncode, [], done.stdout + done.stderr
            self.replies = [(None, reply)]
        elif word == "statuses":
            self.settle()
            got = sorted(str(reply.status) for _, reply in self.replies)
            if got != sorted(rest.split()):
                self.fault(number, f"expected {rest}, got {' '.join(got)}")
        else:
            self.settle()
            told = self.case
            for who, reply in self.replies or [(None, None)]:
                self.case = f"{told}: by {who}" if who else told
                try:
                    self.expect(number, word, rest, reply)
                finally:
                    self.case = told

    def expect(self, number, word, rest, reply):
        if word == "exit" or (word == "<" and rest.isdigit()):
            if reply.status != int(rest):
                self.fault(number, f"expected {rest}, got {reply.status}: {reply.text[:600]}")
        elif word == "<" and rest.startswith("~ "):
            if not re.match(rest[2:], str(reply.status)):
                self.fault(number, f"expected {rest}, got {reply.status}: {reply.text[:600]}")
        elif word == "<" and rest.startswith("no "):
            if reply.header(rest[3:]) is not None:
                self.fault(number, f"header {rest[3:]} is there: {reply.header(rest[3:])}")
        elif word == "<":
            matched = re.match(r"([\w-]+)(: | ~ )(.*)", rest)
            got = reply.header(matched[1])
            same = got is not None and (got == matched[3] if matched[2] == ": " else re.search(matched[3], got))
            if not same:
                self.fault(number, f"expected {rest}, got {got}")
        elif word == "has":
            if rest not in reply.text:
                self.fault(number, f"not found: {rest} in: {reply.text[:600]}")
        elif word == "lacks":
            if rest in reply.text:
                self.fault(number, f"must not appear: {rest}")
        elif word == "logged":
            if not self.server.logged(rest):
                self.fault(number, f"not in the log: {rest}")
        elif word == "unlogged":
            if any(rest in line for line in list(self.server.log)):
                self.fault(number, f"must not be in the log: {rest}")
        elif word == "journal" and rest.startswith("lacks "):
            if got := self.journal(f"document LIKE '%{rest[6:]}%'"):
                self.fault(number, f"{got} entries of the journal keep: {rest[6:]}")
        elif word == "journal":
            times, _, what = rest.partition(" ")
            if (got := self.journal(f"what = '{what}'")) != int(times):
                self.fault(number, f"{got} entries {what} in the journal, not {times}")
        elif word == "json":
            path, _, wanted = rest.partition(" = ")
            got = reply.value(path)
            if got != json.loads(wanted):
                self.fault(number, f"{path} is {json.dumps(got, ensure_ascii=False)}, not {wanted}")
        elif word == "keep":
            name, _, source = rest.partition(" = ")
            if source.startswith("json "):
                self.known[name] = reply.value(source[5:])
            elif source.startswith("text "):
                self.known[name] = re.search(source[5:], reply.text)[0]
            elif source.startswith("log "):
                self.known[name] = re.search(source[4:], "".join(self.server.log))[0]
            else:
                self.known[name] = reply.header(source)
        elif word == "heard":
            name, _, text = rest.partition(" ")
            if not self.watches[name].heard(text):
                self.fault(number, f"not heard: {text} in: {self.watches[name].text}")
        else:
            raise RuntimeError(f"{self.path}:{number}: what does {word} mean?")


def fresh_postgres(server, name):
    subprocess.run(["psql", "-q", server, "-c", f"CREATE DATABASE {name}"], check=True)
    return server.replace("///postgres?", f"///{name}?", 1)


def main(arguments):
    binary = str(pathlib.Path(arguments[0]).resolve())
    tables = [pathlib.Path(name) for name in arguments[1:]] or sorted(pathlib.Path(__file__).parent.glob("*.txt"))
    postgres = os.environ.get("GUIDON_TEST_POSTGRES")
    faults, cases, begun = [], 0, time.monotonic()
    for number, path in enumerate(tables):
        databases = ["", fresh_postgres(postgres, f"api_{number}")] if postgres else [""]
        for db in databases:
            table = Table(binary, path, db)
            faults += table.run()
            cases += table.cases
    for fault in faults:
        print(fault)
    where = "SQLite and PostgreSQL" if postgres else "SQLite"
    print(f"{len(tables)} tables, {cases} cases on {where}, {len(faults)} faults, {time.monotonic() - begun:.1f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
