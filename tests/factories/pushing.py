"""Browsers that take web push, with keys of their own: they read what is sent to them."""

import base64
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

import http_ece
import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import insert

from app import db
from app.models import PushSubscription, Visitor
from app.services.web import sites

_numbers: Final = count(1)


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Recipient:
    """A browser's half of web push: what it tells of itself, and how it reads."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = b"sixteen bytes it"

    @property
    def keys(self) -> dict[str, str]:
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"p256dh": _encoded(point), "auth": _encoded(self.secret)}

    def read(self, body: bytes) -> dict[str, Any]:
        """Decrypt what a push service was handed."""
        plain = http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret, version="aes128gcm")
        told: dict[str, Any] = orjson.loads(plain)
        return told


def make_site(*domains: str) -> int:
    """A website that may send; returns its id."""
    return sites.create(
        {
            "name": f"Site {next(_numbers)}",
            "domains": domains,
            "needs_consent": False,
            "heeds_do_not_track": True,
            "push_after": None,
        }
    )


def make_browser(contact: int | None, endpoint: str = "", *, proven: bool = True) -> Recipient:
    """A browser of a contact that takes web push, on a site of its own; `proven` to be the contact's, or only said."""
    number = next(_numbers)
    made = Recipient(endpoint or f"https://push.example.com/{number}")
    with db.transaction() as session:
        visitor = insert(Visitor).values(
            site_id=make_site("example.org"), token=f"visitor-{number}", contact_id=contact, proven=proven
        )
        owner = session.scalars(visitor.returning(Visitor.id)).one()
        session.execute(insert(PushSubscription).values(visitor_id=owner, endpoint=made.endpoint, **made.keys))
    return made
