"""Browsers that take web push: those that say so are kept, those that are gone are forgotten."""

import base64
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.adapters import outside
from app.adapters.bulk import among
from app.adapters.web_push import Browser
from app.errors import Invalid
from app.models import PushSubscription, Visitor
from app.services import values

MOST_BROWSERS: Final = 20
"""A contact has so many at most: those that subscribed last. Anybody can open a page, again and again, and say to be
anybody: a browser whose visitor is proven goes before all others."""

_LONGEST_ENDPOINT: Final = 1000
_HOST: Final = re.compile(r"[A-Za-z0-9._-]+", re.ASCII)
_POINT_BYTES: Final = 65
_SECRET_BYTES: Final = 16


class Subscribed(NamedTuple):
    """A browser of a contact. `proven`: its visitor came by a link that we signed for the contact."""

    browser: Browser
    proven: bool


def read(raw: object) -> Browser | None:
    """Read what a page sent of its browser's subscription, None for nothing. Raises Invalid."""
    if raw is None:
        return None
    if not isinstance(raw, dict) or not isinstance(keys := raw.get("keys"), dict):
        raise _unfit("push", "Send what PushSubscription.toJSON() gives.")
    endpoint = values.storable("push.endpoint", raw.get("endpoint"), _LONGEST_ENDPOINT)
    if not _is_address(endpoint):
        raise _unfit("push.endpoint", "Push services are reached by https://, at a name.")
    p256dh, auth = (_key(f"push.keys.{name}", keys.get(name)) for name in ("p256dh", "auth"))
    if len(_decoded(p256dh)) != _POINT_BYTES or len(_decoded(auth)) != _SECRET_BYTES:
        raise _unfit("push.keys", "Send them as the browser gave them.")
    return Browser(endpoint, p256dh, auth)


def keep(session: Session, visitor: int, contact: int | None, browser: Browser, *, asked: bool) -> None:
    """Keep a browser as that of a visitor, and of its contact; one that was somebody else's changes hands.

    Whoever wanted no more of it has to be `asked` again: a browser that tells its new address by itself is not enough.
    """
    refused = Visitor.id == visitor, Visitor.push_refused
    if asked:
        session.execute(update(Visitor).where(*refused).values(push_refused=False))
    elif session.scalar(select(Visitor.id).where(*refused)) is not None:
        return
    given = {"visitor_id": visitor, "p256dh": browser.p256dh, "auth": browser.auth}
    statement = insert(PushSubscription).values(endpoint=browser.endpoint, **given)
    session.execute(statement.on_conflict_do_update(index_elements=[PushSubscription.endpoint], set_=given))
    owner = Visitor.contact_id == contact if contact else Visitor.id == visitor
    mine = select(PushSubscription.id).join(Visitor).where(owner)
    mine = mine.order_by(Visitor.proven.desc(), PushSubscription.id.desc())
    _delete(session, session.scalars(mine.offset(MOST_BROWSERS)).all())


def of_contacts(session: Session, contacts: Collection[int]) -> Mapping[int, Sequence[Subscribed]]:
    """Return the browsers of contacts, the proven first, then the latest; who has none is missing."""
    wanted = select(Visitor.contact_id, Visitor.proven, PushSubscription).join(Visitor)
    found: dict[int, list[Subscribed]] = {}
    for contact, proven, known in session.execute(
        wanted.where(among(Visitor.contact_id, contacts)).order_by(Visitor.proven.desc(), PushSubscription.id.desc())
    ):
        browser = Browser(known.endpoint, known.p256dh, known.auth)
        found.setdefault(contact or 0, []).append(Subscribed(browser, proven))
    return {contact: browsers[:MOST_BROWSERS] for contact, browsers in found.items()}


def forget(session: Session, endpoints: Collection[str]) -> None:
    """Forget browsers that take nothing any more."""
    if endpoints:
        session.execute(delete(PushSubscription).where(among(PushSubscription.endpoint, endpoints)))


def forget_all(session: Session, contact_id: int) -> None:
    """Let no browser of a contact be sent to any more, until it subscribes anew."""
    session.execute(update(Visitor).where(Visitor.contact_id == contact_id).values(push_refused=True))
    theirs = select(PushSubscription.id).join(Visitor).where(Visitor.contact_id == contact_id)
    _delete(session, session.scalars(theirs).all())


def _delete(session: Session, numbers: Sequence[int]) -> None:
    if numbers:
        session.execute(delete(PushSubscription).where(among(PushSubscription.id, numbers)))


def _is_address(endpoint: str) -> bool:
    try:
        parts = urlsplit(endpoint)
        secure = parts.scheme == "https" or (parts.scheme == "http" and outside.private_is_allowed())
        return secure and parts.port != 0 and bool(_HOST.fullmatch(parts.netloc.rpartition(":")[0] or parts.netloc))
    except ValueError:  # no number of a port, or brackets
        return False


def _key(field: str, raw: Any) -> str:  # noqa: ANN401 - as sent
    return values.storable(field, raw, 200).rstrip("=")


def _decoded(key: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
    except ValueError:
        return b""


def _unfit(field: str, remedy: str) -> Invalid:
    return Invalid.field(field, "bad_subscription", "This is no subscription to web push.", remedy)
