#!/usr/bin/env python3
"""Bad days at the door: 200 wrong passwords a second, and a server that is killed while people sign in.

usage: tests/accounts/attack.py BINARY

Asserts what everybody is answered, not how fast.
"""
import http.client
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "api"))
from run import PATIENCE, Browser, Reply, Server  # noqa: E402

GUIDON = str(pathlib.Path(sys.argv.pop(1)).resolve())
PASSWORD = "seven copper kites"
SECONDS, GUESSES_PER_SECOND, CONNECTIONS = 5, 200, 16


def guidon(*words):
    run = subprocess.run([GUIDON, *words], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, (words, run.stdout, run.stderr)
    return run.stdout.strip()


def ask(server, method, path, body=None, browser=None, source=None):
    """-> Reply; JSON both ways. `browser` keeps its cookies."""
    connection = server.connect(source)
    headers = {"Accept": "application/json", **({"Content-Type": "application/json"} if body is not None else {})}
    headers.update(browser.headers() if browser else [])
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    response = connection.getresponse()
    reply = Reply(response, response.read())
    connection.close()
    if browser:
        browser.take(reply)
    return reply


def sign_in(server, name, password=PASSWORD, browser=None, source=None):
    return ask(server, "POST", "/sign-in", {"name": name, "password": password}, browser, source).status


class Attack:
    """Somebody guesses the passwords of these names, over many connections at once."""

    def __init__(self, server, names):
        self.server, self.names, self.replies, self.stop = server, names, [], threading.Event()
        self.threads = [threading.Thread(target=self.run, args=(number,)) for number in range(CONNECTIONS)]
        for one in self.threads:
            one.start()

    def run(self, number):
        begin, count = time.monotonic(), 0
        connection = self.server.connect("127.0.0.9")
        while not self.stop.wait(max(0.0, begin + count * CONNECTIONS / GUESSES_PER_SECOND - time.monotonic())):
            body = json.dumps({"name": self.names[(count + number) % len(self.names)], "password": f"a wrong guess {count}"})
            connection.request("POST", "/sign-in", body, {"Accept": "application/json", "Content-Type": "application/json"})
            response = connection.getresponse()
            response.read()
            self.replies.append((response.status, response.getheader("Retry-After")))
            count += 1
        connection.close()

    def count(self, status):
        return sum(told == status for told, _ in list(self.replies))

    def end(self):
        self.stop.set()
        for one in self.threads:
            one.join(PATIENCE)


class BadDays(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="guidon-attack-")
        self.db = f"sqlite:{self.folder.name}/registry.sqlite"
        guidon("demo", "--db", self.db)
        invitations = {name: guidon("people", "add", "--db", self.db, "--name", f"Office {name}", "--account", name, "--role",
                                    "reporter", "--site", "") for name in ("hoa", "binh")}
        self.server = Server(GUIDON, self.db, [])
        for name, link in invitations.items():
            self.assertEqual(ask(self.server, "POST", link, {"password": PASSWORD}).status, 303, name)

    def tearDown(self):
        if self.server:
            self.assertEqual(self.server.stop(), 0)
        self.folder.cleanup()

    def test_200_wrong_passwords_a_second_keep_nobody_out_and_no_page_back(self):
        known = Browser()
        self.assertEqual(sign_in(self.server, "hoa", browser=known), 303)
        begin = time.monotonic()
        attack = Attack(self.server, ["hoa", "nobody", "hoa", "administrator"])
        pages, signed_in = [], []
        while time.monotonic() < begin + SECONDS or (attack.count(429) == 0 and time.monotonic() < begin + PATIENCE):
            pages.append(ask(self.server, "GET", "/movements/four-good-cells/2024/standings").status)
            pages.append(ask(self.server, "GET", "/units?q=ha+tinh", source="127.0.0.9").status)
            signed_in.append(sign_in(self.server, "hoa", browser=known))  # whose account is attacked, in their own browser
            signed_in.append(sign_in(self.server, "hoa", browser=known, source="127.0.0.9"))  # behind the same address
            signed_in.append(sign_in(self.server, "binh"))  # whose account is not
        attack.end()
        spent = time.monotonic() - begin
        self.assertEqual(set(pages), {200})
        self.assertEqual(set(signed_in), {303})
        print(f"\n{len(attack.replies)} guesses in {spent:.1f} s, {attack.count(401)} looked at; {len(pages)} pages, "
              f"{len(signed_in)} sign-ins beside them")
        self.assertEqual({status for status, _ in attack.replies}, {401, 429})
        self.assertTrue(all(int(wait) >= 1 for status, wait in attack.replies if status == 429))
        self.assertLessEqual(attack.count(401), 3 * 8 + 3 * spent / 20 + 3, "few guesses are looked at")
        self.assertEqual(sign_in(self.server, "hoa", source="127.0.0.10"), 303, "from elsewhere, once the attack is over")
        self.assertEqual(ask(self.server, "GET", "/me", browser=known).status, 200)

    def test_killed_in_the_middle_of_sign_ins_nothing_is_broken_and_who_was_told_so_is_in(self):
        told, stop = [], threading.Event()

        def come_in(number):
            while not stop.is_set():
                browser = Browser()
                try:
                    if sign_in(self.server, ("hoa", "binh")[number % 2], browser=browser) == 303:
                        told.append(browser)
                except (OSError, http.client.HTTPException):
                    return

        people = [threading.Thread(target=come_in, args=(number,)) for number in range(4)]
        for one in people:
            one.start()
        end = time.monotonic() + PATIENCE
        wanted = random.Random(7).randint(6, 12)
        while len(told) < wanted and time.monotonic() < end:
            people[0].join(0.01)
        os.kill(self.server.process.pid, signal.SIGKILL)
        stop.set()
        for one in people:
            one.join(PATIENCE)
        self.server.process.wait(PATIENCE)
        self.server.reader.join(PATIENCE)
        self.server.process.stdout.close()
        self.server.process.stderr.close()
        self.server = None
        self.assertGreaterEqual(len(told), wanted)
        self.assertIn("Sound", guidon("doctor", "--db", self.db))
        self.server = Server(GUIDON, self.db, [])
        for browser in told:
            self.assertEqual(ask(self.server, "GET", "/me/account", browser=browser).status, 200)
        self.assertEqual(sign_in(self.server, "hoa"), 303)

    def test_a_double_click_from_two_connections_at_once_changes_once(self):
        browser = Browser()
        self.assertEqual(sign_in(self.server, "hoa", browser=browser), 303)
        replies = []

        def click():
            connection = self.server.connect()
            body = json.dumps({"title": "statistics", "verbs": ["report_value"], "ends": time.strftime("%Y-12-31")})
            connection.request("POST", "/me/tokens", body, {"Accept": "application/json", "Content-Type": "application/json",
                                                           "Idempotency-Key": "one-click", **dict(browser.headers())})
            response = connection.getresponse()
            replies.append((response.status, response.getheader("Idempotent-Replayed"), b"gdn_" in response.read()))
            connection.close()

        clicks = [threading.Thread(target=click) for _ in range(8)]
        for one in clicks:
            one.start()
        for one in clicks:
            one.join(PATIENCE)
        self.assertEqual(sorted(replies, key=str), sorted([(201, None, True)] + 7 * [(201, "true", False)], key=str))
        account = json.loads(ask(self.server, "GET", "/me/account", browser=browser).text)
        self.assertEqual(len(account["tokens"]), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
