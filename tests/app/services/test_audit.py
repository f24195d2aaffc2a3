from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app import db, permissions
from app.permissions import COMMAND_LINE, Actor
from app.services import api_keys, audit, folders
from app.services.paging import Paging
from tests.factories.contacts import make_contact
from tests.factories.users import make_user
from tests.support.statements import counted_statements


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


def test_an_entry_names_what_it_is_about() -> None:
    """By the name of today, asked for once for all entries; what is gone, or has no name, goes by its number."""
    with permissions.acting_as(COMMAND_LINE):
        user, contact = make_user("admin"), make_contact(email="ann@example.com")
        folder, gone = folders.create("Old"), folders.create("Gone")
        folders.rename(folder, "New")
        folders.delete(gone)
        for entity, number in (("user", user.id), ("contact", contact), ("import", folder)):
            audit.record("thing.changed", entity, number)
        audit.entries(Paging())
        with counted_statements() as statements:
            found = audit.entries(Paging()).items
    names = {(each.entity, int(each.entity_id or 0)): each.name for each in found}
    assert (names["user", user.id], names["folder", folder]) == (user.name, "New")
    assert names["contact", contact] == "ann@example.com"
    assert (names["folder", gone], names["import", folder]) == (None, None)
    assert len(statements) <= 3


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
