#!/usr/bin/env python3
"""Sends mail to a real mail server and reads what arrived, through `guidon mail test` and `guidon serve`.

usage: tests/mail/run.py BINARY
"""
import contextlib
import json
import os
import pathlib
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
PATIENCE = 30  # seconds
GUIDON = pathlib.Path(sys.argv.pop(1)).resolve()


class Catcher:
    """The mail server; ends with the test."""

    def __init__(self, folder, *more, port=0):
        self.folder = pathlib.Path(folder)
        self.process = subprocess.Popen(
            ["/usr/bin/python3", HERE / "catcher.py", folder, "--port", str(port), *more],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline().strip()
        if not line:
            raise RuntimeError("the mail catcher did not start; is python3-aiosmtpd installed?")
        self.port = int(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()

    def mails(self):
        return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(self.folder.glob("*.json"))]


class Server:
    """`guidon serve` on a free port."""

    def __init__(self, db, *more):
        self.process = subprocess.Popen([GUIDON, "serve", "--db", db, "--listen", "127.0.0.1:0", *more],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.log = []
        self.changed = threading.Condition()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        self.address = self.process.stdout.readline().strip()

    def read(self):
        for line in self.process.stderr:
            with self.changed:
                self.log.append(line)
                self.changed.notify_all()

    def logged(self, text):
        with self.changed:
            return self.changed.wait_for(lambda: any(text in line for line in self.log), PATIENCE)

    def health(self):
        with urllib.request.urlopen(self.address + "/healthz", timeout=PATIENCE) as answer:
            return answer.read().decode()

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        status = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        self.process.stdout.close()
        self.process.stderr.close()
        return status


def until(condition):
    end = time.monotonic() + PATIENCE
    pause = threading.Event()
    while not condition():
        if time.monotonic() > end:
            return False
        pause.wait(0.02)
    return True


class Mail(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="guidon mail ")
        self.addCleanup(self.folder.cleanup)
        self.dir = pathlib.Path(self.folder.name)
        self.caught = self.dir / "caught"
        self.caught.mkdir()

    def send(self, port, *more, to="office@example.org", host="127.0.0.1", environment=None):
        """-> (exit status, what was printed)"""
        done = subprocess.run(
            [GUIDON, "mail", "test", "--to", to, "--smtp", f"smtp://{host}:{port}",
             "--mail-from", "Thi đua Kỳ Anh <guidon@example.org>", *more],
            capture_output=True, text=True, timeout=PATIENCE * 3, env={**os.environ, **(environment or {})})
        return done.returncode, done.stdout + done.stderr

    def password_file(self, word):
        path = self.dir / "password"
        path.write_text(word + "\n")
        return str(path)

    def certificate(self):
        names = [str(self.dir / "certificate.pem"), str(self.dir / "key.pem")]
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost", "-out", names[0], "-keyout", names[1]],
                       check=True, capture_output=True)
        return names

    # One mail ----------------------------------------------------------------------------------------------------

    def test_every_script_arrives_intact(self):
        expected = {
            "vi": ("Guidon: thử gửi thư",
                   "Thư này được gửi để kiểm tra xem Guidon có gửi được thư không. Đã gửi được.\n"),
            "ur": ("Guidon: ای میل کی آزمائش",
                   "یہ ای میل یہ دیکھنے کے لیے بھیجی گئی کہ Guidon ای میل بھیج سکتا ہے یا نہیں۔ بھیج سکتا ہے۔\n"),
        }
        with Catcher(self.caught) as catcher:
            for language in expected:
                status, said = self.send(catcher.port, "--language", language)
                self.assertEqual((status, said), (0, f"127.0.0.1:{catcher.port} has taken the test mail for office@example.org.\n"))
            mails = catcher.mails()
        self.assertEqual({m["language"]: (m["subject"], m["body"].replace("\r\n", "\n")) for m in mails}, expected)
        for mail in mails:
            self.assertEqual(mail["from"], "Thi đua Kỳ Anh <guidon@example.org>")
            self.assertEqual((mail["sender"], mail["recipients"]), ("guidon@example.org", ["office@example.org"]))
            self.assertEqual((mail["auto"], mail["defects"]), ("auto-generated", []))
            self.assertLessEqual(mail["longest_line"], 78)
            self.assertRegex(mail["id"], r"^<[0-9a-z]{16}@example\.org>$")

    def test_a_password_is_asked_for_and_given(self):
        with Catcher(self.caught, "--user", "guidon", "--password", "mật khẩu") as catcher:
            right = self.password_file("mật khẩu")
            self.assertEqual(self.send(catcher.port, "--smtp-user", "guidon", "--smtp-password-file", right)[0], 0)
            self.assertEqual(self.send(catcher.port, "--smtp-user", "guidon",
                                       environment={"GUIDON_SMTP_PASSWORD": "mật khẩu"})[0], 0)
            wrong = self.password_file("another")
            status, said = self.send(catcher.port, "--smtp-user", "guidon", "--smtp-password-file", wrong)
            self.assertEqual(status, 1)
            self.assertIn("does not accept the user or the password", said)
            self.assertNotIn("another", said)
            status, said = self.send(catcher.port)
            self.assertIn("does not accept the user or the password: 530", said)
            self.assertEqual([m["signed_in"] for m in catcher.mails()], [True, True])

    def test_starttls_with_an_authority_of_ones_own(self):
        certificate, key = self.certificate()
        with Catcher(self.caught, "--tls", certificate, key, "--user", "guidon", "--password", "word") as catcher:
            account = ["--smtp-user", "guidon", "--smtp-password-file", self.password_file("word"),
                       "--smtp-security", "starttls"]
            status, said = self.send(catcher.port, *account, "--smtp-ca", certificate, host="localhost")
            self.assertEqual((status, said.split(" has ")[0]), (0, f"localhost:{catcher.port}"))
            status, said = self.send(catcher.port, *account, host="localhost")
            self.assertEqual(status, 1)
            self.assertIn("cannot be encrypted", said)
            status, said = self.send(catcher.port, *account, "--smtp-ca", certificate)
            self.assertEqual(status, 1, "the certificate is not that of 127.0.0.1")
            self.assertEqual([(m["encrypted"], m["signed_in"]) for m in catcher.mails()], [(True, True)])

    def test_a_server_without_starttls_gets_no_password(self):
        with Catcher(self.caught, "--user", "guidon", "--password", "word") as catcher:
            status, said = self.send(catcher.port, "--smtp-security", "starttls", "--smtp-user", "guidon",
                                     "--smtp-password-file", self.password_file("word"))
            self.assertEqual(status, 1)
            self.assertIn("cannot be encrypted", said)
            self.assertEqual(catcher.mails(), [])

    def test_refusals_say_whose_they_are(self):
        with Catcher(self.caught) as catcher:
            for to, expected in [("refused@example.org", "refuses the mail: 550 5.1.1 no such mailbox"),
                                 ("spam@example.org", "refuses the mail: 554 5.7.1 looks like spam"),
                                 ("later@example.org", "it may later: 451 4.7.1 greylisted")]:
                status, said = self.send(catcher.port, to=to)
                self.assertEqual(status, 1)
                self.assertIn(expected, said)
            status, said = self.send(catcher.port, to="a@example.org\r\nBcc: b@example.org")
            self.assertEqual(status, 2)
            self.assertIn("is not an address", said)
            port = catcher.port
        with Catcher(self.caught, "--refuse-sender", port=port):
            self.assertIn("does not take mail from this sender: 553", self.send(port)[1])
        status, said = self.send(port)
        self.assertEqual(status, 1)
        self.assertIn(f"The mail server 127.0.0.1:{port} does not answer", said)

    # The outbox --------------------------------------------------------------------------------------------------

    def database(self):
        url = f"sqlite:{self.dir / 'registry.sqlite'}"
        Server(url).end()
        return url

    @contextlib.contextmanager
    def tables(self):
        with contextlib.closing(sqlite3.connect(self.dir / "registry.sqlite", timeout=PATIENCE)) as connection:
            with connection:
                yield connection

    def queue(self, name, to="office@example.org"):
        with self.tables() as tables:
            tables.execute("INSERT INTO mail VALUES (?, '', ?, 'vi', 'Việc đang chờ', 'Đề nghị xác minh\n.\nhết', 'test',"
                           " 'waiting', 0, 0, '', 0, '', 1710396000000, 0, NULL)", (name, to))

    def rows(self, columns):
        with self.tables() as tables:
            return tables.execute(f"SELECT {columns} FROM mail ORDER BY id").fetchall()

    def mail_options(self, port):
        return ["--smtp", f"smtp://127.0.0.1:{port}", "--mail-from", "guidon@example.org"]

    def test_serve_sends_what_is_due_and_says_how_it_stands(self):
        url = self.database()
        self.queue("a")
        self.queue("b", "refused@example.org")
        with Catcher(self.caught) as catcher:
            server = Server(url, *self.mail_options(catcher.port))
            self.assertTrue(until(lambda: "waiting" not in str(self.rows("state"))))
            health = server.health()
            self.assertTrue(server.logged("mail b was not sent: mail.refused"))
            self.assertEqual(server.end(), 0)
            (mail,) = catcher.mails()
        self.assertEqual((mail["subject"], mail["body"].replace("\r\n", "\n")), ("Việc đang chờ", "Đề nghị xác minh\n.\nhết"))
        self.assertEqual((mail["date"], mail["id"]), ("2024-03-14T06:00:00+00:00", "<a@example.org>"))
        self.assertIn("no mail waits, 1 has failed", health)
        self.assertEqual(self.rows("id, state, last_error"),
                         [("a", "sent", ""), ("b", "failed", "mail.refused 550 5.1.1 no such mailbox")])
        self.assertNotIn("example.org", "".join(server.log), "no addresses in the log")

    def test_a_mail_server_that_was_down_gets_it_later_once_though_the_program_was_killed_meanwhile(self):
        url = self.database()
        with Catcher(self.caught) as catcher:
            port = catcher.port
        self.queue("a")
        server = Server(url, *self.mail_options(port))
        self.assertTrue(until(lambda: self.rows("tries") == [(1,)]))
        health = server.health()
        self.assertIn('"status":"ok"', health.replace(" ", ""), "the pages work without mail")
        server.end(signal.SIGKILL)
        (state, next_try, error), = self.rows("state, next_try_utc_ms, last_error")
        self.assertEqual((state, error.split()[0]), ("waiting", "mail.unreachable"))
        self.assertAlmostEqual(next_try, (time.time() + 60) * 1000, delta=PATIENCE * 1000)
        with self.tables() as tables:  # the minute passes
            tables.execute("UPDATE mail SET next_try_utc_ms = next_try_utc_ms - 60000")
        with Catcher(self.caught, port=port) as catcher:
            server = Server(url, *self.mail_options(port))
            self.assertTrue(until(lambda: self.rows("state") == [("sent",)]))
            server.end()
            again = Server(url, *self.mail_options(port))
            again.end()
            self.assertEqual([m["id"] for m in catcher.mails()], ["<a@example.org>"])

    def test_a_mail_server_that_never_answers_keeps_nobody_from_stopping(self):
        url = self.database()
        self.queue("a")
        with socket.create_server(("127.0.0.1", 0)) as silent:
            silent.settimeout(PATIENCE)
            server = Server(url, *self.mail_options(silent.getsockname()[1]))
            connection, _ = silent.accept()
            begin = time.monotonic()
            self.assertEqual(server.end(), 0)
            self.assertLess(time.monotonic() - begin, 10)
            connection.close()
        self.assertEqual(self.rows("state, tries, claim"), [("waiting", 0, "")], "as if nobody had tried")

    def test_serve_refuses_settings_that_cannot_work_before_it_starts(self):
        url = f"sqlite:{self.dir / 'registry.sqlite'}"
        for more, expected in [(["--smtp", "mail.example.org"], "not the address of a mail server"),
                               (["--smtp", "smtp://a:b@mail.example.org"], "without a user or a password"),
                               (["--smtp", "smtp://mail.example.org"], "--mail-from"),
                               (["--smtp", "smtp://mail.example.org", "--smtp-security", "none", "--smtp-user", "a"],
                                "unencrypted")]:
            done = subprocess.run([GUIDON, "serve", "--db", url, *more], capture_output=True, text=True, timeout=PATIENCE)
            self.assertEqual(done.returncode, 2)
            self.assertIn(expected, done.stderr)


unittest.main(verbosity=2)
