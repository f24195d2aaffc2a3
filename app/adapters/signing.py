"""DKIM: keys of sending domains, their records, and signing mail by them."""

import base64
from collections.abc import Sequence
from email.message import EmailMessage
from enum import StrEnum
from hashlib import sha256
from typing import Final, NamedTuple

import dkim
import dns.exception
import dns.resolver
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

_BITS: Final = 2048
_LOOK_UP_SECONDS: Final = 5.0
# RFC 6376 5.4.1, and what RFC 8058 wants to be signed: programs that unsubscribe by one click trust nothing else.
_SIGNED: Final = (
    *("From", "To", "Cc", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version", "Content-Type"),
    *("Content-Transfer-Encoding", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted"),
)


class Finding(StrEnum):
    """What became of looking for a key's record. `different`: there is one, of another key or not to be read."""

    FOUND = "found"
    MISSING = "missing"
    DIFFERENT = "different"
    UNREACHABLE = "unreachable"


class Key(NamedTuple):
    """A key that mail of a domain is signed by; `private` is PEM."""

    domain: str
    selector: str
    private: bytes


class Pair(NamedTuple):
    """A new key: PEM, and what its record says of it."""

    private: str
    public: str


def make_pair() -> Pair:
    """Make a key; takes a moment."""
    key = rsa.generate_private_key(65_537, _BITS)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Pair(private.decode(), base64.b64encode(public).decode())


def selector(public: str) -> str:
    """Return what to call a key. It is made of the key, so that none ever means another one: resolvers remember."""
    return f"cadenza-{sha256(public.encode()).hexdigest()[:12]}"


def host(domain: str, named: str) -> str:
    """Return the name that a key's record stands at."""
    return f"{named}._domainkey.{domain}"


def record(public: str) -> str:
    """Return what a key's record says."""
    return f"v=DKIM1; k=rsa; p={public}"


def sign(message: EmailMessage, octets: bytes, key: Key) -> bytes:
    """Return a mail, as it was written out, with its signature before it."""
    headers = [name.encode() for name in _SIGNED if name in message]
    # `From` once more: nobody can add another one.
    signature = dkim.sign(
        octets,
        key.selector.encode(),
        key.domain.encode(),
        key.private,
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=[*headers, b"From"],
    )
    return bytes(signature) + octets


def look_up(domain: str, named: str, public: str) -> Finding:
    """Look whether a key's record is there, for some seconds."""
    try:
        records = _texts(host(domain, named))
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return Finding.MISSING
    except (dns.exception.DNSException, OSError):
        return Finding.UNREACHABLE
    return Finding.FOUND if any(_says(each, public) for each in records) else Finding.DIFFERENT


def _texts(name: str) -> Sequence[str]:
    answer = dns.resolver.resolve(name, "TXT", lifetime=_LOOK_UP_SECONDS)
    return [b"".join(each.strings).decode(errors="replace") for each in answer]


def _says(text: str, public: str) -> bool:
    parts = (part.partition("=") for part in text.split(";"))
    tags = {name.strip(): "".join(value.split()) for name, _, value in parts}
    return tags.get("p") == public and tags.get("v", "DKIM1") == "DKIM1" and tags.get("k", "rsa") == "rsa"
