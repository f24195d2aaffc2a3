"""The addresses inside sent mail. Signed: nobody makes one for another message, and none leads where no author said."""

import hashlib
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

from app.adapters import secrets

PREFIX: Final = "/t"
CONFIRM_DAYS: Final = 7
_LEAST_SAID: Final = 2


class LinkKind(StrEnum):
    """What an address of a mail is for; also its place below `PREFIX`.

    `VISIT` is no address of ours but a mark on those of watched sites, and about a contact instead of a message.
    `SMS_REPORT` and `SMS_REPLY` are for a provider of SMS, the latter about no message at all.
    `NOTIFICATION` is no mail but a web push, whose browser tells what became of it.
    `CONFIRM` is about a contact, too, and holds for some days only: see `confirmation`. `OPT_IN` is about what a
    program asked a contact to confirm.
    """

    OPENED = "o"
    CLICKED = "c"
    TRAP = "x"
    UNSUBSCRIBE = "u"
    PREFERENCES = "p"
    CONFIRM = "f"
    OPT_IN = "d"
    VISIT = "v"
    NOTIFICATION = "n"
    SMS_REPORT = "s"
    SMS_REPLY = "r"


class MailLink(NamedTuple):
    """An address inside a message: what it is for, whose it is, and which of the links it stands for.

    `contact`, and the `version` that the link is one of, where the address has to hold for longer than messages are
    kept.
    """

    kind: LinkKind
    message: int
    link: int = 0
    contact: int = 0
    version: int = 0


class _State:
    public_url = ""


def configure(public_url: str) -> None:
    """Make addresses that begin with this from now on."""
    _State.public_url = public_url.rstrip("/")


class Asking(NamedTuple):
    """What is to be confirmed: topics; the list that is joined then, 0 for none; whether the contact had left."""

    topics: Sequence[int]
    list_id: int = 0
    returning: bool = False


class Confirmation(NamedTuple):
    """Whose confirmation it is, of what, and a mark of the address it was sent to."""

    contact: int
    mark: str
    asking: Asking

    def came_to(self, email: str) -> bool:
        """Tell whether it was sent to this address."""
        return self.mark == _mark(email)


class OptingIn(NamedTuple):
    """Which double opt-in of a program it is, and a mark of the address it was sent to."""

    opt_in: int
    mark: str

    def came_to(self, email: str) -> bool:
        """Tell whether it was sent to this address."""
        return self.mark == _mark(email)


def address(link: MailLink) -> str:
    """Return the address, which only this instance can make."""
    return f"{_State.public_url}{PREFIX}/{link.kind}/{token(link)}"


def token(link: MailLink) -> str:
    """Return the signed part of an address."""
    said = list(link[1:])
    while len(said) > _LEAST_SAID and not said[-1]:
        said.pop()
    return str(_signer(link.kind).dumps(said))


def read(kind: LinkKind, signed: str) -> MailLink | None:
    """Return what an address of that kind means, by its signed part; None if it was not made here."""
    try:
        return MailLink(kind, *_signer(kind).loads(signed))
    except (BadSignature, ValueError, TypeError):
        return None


def confirmation(contact: int, email: str, asking: Asking) -> str:
    """Return the address at which a contact confirms that it agreed to topics at `email`; for `CONFIRM_DAYS`."""
    signed = _confirming().dumps([contact, _mark(email), *asking])
    return f"{_State.public_url}{PREFIX}/{LinkKind.CONFIRM}/{signed}"


def read_confirmation(signed: str) -> Confirmation | None:
    """Return what an address confirms; None if it was not made here, or too long ago."""
    try:
        contact, mark, *asking = _confirming().loads(signed, max_age=CONFIRM_DAYS * 86_400)
        # Mail of an older version says nothing but the topics, one after the other.
        said = Asking(*asking) if asking and isinstance(asking[0], list) else Asking(asking)
    except (BadSignature, ValueError, TypeError):
        return None
    return Confirmation(contact, mark, said)


def opting_in(opt_in: int, email: str) -> str:
    """Return the address at which a contact confirms what a program asked for at `email`."""
    return f"{_State.public_url}{PREFIX}/{LinkKind.OPT_IN}/{_signer(LinkKind.OPT_IN).dumps([opt_in, _mark(email)])}"


def read_opting_in(signed: str) -> OptingIn | None:
    """Return what an address of that kind means; None if it was not made here."""
    try:
        return OptingIn(*_signer(LinkKind.OPT_IN).loads(signed))
    except (BadSignature, ValueError, TypeError):
        return None


def _mark(email: str) -> str:
    """What tells addresses apart and does not say them."""
    return hashlib.blake2b(email.encode(), digest_size=9).hexdigest()


def _confirming() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secrets.signing_key(), salt=f"mail link {LinkKind.CONFIRM}")


def _signer(kind: LinkKind) -> URLSafeSerializer:
    return URLSafeSerializer(secrets.signing_key(), salt=f"mail link {kind}")
