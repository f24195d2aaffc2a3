"""The addresses inside sent mail. Signed: nobody makes one for another message, and none leads where no author said."""

from enum import StrEnum
from typing import Final, NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer

from app.adapters import secrets

PREFIX: Final = "/t"


class LinkKind(StrEnum):
    """What an address of a mail is for; also its place below `PREFIX`.

    `VISIT` is no address of ours but a mark on those of watched sites, and about a contact instead of a message.
    """

    OPENED = "o"
    CLICKED = "c"
    TRAP = "x"
    UNSUBSCRIBE = "u"
    VISIT = "v"


class MailLink(NamedTuple):
    """An address inside a message: what it is for, whose it is, and which of the links it stands for."""

    kind: LinkKind
    message: int
    link: int = 0


class _State:
    public_url = ""


def configure(public_url: str) -> None:
    """Make addresses that begin with this from now on."""
    _State.public_url = public_url.rstrip("/")


def address(link: MailLink) -> str:
    """Return the address, which only this instance can make."""
    return f"{_State.public_url}{PREFIX}/{link.kind}/{token(link)}"


def token(link: MailLink) -> str:
    """Return the signed part of an address."""
    return str(_signer(link.kind).dumps([link.message, link.link]))


def read(kind: LinkKind, signed: str) -> MailLink | None:
    """Return what an address of that kind means, by its signed part; None if it was not made here."""
    try:
        message, link = _signer(kind).loads(signed)
    except (BadSignature, ValueError, TypeError):
        return None
    return MailLink(kind, message, link)


def _signer(kind: LinkKind) -> URLSafeSerializer:
    return URLSafeSerializer(secrets.signing_key(), salt=f"mail link {kind}")
