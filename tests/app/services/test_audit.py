from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app import db, permissions
from app.permissions import COMMAND_LINE, Actor
from app.services import api_keys, audit
from app.services.paging import Paging
from tests.factories.users import make_user


@pytest.fixture(autouse=True)
def _database(database: Session) -> None:
    """Every test here writes."""


def test_an_entry_says_who_did_what() -> None:
    """A person, a program or neither: each change is on record under its maker's name."""
    user, key = make_user("admin"), api_keys.create("Importer").stored
    for actor in (
        Actor("person", frozenset(), user_id=user.id),
        Actor("program", frozenset(), api_key_id=key.id),
        COMMAND_LINE,
    ):
        with permissions.acting_as(actor):
            audit.record("thing.changed", "thing", 7, {"fields": ["name"]})
    found = audit.entries(Paging(), entity="thing", entity_id="7").items
    assert [(entry.user and entry.user.name, entry.api_key and entry.api_key.name) for entry in found] == [
        (None, None),
        (None, "Importer"),
        (user.name, None),
    ]
    assert found[0].detail == {"fields": ["name"]}


def change_in_vain() -> None:
    with db.transaction() as session, session.begin_nested():
        audit.record("thing.changed", "thing", 7)
        raise ZeroDivisionError


def test_what_was_undone_is_not_on_record() -> None:
    """An entry lives and dies with the change it tells of."""
    with pytest.raises(ZeroDivisionError):
        change_in_vain()
    assert audit.entries(Paging(), entity="thing").items == []


def test_the_same_again_is_on_record_once() -> None:
    """What somebody does by the minute is one entry; somebody else's is another."""
    for user in (make_user(), make_user()):
        with permissions.acting_as(Actor("person", frozenset(), user_id=user.id)):
            for _ in range(3):
                audit.record_once("thing.edited", "thing", 7, within=timedelta(minutes=5))
    assert len(audit.entries(Paging(), entity="thing").items) == 2
