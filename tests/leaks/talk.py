"""Talks to the server of the leak tests as people in browsers do: with a cookie, and the token that forms carry."""
import http.client
import io
import json
import pathlib
import re
import subprocess
import urllib.parse
import zipfile

PATIENCE = 30
PASSWORD = "a quiet river under seven bridges"


class Site:
    def __init__(self, binary, db, log):
        self.log = log
        with open(log, "w") as errors:
            self.process = subprocess.Popen([binary, "serve", "--db", db, "--listen", "127.0.0.1:0"],
                                            stdout=subprocess.PIPE, stderr=errors, text=True)
        self.port = int(self.process.stdout.readline().strip().rsplit(":", 1)[1])

    def ask(self, method, target, headers=None, fields=None, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = dict(headers or {})
        if fields is not None:
            body = urllib.parse.urlencode(fields, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, target, body=body, headers=headers)
        answer = connection.getresponse()
        if answer.getheader("Content-Type", "").startswith("text/event-stream"):
            raw = b""
        else:
            raw = answer.read()
        connection.close()
        return answer, raw

    def stop(self):
        self.process.terminate()
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, pathlib.Path(self.log).read_text()


class Caller:
    """Somebody in a browser: a cookie, and the token that the forms of the pages carry."""

    def __init__(self, site, account, link):
        self.site, self.account, self.cookie, self.form = site, account, "", ""
        if link is None:
            return
        path = "/" + link.split("/", 3)[3]
        answer, raw = site.ask("POST", path, fields={"password": PASSWORD, "again": PASSWORD})
        assert answer.status == 303, (account, answer.status, raw[:300])
        answer, raw = site.ask("POST", "/sign-in", fields={"name": account, "password": PASSWORD})
        assert answer.status == 303, (account, answer.status, raw[:300])
        cookies = [value for key, value in answer.getheaders() if key == "Set-Cookie"]
        self.cookie = next(c for c in cookies if c.startswith("guidon=")).split(";")[0]

    def headers(self, more=None):
        headers = {"Accept-Language": "en", **(more or {})}
        if self.cookie:
            headers["Cookie"] = self.cookie
        return headers

    def get(self, target, more=None):
        return self.site.ask("GET", target, self.headers(more))

    def change(self, method, target, document):
        return self.site.ask(method, target, self.headers({"Content-Type": "application/json", "Accept": "application/json",
                                                           "If-Match": "*"}), body=json.dumps(document))


def text_of(answer, raw):
    """All that an asker gets to see: headers, and the body with spreadsheets unpacked."""
    parts = [f"{key}: {value}" for key, value in answer.getheaders()]
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            parts += [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
    else:
        parts.append(raw.decode("utf-8", "replace"))
    return "\n".join(parts)


def settled(answer, raw):
    """The same without what differs between any two answers."""
    text = text_of(answer, raw)
    text = re.sub(r"(?m)^(Date|X-Request-Id|Retry-After): .*$", "", text)
    text = re.sub(r'name="form" value="[^"]*"|"form":"[^"]*"|"request_id":"[^"]*"|<code>[0-9a-v]{13}</code>', "", text)
    return text
