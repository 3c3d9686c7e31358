#!/usr/bin/env python3
"""What the network does to a server: handshakes, a certificate that is renewed, clients that stay silent, that go at
once, or that hold too many connections.

usage: tests/api/network.py BINARY [unittest's words …]
"""
import http.client
import os
import pathlib
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import warnings

from run import PATIENCE, Server, make_certificate

BINARY = ""


def client(folder, name, version=None):
    """A TLS client that trusts the certificate `name` of the folder alone."""
    context = ssl.create_default_context(cafile=f"{folder}/{name}.pem")
    if version:
        context.minimum_version = context.maximum_version = version
        context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def other_address():
    """An address of this machine that is not loopback, as from elsewhere; None when it has no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.77", 9))  # sends nothing
            return probe.getsockname()[0]
        except OSError:
            return None


def until(true, what):
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise AssertionError(what)


class NetworkTest(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="guidon-network-")
        self.addCleanup(self.temporary.cleanup)
        self.folder = self.temporary.name
        self.db = f"sqlite:{self.folder}/network.sqlite"

    def serve(self, *more):
        server = Server(BINARY, self.db, more)
        self.addCleanup(lambda: server.process.poll() is None and server.stop())
        return server

    def serve_tls(self, *more):
        make_certificate(self.folder, "office.example")
        return self.serve("--tls-cert", f"{self.folder}/office.example.pem", "--tls-key",
                          f"{self.folder}/office.example.key", *more)

    def answers(self, server, host="127.0.0.1"):
        connection = http.client.HTTPConnection(host, server.port, timeout=PATIENCE)
        connection.request("GET", "/healthz", headers={"Host": f"127.0.0.1:{server.port}"})
        status = connection.getresponse().status
        connection.close()
        return status

    def shake(self, server, context):
        plain = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
        try:
            return context.wrap_socket(plain, server_hostname="127.0.0.1")
        except BaseException:
            plain.close()
            raise

    def refused(self, *more):
        done = subprocess.run([BINARY, "serve", "--db", self.db, "--listen", "127.0.0.1:0", *more],
                              capture_output=True, text=True, timeout=PATIENCE)
        self.assertNotEqual(done.returncode, 0)
        self.assertFalse(pathlib.Path(f"{self.folder}/network.sqlite").exists(), "the database was opened before")
        return done.stderr


class Handshake(NetworkTest):
    def test_new_versions_are_spoken_with_forward_secrecy(self):
        server = self.serve_tls()
        for version, name in ((ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")):
            with self.shake(server, client(self.folder, "office.example", version)) as connection:
                self.assertEqual(connection.version(), name)
                self.assertRegex(connection.cipher()[0], "GCM|CHACHA20")
                connection.sendall(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
                self.assertTrue(connection.recv(100).startswith(b"HTTP/1.1 200 OK\r\n"))

    def test_old_versions_and_weak_ciphers_are_refused(self):
        server = self.serve_tls()
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            with self.assertRaises((ssl.SSLError, ConnectionError)):
                self.shake(server, client(self.folder, "office.example", version))
        for ciphers in ("AES128-SHA", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA256"):
            weak = client(self.folder, "office.example", ssl.TLSVersion.TLSv1_2)
            weak.set_ciphers(ciphers + ":@SECLEVEL=0")
            with self.assertRaises((ssl.SSLError, ConnectionError), msg=ciphers):
                self.shake(server, weak)

    def test_plain_http_on_the_encrypted_port_is_no_answer(self):
        server = self.serve_tls()
        with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as plain:
            plain.sendall(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
            self.assertNotIn(b"HTTP/1.1 200", plain.recv(100))

    def test_who_never_shakes_hands_is_let_go(self):
        server = self.serve_tls()
        begun = time.monotonic()
        with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as silent:
            self.assertEqual(silent.recv(1), b"")
        self.assertLess(time.monotonic() - begun, 15)

    def test_many_at_once_are_served(self):
        server = self.serve_tls()
        context = client(self.folder, "office.example")
        held = [self.shake(server, context) for _ in range(100)]
        for connection in held:
            connection.sendall(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        for connection in held:
            self.assertTrue(connection.recv(100).startswith(b"HTTP/1.1 200"))
            connection.close()


class Renewal(NetworkTest):
    def test_a_renewed_certificate_is_used_by_new_connections_and_old_ones_live_on(self):
        server = self.serve_tls()
        old_trust = client(self.folder, "office.example")
        old = self.shake(server, old_trust)
        make_certificate(self.folder, "office.example")
        server.process.send_signal(signal.SIGHUP)
        self.assertTrue(server.logged("certificate was read again"))
        self.shake(server, client(self.folder, "office.example")).close()
        with self.assertRaises(ssl.SSLCertVerificationError):
            self.shake(server, old_trust)
        old.sendall(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        self.assertTrue(old.recv(100).startswith(b"HTTP/1.1 200"))
        old.close()

    def test_a_renewal_that_went_wrong_is_told_and_the_old_certificate_stays(self):
        server = self.serve_tls()
        trust = client(self.folder, "office.example")
        pathlib.Path(f"{self.folder}/office.example.pem").write_text("nothing")
        server.process.send_signal(signal.SIGHUP)
        self.assertTrue(server.logged("no certificate that can be used"))
        self.shake(server, trust).close()


class Start(NetworkTest):
    """Certificates that cannot work are told before anything is opened."""

    def refused_files(self, certificate, key):
        return self.refused("--tls-cert", f"{self.folder}/{certificate}", "--tls-key", f"{self.folder}/{key}")

    def setUp(self):
        super().setUp()
        for name in ("a", "b"):
            make_certificate(self.folder, name)

    def test_missing(self):
        self.assertIn("none.pem", self.refused_files("none.pem", "a.key"))
        self.assertIn("none.key", self.refused_files("a.pem", "none.key"))

    def test_a_folder(self):
        os.mkdir(f"{self.folder}/folder")
        self.assertIn("folder", self.refused_files("folder", "a.key"))

    def test_no_certificate_and_no_key(self):
        self.assertIn("no certificate that can be used", self.refused_files("a.key", "a.key"))
        self.assertIn("no key that can be used", self.refused_files("a.pem", "a.pem"))

    def test_of_different_pairs(self):
        self.assertIn("does not belong to", self.refused_files("a.pem", "b.key"))

    def test_with_a_pass_phrase(self):
        subprocess.run(["openssl", "ec", "-in", f"{self.folder}/a.key", "-aes256", "-passout", "pass:secret", "-out",
                        f"{self.folder}/locked.key"], check=True, capture_output=True)
        self.assertIn("without a pass phrase", self.refused_files("a.pem", "locked.key"))

    def test_expired(self):
        subprocess.run(["openssl", "x509", "-in", f"{self.folder}/a.pem", "-signkey", f"{self.folder}/a.key", "-days",
                        "0", "-out", f"{self.folder}/old.pem"], check=True, capture_output=True)
        self.assertIn("was valid until", self.refused_files("old.pem", "a.key"))


class Crowd(NetworkTest):
    def test_connections_that_are_reset_at_once_take_nothing_away(self):
        server = self.serve()
        server.process.send_signal(signal.SIGSTOP)  # so that all of them wait to be accepted when they are gone
        for _ in range(2000):
            gone = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            gone.close()
        server.process.send_signal(signal.SIGCONT)
        self.assertEqual(self.answers(server), 200)

    def test_a_client_holds_a_bounded_number_of_connections_and_others_are_served(self):
        here = other_address()
        if here is None:
            self.skipTest("this machine has no other address than loopback")
        server = self.serve("--listen", "0.0.0.0:0", "--insecure-http", "--connections-per-client", "5")
        held = [socket.create_connection((here, server.port), timeout=PATIENCE) for _ in range(9)]

        def closed():
            count = 0
            for one in held:
                one.setblocking(False)
                try:
                    count += one.recv(1) == b""
                except BlockingIOError:
                    pass
                except ConnectionError:
                    count += 1
            return count

        until(lambda: closed() == 4, "four of nine connections are refused")
        self.assertEqual(self.answers(server), 200)
        with self.assertRaises((ConnectionError, http.client.HTTPException)):
            self.answers(server, here)
        for one in held:
            one.close()

        def welcome():
            try:
                return self.answers(server, here) == 200
            except (ConnectionError, http.client.HTTPException):
                return False

        until(welcome, "who closed its connections may come again")

    def test_plain_http_past_the_proxy_is_refused(self):
        here = other_address()
        if here is None:
            self.skipTest("this machine has no other address than loopback")
        server = self.serve("--listen", "0.0.0.0:0", "--trusted-proxy", "127.0.0.2")
        self.assertEqual(self.answers(server, here), 403)
        self.assertEqual(self.answers(server), 200)

    def test_open_plain_http_is_warned_about(self):
        server = self.serve("--listen", "0.0.0.0:0", "--insecure-http")
        self.assertTrue(server.logged("everybody on the way can read passwords"))
        self.assertTrue(server.logged("until a name is given with --host"))


class Uploads(NetworkTest):
    def test_two_gigabytes_are_refused_before_they_are_sent(self):
        server = self.serve()
        for path in ("/import", "/evidence/0000000000000000"):
            with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
                begin = time.monotonic()
                connection.sendall(f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
                                   "Content-Type: multipart/form-data; boundary=x\r\nAccept: application/json\r\n"
                                   "Content-Length: 2147483648\r\n\r\n--x\r\n".encode())
                answer = b""
                while piece := connection.recv(65536):  # until the server ends the connection
                    answer += piece
                self.assertTrue(answer.startswith(b"HTTP/1.1 413 "), answer[:200])
                self.assertIn(b"web.large-body", answer)
                self.assertLess(time.monotonic() - begin, 5)
        self.assertEqual(self.answers(server), 200)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    BINARY = str(pathlib.Path(sys.argv.pop(1)).resolve())
    warnings.filterwarnings("ignore", "ssl.TLSVersion", DeprecationWarning)  # that they are refused is tested
    unittest.main(warnings="ignore")
