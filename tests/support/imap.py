"""A mailbox that speaks as much IMAP over TLS as reading it takes."""

import datetime as dt
import ipaddress
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class ImapBox:
    """Messages by number, which of them were seen, and how many octets were given of each that was asked for."""

    def __init__(self, messages: list[bytes]) -> None:
        self.messages, self.seen, self.port = messages, set[int](), 0
        self.given: list[int] = []

    def answer(self, command: str, rest: str, password: str) -> tuple[list[bytes], str]:
        """The untagged lines, and how it ends."""
        if command == "LOGIN":
            return [], "OK" if password in rest else "NO wrong password"
        if command == "SELECT":
            return [f"* {len(self.messages)} EXISTS".encode()], "OK"
        if rest.startswith("SEARCH"):
            larger = re.search(r"LARGER (\d+)", rest)
            least = int(larger[1]) if larger else -1
            sizes = {number: len(each) for number, each in enumerate(self.messages, 1)}
            unseen = [str(each) for each, size in sizes.items() if each not in self.seen and size > least]
            return [f"* SEARCH {' '.join(unseen)}".rstrip().encode()], "OK"
        if found := re.match(r"FETCH (\d+)", rest):
            raw, part = self.messages[int(found[1]) - 1], "BODY[]"
            if "BODY.PEEK[HEADER]<0." in rest:
                raw, part = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", "BODY[HEADER]<0>"
            self.given.append(len(raw))
            head = f"* {found[1]} FETCH (UID {found[1]} {part} {{{len(raw)}}}\r\n"
            return [head.encode() + raw + b")"], "OK"
        if found := re.match(r"STORE (\d+)", rest):
            self.seen.add(int(found[1]))
        return ([b"* CAPABILITY IMAP4rev1"] if command == "CAPABILITY" else []), "OK"


@contextmanager
def imap_server(box: ImapBox, folder: Path, password: str) -> Iterator[ssl.SSLContext]:
    """Serve the mailbox on loopback; gives the context that trusts its certificate."""
    certificate = _certificate(folder)
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(certificate)

    class Session(socketserver.StreamRequestHandler):
        def setup(self) -> None:
            self.request = theirs.wrap_socket(self.request, server_side=True)
            super().setup()

        def handle(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            for line in self.rfile:
                tag, _, said = line.decode().strip().partition(" ")
                command, _, rest = said.partition(" ")
                lines, ending = box.answer(command, rest, password)
                self.wfile.write(b"".join(each + b"\r\n" for each in lines) + f"{tag} {ending} done\r\n".encode())

        def finish(self) -> None:
            super().finish()
            self.request.close()

    server: Any = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
    server.daemon_threads = True
    box.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield ssl.create_default_context(cafile=str(certificate))
    server.shutdown()
    thread.join()
    server.server_close()


def _certificate(folder: Path) -> Path:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "box")])
    now, here = dt.datetime.now(dt.UTC), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    secret = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "box.pem"
    path.write_bytes(secret + made.public_bytes(encoding))
    return path
