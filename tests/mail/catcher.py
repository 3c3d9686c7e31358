#!/usr/bin/python3
"""A mail server that keeps what it takes: SMTP by aiosmtpd, one JSON file a mail, read by Python's own mail parser.

usage: catcher.py FOLDER [--port N] [--tls CERTIFICATE KEY] [--user NAME --password WORD] [--refuse-sender]

Prints its port when it listens, and ends with its standard input. What it says depends on the recipient's name:
`refused@` 550 and `later@` 451 when it is named, `spam@` 554 after the text. A file in FOLDER is complete once it is there.
"""
import argparse
import email
import email.policy
import json
import logging
import os
import pathlib
import socket
import ssl
import sys
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


def decoded(content, envelope, session):
    mail = email.message_from_bytes(content, policy=email.policy.default)
    return {
        "sender": envelope.mail_from, "recipients": envelope.rcpt_tos, "encrypted": session.ssl is not None,
        "signed_in": bool(session.authenticated), "from": str(mail["From"]), "to": str(mail["To"]),
        "subject": str(mail["Subject"]), "body": mail.get_content(), "id": str(mail["Message-ID"]),
        "date": mail["Date"].datetime.isoformat(), "language": str(mail["Content-Language"]),
        "auto": str(mail["Auto-Submitted"]), "unsubscribe": str(mail["List-Unsubscribe"] or ""),
        "defects": [str(d) for d in mail.defects] + [str(d) for h in mail.values() for d in h.defects],
        "longest_line": max(len(line) for line in content.split(b"\r\n")),
    }


class Keeper:
    def __init__(self, folder, refuse_sender):
        self.folder, self.refuse_sender = folder, refuse_sender

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.refuse_sender:
            return "553 5.7.1 this sender is not yours"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        answers = {"refused": "550 5.1.1 no such mailbox", "later": "451 4.7.1 greylisted, come back"}
        if answer := answers.get(address.split("@")[0]):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("spam@"):
            return "554 5.7.1 looks like spam"
        kept = json.dumps(decoded(envelope.content, envelope, session), ensure_ascii=False)
        number = len(list(self.folder.glob("*.json")))
        draft = self.folder / f"{number:04}.draft"
        draft.write_text(kept, encoding="utf-8")
        os.rename(draft, draft.with_suffix(".json"))
        return "250 taken"


def options(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--refuse-sender", action="store_true")
    return parser.parse_args(arguments)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    wish = options(sys.argv[1:])
    logging.disable(logging.CRITICAL)  # what a client does wrong is the test's affair
    warnings.simplefilter("ignore")
    settings = {}
    if wish.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*wish.tls)
        settings.update(tls_context=context, require_starttls=True)
    if wish.user:
        def check(server, session, envelope, mechanism, given):
            fits = (given.login, given.password) == (wish.user.encode(), wish.password.encode())
            return AuthResult(success=fits, handled=False)
        settings.update(authenticator=check, auth_required=True, auth_require_tls=bool(wish.tls))
    port = wish.port or free_port()
    controller = Controller(Keeper(wish.folder, wish.refuse_sender), hostname="127.0.0.1", port=port,
                            server_hostname="catcher.example.org", **settings)
    controller.start()
    print(port, flush=True)
    sys.stdin.read()
    controller.stop()


main()
