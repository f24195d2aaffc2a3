import time

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import permissions
from app.errors import NotFound, NotSignedIn
from app.models import ApiKey
from app.permissions import PROGRAM, Actor
from app.services import api_keys
from tests.factories.users import make_user


@pytest.fixture(autouse=True)
def _database(database: Session) -> None:
    """Every test here writes."""


def test_a_key_stands_for_a_program() -> None:
    """The full text, shown once, signs a program in with what programs may do."""
    made = api_keys.create("Importer")
    actor = api_keys.authenticate(made.key)
    assert (actor.kind, actor.permissions, actor.api_key_id) == ("program", PROGRAM, made.stored.id)


def test_keys_are_not_kept(database: Session) -> None:
    """What is stored gives no key away: a digest, and a beginning too short to guess the rest."""
    made = api_keys.create("Importer")
    stored = database.scalars(select(ApiKey)).one()
    assert made.key.startswith("cdz_")
    assert made.key not in (stored.digest, stored.prefix)
    assert made.key.startswith(stored.prefix)
    assert len(made.key) - len(stored.prefix) > 30


def test_a_revoked_key_ends_at_once() -> None:
    """From the moment it is revoked it opens nothing, and it leaves the list."""
    made = api_keys.create("Importer")
    api_keys.revoke(made.stored.id)
    with pytest.raises(NotSignedIn):
        api_keys.authenticate(made.key)
    assert api_keys.all_keys() == []
    with pytest.raises(NotFound):
        api_keys.revoke(made.stored.id)


@pytest.mark.parametrize("key", ["", "cdz_", "cdz_" + "x" * 43, "é\0"])
def test_a_made_up_key_opens_nothing(key: str) -> None:
    """Whatever text is sent, it is no key."""
    with pytest.raises(NotSignedIn):
        api_keys.authenticate(key)


def test_use_is_noted_by_the_minute(database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy key writes its last use once a minute, not at each request."""
    monkeypatch.setattr(api_keys, "_BELIEVED_SECONDS", 0)
    made = api_keys.create("Importer")
    api_keys.authenticate(made.key)
    first = database.scalars(select(ApiKey.last_used_at)).one()
    api_keys.authenticate(made.key)
    assert database.scalars(select(ApiKey.last_used_at)).one() == first is not None
    database.execute(update(ApiKey).values(last_used_at="2020-01-01T00:00Z"))
    api_keys.authenticate(made.key)
    assert database.scalars(select(ApiKey.last_used_at)).one() >= first


def test_a_key_is_believed_for_a_moment(database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream of requests does not look its key up each time; what another process revoked ends a second later."""
    made = api_keys.create("Importer")
    api_keys.authenticate(made.key)
    database.execute(update(ApiKey).values(revoked_at="2026-01-01T00:00Z"))
    assert api_keys.authenticate(made.key).api_key_id == made.stored.id
    later = time.monotonic() + 1.1
    monkeypatch.setattr(api_keys.time, "monotonic", lambda: later)
    with pytest.raises(NotSignedIn):
        api_keys.authenticate(made.key)


def test_a_key_knows_its_maker(database: Session) -> None:
    """Who made a key is on record."""
    user = make_user("admin")
    with permissions.acting_as(Actor("person", frozenset(), user_id=user.id)):
        api_keys.create("Importer")
    assert database.scalars(select(ApiKey.created_by)).one() == user.id
