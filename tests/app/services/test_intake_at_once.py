import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app import db
from app.models import Contact, Event
from app.services import intake
from app.services.contacts import Identifier
from app.services.incoming import IncomingEvent
from app.services.intake import record_events

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
