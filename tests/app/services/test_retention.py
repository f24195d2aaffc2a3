"""Old months go, whole; the months to come have room."""

import time_machine
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.models import ErasedContact, Event
from app.services import contacts, retention, workspace
from tests.factories.contacts import make_contact


def log(database: Session, contact: int, at: str) -> None:
    statement = text("INSERT INTO event (contact_id, type_id, at, received_at) VALUES (:contact, 1, now(), :at)")
    database.execute(statement, {"contact": contact, "at": at})


@time_machine.travel("2032-05-15T12:00:00Z", tick=False)
def test_months_that_are_not_kept_are_taken_away(database: Session) -> None:
    """Of three months kept, the fourth goes; without the setting everything stays."""
    with time_machine.travel("2032-01-15T12:00:00Z", tick=False):
        retention.keep_house()
    retention.keep_house()
    for month in ("2032-01", "2032-02", "2032-05"):
        log(database, 1, f"{month}-20T00:00:00Z")
    assert len(database.scalars(select(Event.id)).all()) == 3
    workspace.update({"keep_months": 3})
    retention.keep_house()
    kept = database.scalars(text("SELECT tableoid::regclass::text FROM event ORDER BY 1")).all()
    assert kept == ["event_2032_02", "event_2032_05"]


def test_an_event_that_came_while_its_contact_was_erased_goes_too(database: Session) -> None:
    """Nothing of an erased contact stays behind, and another's events do."""
    gone, stays = make_contact(), make_contact()
    contacts.delete([gone])
    for contact in (gone, stays):
        log(database, contact, "2026-11-20T00:00:00Z")
    retention.clear_stragglers()
    assert database.scalars(select(Event.contact_id)).all() == [stays]
    database.execute(text("UPDATE erased_contact SET at = now() - interval '2 hours'"))
    retention.clear_stragglers()
    assert database.scalars(select(ErasedContact.id)).all() == []
