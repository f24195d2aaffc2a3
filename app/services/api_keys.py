"""Keys that programs sign in with. Shown once, kept as a digest."""

import time
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final, NamedTuple

from sqlalchemy import select, text, update

from app import db, permissions
from app.adapters import secrets
from app.errors import NotFound, NotSignedIn
from app.models import ApiKey
from app.permissions import PROGRAM, Actor
from app.services import audit

_SEEN_EVERY = timedelta(minutes=1)
# Written once: every request of a program asks.
_FIND: Final = text("SELECT id, last_used_at FROM api_key WHERE digest = :digest AND revoked_at IS NULL")
_BELIEVED_SECONDS: Final = 1.0


class _Believed:
    """The keys that this process has just looked up, and until when: a stream of events does not ask at each."""

    programs: ClassVar[dict[str, tuple[Actor, float]]] = {}  # by digest; keys that do not exist are not kept


class NewKey(NamedTuple):
    """A stored key, and its full text, which nobody can read again."""

    stored: ApiKey
    key: str


def create(name: str) -> NewKey:
    """Make a key."""
    key = secrets.new_key()
    actor = permissions.current()
    stored = ApiKey(
        name=name,
        prefix=secrets.shown(key),
        digest=secrets.digest(key),
        created_by=actor.user_id if actor else None,
    )
    with db.transaction() as session:
        session.add(stored)
        session.flush()
        session.refresh(stored)
        audit.record("api_key.created", "api_key", stored.id, {"name": name})
    return NewKey(stored, key)


def all_keys() -> list[ApiKey]:
    """Return the keys that still work, newest first."""
    with db.transaction() as session:
        return list(session.scalars(select(ApiKey).where(ApiKey.revoked_at.is_(None)).order_by(ApiKey.id.desc())))


def revoke(key_id: int) -> None:
    """End a key: nobody believes it any longer than a second."""
    with db.transaction() as session:
        key = session.get(ApiKey, key_id, with_for_update=True)
        if key is None or key.revoked_at is not None:
            raise NotFound.thing("API key", key_id)
        key.revoked_at = datetime.now(UTC)
        audit.record("api_key.revoked", "api_key", key_id, {"name": key.name})
        db.after_commit(_Believed.programs.clear)


def authenticate(key: str) -> Actor:
    """Return the program that this key stands for; raises NotSignedIn."""
    digest = secrets.digest(key)
    program, until = _Believed.programs.get(digest, (None, 0.0))
    if program is None or until < time.monotonic():
        program = _look_up(digest)
        _Believed.programs[digest] = program, time.monotonic() + _BELIEVED_SECONDS
    return program


def _look_up(digest: str) -> Actor:
    with db.autocommit() as session:
        found = session.execute(_FIND, {"digest": digest}).one_or_none()
        if found is None:
            raise NotSignedIn("This API key does not exist or was revoked.")
        now = datetime.now(UTC)
        if found.last_used_at is None or found.last_used_at < now - _SEEN_EVERY:
            session.execute(update(ApiKey).where(ApiKey.id == found.id).values(last_used_at=now))
    return Actor("program", PROGRAM, api_key_id=found.id)
