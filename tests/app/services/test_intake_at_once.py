import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters.events import NewEvent, Written
from app.errors import Invalid
from app.models import Contact, Event, EventType
from app.permissions import PROGRAM, Actor
from app.services import intake
from app.services.contacts import Identifier
from app.services.incoming import IncomingEvent
from app.services.intake import Recorded, record_events

CONTACTS, SENDERS = 60, 4


def test_senders_at_once_make_each_contact_and_message_once(committed_database: str, monkeypatch: pytest.MonkeyPatch):
    """Senders that name the same new contacts and repeat the same messages, in any order, neither double nor fail."""
    monkeypatch.setattr(intake, "ring", lambda _parts: None)
    messages = [
        IncomingEvent("visit", [Identifier("email", f"c{number}@x.io")], message_id=str(number))
        for number in range(CONTACTS)
    ]

    def send(sender: int) -> int:
        mine = random.Random(sender).sample(messages, len(messages))
        return sum(record_events(mine[start : start + 20], source="test").accepted for start in range(0, CONTACTS, 20))

    with ThreadPoolExecutor(SENDERS) as pool:
        accepted = sum(pool.map(send, range(SENDERS)))
    with db.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Contact)) == CONTACTS
        assert session.scalar(select(func.count()).select_from(Event)) == accepted == CONTACTS


def test_single_events_at_once_are_each_answered_for_themselves(
    committed_database: str, monkeypatch: pytest.MonkeyPatch
):
    """Requests that share a transaction learn what became of their own events; one that is refused refuses no other."""
    monkeypatch.setattr(intake, "ring", lambda _parts: None)
    events = [
        IncomingEvent("visit", [Identifier("email", f"c{n % 7}@x.io")], message_id=str(n % 20)) for n in range(60)
    ]
    events += [IncomingEvent("visit", [Identifier("id", 10**12 + n)]) for n in range(5)]
    program = Actor("program", PROGRAM, api_key_id=1)

    def send(event: IncomingEvent) -> Recorded | Invalid:
        with permissions.acting_as(program):
            try:
                return record_events([event], source="test")
            except Invalid as refusal:
                return refusal

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, random.Random(1).sample(events, len(events))))
    taken = [each for each in answers if isinstance(each, Recorded)]
    refused = [each for each in answers if isinstance(each, Invalid)]
    assert [len(taken), len(refused)] == [60, 5]
    assert [sum(each.accepted for each in taken), sum(each.duplicates for each in taken)] == [20, 40]
    assert sum(each.created_contacts for each in taken) == 7
    with db.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Contact)) == 7
        assert session.scalar(select(func.count()).select_from(Event)) == 20


def test_requests_that_wait_share_one_transaction(committed_database: str, monkeypatch: pytest.MonkeyPatch):
    """Those of one sender are written at once, those of another in its own name."""
    monkeypatch.setattr(intake, "ring", lambda _parts: None)
    written: list[int] = []
    log = intake.log_events

    def counted(session: Session, new: Sequence[NewEvent], fresh: Sequence[bool]) -> Written:
        written.append(len(new))
        return log(session, new, fresh)

    monkeypatch.setattr(intake, "log_events", counted)
    ours, theirs = (Actor("program", PROGRAM, api_key_id=number) for number in (1, 2))

    def sent(number: int, actor: Actor) -> intake._Sent:
        return intake._Sent([IncomingEvent("visit", [Identifier("email", f"c{number}@x.io")])], "test", (), actor)

    assert intake._record([sent(1, ours), sent(2, ours), sent(3, theirs)]) == [Recorded(1, 0, 1)] * 3
    assert written == [2, 1]
    with db.transaction() as session:
        names = select(func.count()).select_from(Event).join(EventType, EventType.id == Event.type_id)
        assert session.scalar(names.where(EventType.name == "visit")) == 3
