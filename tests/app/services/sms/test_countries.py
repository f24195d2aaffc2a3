"""Telephone numbers, read as the workspace's own country's."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event as sqlalchemy_events
from sqlalchemy.orm import Session

from app.services import contacts, incoming, values, workspace
from app.services.contacts import ContactInput, Identifier
from app.services.incoming import Vocabulary
from app.services.sms import settings
from app.services.sms.settings import SmsSettings

WORDS = Vocabulary(name="name", contact="contact", identifiers={"phone": "phone"}, at="at", properties="data")


@pytest.fixture(autouse=True)
def _here(app: Flask, database: Session) -> None:
    workspace.setup()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("646 456 7890", "+16464567890"),
        ("(646) 456-7890", "+16464567890"),
        ("16464567890", "+16464567890"),
        ("33612345678", "+33612345678"),
        ("+64 6 456 7890", "+6464567890"),
        ("0064 6 456 7890", "+6464567890"),
    ],
)
def test_a_number_without_a_code_is_the_workspaces_own_first(database: Session, given: str, kept: str):
    """Though its digits would be another country's with a + before them; what names its country keeps it."""
    settings.configure(SmsSettings(country="US"))
    assert values.phone(given) == kept


@contextmanager
def statements(database: Session) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    said: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    sqlalchemy_events.listen(database.get_bind(), "before_cursor_execute", listen)
    yield said
    sqlalchemy_events.remove(database.get_bind(), "before_cursor_execute", listen)


def test_the_country_is_asked_for_once(database: Session):
    """However many numbers a batch has, to write, to find or as whose events they are."""
    settings.configure(SmsSettings(country="FR"))
    given = [f"06 12 34 56 {number}" for number in range(10, 20)]
    for act in (
        lambda: contacts.write([ContactInput(fields={"phone": each}) for each in given]),
        lambda: contacts.resolve([Identifier("phone", each) for each in given]),
        lambda: incoming.read_batch([{"name": "met", "contact": {"phone": each}} for each in given], WORDS),
    ):
        with statements(database) as said:
            assert len(act()) == len(given)
        assert len([each for each in said if "workspace.sms" in each]) == 1


def test_whose_event_it_is_follows_the_country(database: Session):
    """A number that was read under the country before is read anew."""
    for country, kept in (("US", "+16464567890"), ("NZ", "+6464567890")):
        settings.configure(SmsSettings(country=country))
        event = incoming.read_one({"name": "met", "contact": {"phone": "6464567890"}}, WORDS)
        assert event.who == [Identifier("phone", kept)]
