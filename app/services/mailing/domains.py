"""Domains that mail is signed for (DKIM): their keys, whether the records are there, and changing keys.

A domain has at most two keys: the one that signs, and one before or after it while keys are changed.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from sqlalchemy import delete as delete_from
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app import db
from app.adapters import secrets, signing
from app.adapters.signing import Finding, Key
from app.errors import Conflict, Invalid, NotFound
from app.models import MailDomain, MailKey
from app.services import audit, values

MOST_DOMAINS: Final = 50
_LONGEST: Final = 253
_LABEL: Final = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN: Final = re.compile(rf"({_LABEL}\.)+{_LABEL}", re.ASCII)


class KeyView(NamedTuple):
    """A key: the record that is to stand at `host`, what was found there last, and whether mail is signed by it.

    `retired`: it signed before the one that does now.
    """

    selector: str
    host: str
    record: str
    active: bool
    retired: bool
    finding: str | None


class DomainView(NamedTuple):
    """A domain, with its keys, the newest first."""

    id: int
    name: str
    checked_at: datetime | None
    keys: Sequence[KeyView]


def every() -> Sequence[DomainView]:
    """Return all domains by name."""
    with db.transaction() as session:
        rows = session.scalars(select(MailDomain).order_by(MailDomain.name)).all()
        return [_view(each, _keys(session, each.id)) for each in rows]


def get(domain_id: int) -> DomainView:
    """Return one domain. Raises NotFound."""
    with db.transaction() as session:
        return _view(_found(session, domain_id), _keys(session, domain_id))


def add(name: str) -> int:
    """Add a domain with its first key, which signs once its record was found. Returns its id.

    Raises Invalid for what is no domain, Conflict for one that is there already, or where there are too many.
    """
    domain = _domain(name)
    with db.transaction() as session:
        if (session.scalar(select(func.count()).select_from(MailDomain)) or 0) >= MOST_DOMAINS:
            raise Conflict(f"There are {MOST_DOMAINS} domains already. Delete one that nobody sends from.")
        statement = insert(MailDomain).values(name=domain).on_conflict_do_nothing().returning(MailDomain.id)
        number = session.scalar(statement)
        if number is None:
            raise Conflict(f"{domain} is here already.")
        _add_key(session, number, 1)
        audit.record("created", "mail_domain", number, {"name": domain})
    return number


def check(domain_id: int) -> None:
    """Look for the records, and let the newest key whose record is there sign from now on. Raises NotFound.

    A key whose record is gone signs no more: others would take such mail for forged. While nobody answers, all stays.
    """
    with db.transaction() as session:
        name = _found(session, domain_id).name
        asked = {key.id: (key.selector, key.public_key) for key in _keys(session, domain_id)}
    findings = {number: signing.look_up(name, *key) for number, key in asked.items()}
    with db.transaction() as session:
        domain = _found(session, domain_id, lock=True)
        domain.checked_at = datetime.now(UTC)
        keys = [key for key in _keys(session, domain_id) if key.id in findings]
        for key in keys:
            key.finding = findings[key.id]
        there = next((key for key in keys if key.finding == Finding.FOUND), None)
        for key in keys:
            # Asked of each by itself: one that nobody could tell of stays as it was unless another takes its place.
            stays = key.active and key.finding == Finding.UNREACHABLE and there is None
            key.active = key is there or stays
        audit.record("mail_domain.checked", "mail_domain", domain_id, {"name": name, "signed": there is not None})


def rotate(domain_id: int) -> None:
    """Make another key, which signs in place of the present one once its record was found.

    Raises NotFound, or Conflict while the newest key does not sign.
    """
    with db.transaction() as session:
        domain = _found(session, domain_id, lock=True)
        newest, *older = _keys(session, domain_id)
        if not newest.active:
            raise Conflict("The newest key does not sign yet. Publish its record, and check it first.")
        for key in older:
            session.delete(key)
        _add_key(session, domain_id, newest.number + 1)
        audit.record("mail_domain.rotated", "mail_domain", domain_id, {"name": domain.name})


def delete(domain_id: int) -> None:
    """Sign for a domain no more, and forget its keys. Raises NotFound."""
    with db.transaction() as session:
        statement = delete_from(MailDomain).where(MailDomain.id == domain_id).returning(MailDomain.name)
        name = session.scalar(statement)
        if name is None:
            raise NotFound.thing("domain", domain_id)
        audit.record("deleted", "mail_domain", domain_id, {"name": name})


def signing_keys(session: Session) -> dict[str, Key]:
    """Return the keys that sign by their domain; raises `secrets.Unreadable`."""
    signs = select(MailDomain.name, MailKey).join(MailKey).where(MailKey.active)
    return {
        name: Key(name, key.selector, secrets.decrypt(key.private_key).encode()) for name, key in session.execute(signs)
    }


def _add_key(session: Session, domain_id: int, number: int) -> None:
    pair = signing.make_pair()
    key = {
        "private_key": secrets.encrypt(pair.private),
        "public_key": pair.public,
        "label": signing.selector(pair.public),
    }
    session.execute(insert(MailKey).values(domain_id=domain_id, number=number, **key))


def _found(session: Session, domain_id: int, *, lock: bool = False) -> MailDomain:
    domain = session.get(MailDomain, domain_id, with_for_update=lock or None, populate_existing=True)
    if domain is None:
        raise NotFound.thing("domain", domain_id)
    return domain


def _keys(session: Session, domain_id: int) -> Sequence[MailKey]:
    mine = select(MailKey).where(MailKey.domain_id == domain_id).order_by(MailKey.number.desc())
    return session.scalars(mine, execution_options={"populate_existing": True}).all()


def _view(domain: MailDomain, keys: Sequence[MailKey]) -> DomainView:
    signs = next((key.number for key in keys if key.active), 0)
    shown = [
        KeyView(
            key.selector,
            signing.host(domain.name, key.selector),
            signing.record(key.public_key),
            key.active,
            key.number < signs,
            key.finding,
        )
        for key in keys
    ]
    return DomainView(domain.id, domain.name, domain.checked_at, shown)


def _domain(name: str) -> str:
    """Return a domain as it stands in mail, an international one in its ASCII form."""
    line = values.line("name", name, _LONGEST).lower().rstrip(".")
    try:
        domain = line.encode("idna").decode()
    except UnicodeError:
        domain = ""
    if len(domain) > _LONGEST or not _DOMAIN.fullmatch(domain):
        message = f"“{values.shortened(line)}” is no domain."
        raise Invalid.field("name", "bad_domain", message, "Write what stands behind the @, such as example.com.")
    return domain
