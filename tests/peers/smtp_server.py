"""A mail server that the stories send to: aiosmtpd with TLS and accounts, which writes down what it took.

It is told what to do by a JSON file that it reads anew at each connection, so that a story can change its
mind: which connections break and where, which recipients it refuses. It answers on a free port that it
prints. Every accepted message is a line of JSON in the log and an .eml file beside it, both on disk before
the client learns that it was taken.

Breaking: each connection draws from a generator seeded with the seed and its own number, so that a run can
be had again. The places are the greeting, EHLO after TLS, AUTH, MAIL, RCPT, DATA before the message, in
the middle of the message, and after the message was taken, before the answer.
"""

import argparse
import asyncio
import datetime
import email
import email.policy
import hashlib
import ipaddress
import json
import os
import pathlib
import random
import ssl

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PLACES = ["greeting", "ehlo", "auth", "mail", "rcpt", "data", "body", "answer"]


def write(path, key_or_cert):
    if isinstance(key_or_cert, x509.Certificate):
        path.write_bytes(key_or_cert.public_bytes(serialization.Encoding.PEM))
    else:
        path.write_bytes(
            key_or_cert.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )


def certificates(folder):
    """An authority, and three certificates by it: a good one, one that ran out, one for another name."""
    now = datetime.datetime.now(datetime.timezone.utc)
    day = datetime.timedelta(days=1)
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])

    def made(name, issuer_key, key, begins, ends, names):
        is_authority = names is None
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(authority_name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(ends)
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        )
        if not is_authority:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False).add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False
            )
        return builder.sign(issuer_key, hashes.SHA256())

    authority = made(authority_name, authority_key, authority_key, now - 9 * day, now + 9 * day, None)
    write(folder / "authority.pem", authority)
    here = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    kinds = {
        "good": (now - day, now + 5 * day, here),
        "expired": (now - 5 * day, now - day, here),
        "early": (now + day, now + 5 * day, here),
        "other": (now - day, now + 5 * day, [x509.DNSName("mail.example")]),
    }
    for kind, (begins, ends, names) in kinds.items():
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, kind)])
        write(folder / f"{kind}.pem", made(name, authority_key, key, begins, ends, names))
        write(folder / f"{kind}.key", key)


class Orders:
    """What the story wants now."""

    def __init__(self, folder):
        self.path = folder / "orders.json"
        self.folder = folder

    def read(self):
        wanted = {
            "certificate": "good",  # or expired, early, other
            "password": "correct horse",
            "drop": 0.0,  # share of connections that break
            "places": PLACES,
            "seed": 1,
            "rcpt": {},  # recipient -> reply
            "message": None,  # reply to every message instead of taking it
            "silent_at": None,  # a place at which it says nothing more
        }
        if self.path.exists():
            wanted.update(json.loads(self.path.read_text()))
        return wanted


class Server(SMTP):
    """One connection. It breaks where it was drawn to."""

    def __init__(self, *args, orders, breaks, log, **kwargs):
        super().__init__(*args, **kwargs)
        self.orders = orders
        self.breaks = breaks
        self.log = log

    async def at(self, place):
        if self.orders["silent_at"] == place:
            await asyncio.sleep(3600)
        if self.breaks == place:
            self.log({"broken": place})
            self.transport.abort()
            raise ConnectionResetError

    async def push(self, status):
        if self.breaks == "greeting" or self.orders["silent_at"] == "greeting":
            await self.at("greeting")
        await super().push(status)

    async def smtp_EHLO(self, hostname):
        if self.session is not None and self.session.ssl is not None:
            await self.at("ehlo")
        await super().smtp_EHLO(hostname)

    async def smtp_AUTH(self, arg):
        await self.at("auth")
        await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg):
        await self.at("mail")
        await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        await self.at("rcpt")
        await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        await self.at("data")
        if self.breaks == "body":
            await self.push("354 go on")
            await self._reader.read(4096)
            await self.at("body")
        await super().smtp_DATA(arg)


class Handler:
    """Takes messages: on disk first, then the answer."""

    def __init__(self, folder, log, server):
        self.folder, self.log, self.server = folder, log, server
        self.orders = server["orders"]

    async def handle_RCPT(self, server, session: Session, envelope: Envelope, address, options):
        reply = self.orders["rcpt"].get(address)
        if reply:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session: Session, envelope: Envelope):
        if self.orders["message"]:
            return self.orders["message"]
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        attached = [part.get_payload(decode=True) for part in message.iter_attachments()]
        lost = server.breaks == "answer"
        name = hashlib.sha256(os.urandom(16)).hexdigest()[:16] + ".eml"
        with open(self.folder / name, "wb") as file:
            file.write(envelope.original_content or envelope.content)
        body = message.get_body(("plain",))
        self.log(
            {
                "accepted": message["Message-ID"],
                "to": envelope.rcpt_tos,
                "from": envelope.mail_from,
                "sha256": [hashlib.sha256(part).hexdigest() for part in attached],
                "names": [part.get_filename() for part in message.iter_attachments()],
                "subject": message["Subject"],
                "text": body.get_content() if body else "",
                "language": message["Content-Language"],
                "defects": [str(one) for part in message.walk() for one in part.defects],
                "message": hashlib.sha256(envelope.content).hexdigest(),
                "encrypted": session.ssl is not None,
                "account": session.auth_data and session.auth_data.login.decode(),
                "answer_lost": lost,
                "file": name,
            }
        )
        await server.at("answer")
        return "250 2.0.0 Ok: queued as " + name[:8]


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--implicit", action="store_true", help="TLS from the first byte")
    parser.add_argument("--plain", action="store_true", help="no TLS and no accounts")
    options = parser.parse_args()
    folder = options.folder
    if not (folder / "authority.pem").exists():
        certificates(folder)
    orders = Orders(folder)
    numbers = iter(range(1, 1 << 62))

    def log(line):
        with open(folder / "log.jsonl", "a") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def context(wanted):
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        kind = wanted["certificate"]
        made.load_cert_chain(folder / f"{kind}.pem", folder / f"{kind}.key")
        return made

    def connection():
        wanted = orders.read()
        draw = random.Random(wanted["seed"] * 1_000_003 + next(numbers))
        breaks = draw.choice(wanted["places"]) if draw.random() < wanted["drop"] else None

        def sign_in(server, session, envelope, mechanism, data):
            good = data.password.decode() == wanted["password"]
            # Not handled here: aiosmtpd itself then answers 235 or 535.
            return AuthResult(success=good, handled=False, auth_data=data)

        secure = not options.plain
        server = Server(
            Handler(folder, log, {"orders": wanted}),
            orders=wanted,
            breaks=breaks,
            log=log,
            hostname="mail.test",
            tls_context=context(wanted) if secure and not options.implicit else None,
            require_starttls=secure and not options.implicit,
            authenticator=sign_in if secure else None,
            auth_required=secure,
            auth_require_tls=not options.implicit,
            data_size_limit=20 * 1024 * 1024,
            enable_SMTPUTF8=True,
        )
        return server

    loop = asyncio.get_running_loop()
    # An aborted connection is the story's own doing.
    loop.set_exception_handler(lambda _loop, _context: None)
    tls = context(orders.read()) if options.implicit else None
    listening = await loop.create_server(connection, "127.0.0.1", options.port, ssl=tls)
    print(listening.sockets[0].getsockname()[1], flush=True)
    await listening.serve_forever()


asyncio.run(main())
