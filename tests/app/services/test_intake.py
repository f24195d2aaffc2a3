import math
import random
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.adapters import announcing
from app.errors import Invalid
from app.models import PARTITIONS, Contact, Event, EventType, InboxItem
from app.services import attributes, backpressure, contacts, intake
from app.services.contacts import ContactInput, Identifier
from app.services.contacts.inputs import IdentifierKind
from app.services.incoming import IncomingEvent
from app.services.intake import Recorded, record_events
from nodes.catalog import Kind
from tests.support.statements import counted_statements


def opened(email: str, **more: object) -> IncomingEvent:
    return IncomingEvent(name="email_opened", who=[Identifier("email", email)], **more)


def logged(session: Session) -> list[tuple[str, str, dict]]:
    rows = session.execute(
        select(Contact.email, EventType.name, Event.properties)
        .join(Contact, Contact.id == Event.contact_id)
        .join(EventType, EventType.id == Event.type_id)
        .order_by(Event.id)
    )
    return [tuple(row) for row in rows]


@pytest.fixture(autouse=True)
def rung(monkeypatch: pytest.MonkeyPatch) -> list[set[int]]:
    """The partitions that were rung."""
    rings: list[set[int]] = []
    monkeypatch.setattr(intake, "ring", lambda parts: rings.append(set(parts)))
    return rings


def test_events_are_logged_in_order_and_queued(database: Session, rung: list[set[int]]):
    """Every event is in the log in the order sent, and in the inbox of its contact's partition, which is rung."""
    recorded = record_events(
        [opened("a@x.io", properties=b'{"campaign":"spring"}'), opened("b@x.io"), opened("a@x.io")], source="test"
    )
    assert recorded == Recorded(accepted=3, duplicates=0, created_contacts=2)
    assert logged(database) == [
        ("a@x.io", "email_opened", {"campaign": "spring"}),
        ("b@x.io", "email_opened", {}),
        ("a@x.io", "email_opened", {}),
    ]
    items = database.scalars(select(InboxItem)).all()
    assert all(item.part == item.contact_id % PARTITIONS for item in items)
    assert rung == [{item.part for item in items}]


def test_a_repeated_message_is_counted_once(database: Session):
    """A message id counts once for its sender, within one request and across requests; other senders have their own."""
    events = [opened("a@x.io", message_id="1"), opened("a@x.io", message_id="1"), opened("a@x.io", message_id="2")]
    assert record_events(events, source="shop") == Recorded(2, 1, 1)
    assert record_events(events, source="shop") == Recorded(0, 3, 0)
    assert record_events(events[:1], source="blog") == Recorded(1, 0, 0)
    assert database.scalar(select(func.count()).select_from(InboxItem)) == 3


@pytest.mark.parametrize(
    "who",
    [
        Identifier("email", "maria@x.io"),
        Identifier("ext_id", "M-1"),
        Identifier("phone", "+33612345678"),
        Identifier("whatsapp", "+33700000001"),
        Identifier("landline", "+33123456789"),
    ],
    ids=lambda who: who.kind,
)
def test_an_unknown_contact_is_made_once(database: Session, who: Identifier):
    """Whatever identifies a contact that nobody knows makes it, once, and finds it afterwards."""
    event = IncomingEvent("page_visited", [who])
    assert record_events([event, event], source="test").created_contacts == 1
    assert record_events([event], source="test").created_contacts == 0
    assert database.scalars(select(getattr(Contact, who.kind))).all() == [who.value]


def test_the_first_known_identifier_decides(database: Session):
    """An event with several identifiers belongs to the first that is known, and changes none of them."""
    record_events([IncomingEvent("visit", [Identifier("ext_id", "M-1")])], source="test")
    both = IncomingEvent("visit", [Identifier("email", "new@x.io"), Identifier("ext_id", "M-1")])
    assert record_events([both], source="test").created_contacts == 0
    assert database.execute(select(Contact.email, Contact.ext_id)).all() == [(None, "M-1")]


def test_an_unknown_number_is_refused_and_nothing_is_recorded(database: Session):
    """Nobody can be made from a contact's number: the whole request is refused, naming the event."""
    unknown = IncomingEvent("visit", [Identifier("id", 987_654)])
    with pytest.raises(Invalid) as caught:
        record_events([opened("a@x.io"), unknown], source="test")
    assert [(each.field, each.code) for each in caught.value.problems] == [("events.1", "unknown_contact")]
    assert database.scalar(select(func.count()).select_from(Contact)) == 0


def test_news_of_contacts_is_kept_in_order(database: Session):
    """Attributes sent with events are stored, the last one wins; those unknown or ill-typed are left out."""
    attributes.create("SCORE", Kind.NUMBER)
    record_events(
        [
            opened("a@x.io", attributes={"SCORE": 1, "NOBODY": 2}),
            opened("a@x.io", attributes={"SCORE": 7}),
            opened("a@x.io", attributes={"SCORE": "many"}),
        ],
        source="test",
    )
    (contact_id,) = contacts.resolve([Identifier("email", "a@x.io")])
    assert contacts.get(contact_id).attributes["SCORE"] == 7


def test_the_time_is_the_senders_or_now(database: Session, clock):
    """An event happened when its sender says; without a word of it, at the moment it came."""
    at = datetime(2024, 2, 29, 12, tzinfo=UTC)
    record_events([opened("a@x.io", at=at), opened("a@x.io")], source="test")
    assert database.scalars(select(Event.at).order_by(Event.id)).all() == [at, datetime.now(UTC)]


def test_a_thousand_events_are_a_handful_of_statements(database: Session, monkeypatch: pytest.MonkeyPatch):
    """The number of statements does not grow with the number of events or of contacts, new and known."""
    # What is asked once a second depends on how slow the machine is.
    monkeypatch.setattr(announcing, "_KNOWN_FOR_SECONDS", math.inf)
    monkeypatch.setattr(backpressure, "_MEASURED_FOR_SECONDS", math.inf)
    announcing.listeners(database)
    backpressure.excess()
    contacts.write([ContactInput(fields={"email": f"c{number}@x.io"}) for number in range(200)])
    events = [opened(f"c{number % 400}@x.io", message_id=str(number)) for number in range(1000)]
    with counted_statements() as statements:
        assert record_events(events, source="test") == Recorded(1000, 0, 200)
    assert len(statements) <= 13, statements  # one of them found that not everybody is known
    with counted_statements() as statements:
        record_events([each._replace(message_id=None) for each in events], source="test")
    assert len(statements) <= 2, statements


@pytest.mark.parametrize("kind", ["email", "ext_id", "phone"])
def test_events_of_known_contacts_are_logged_in_their_order(database: Session, kind: IdentifierKind):
    """Whatever names the contacts: the history, and the queue of each partition, are in the order that was sent."""
    named = {"email": "c{}@x.io", "ext_id": "c{}", "phone": "+3361234567{}"}[kind]
    contacts.write([ContactInput(fields={kind: named.format(number)}) for number in range(5)])
    chance = random.Random(1)
    who = [chance.randrange(5) for _ in range(60)]
    numbers = contacts.resolve([Identifier(kind, named.format(each)) for each in who])
    named_by = [[Identifier(kind, named.format(each))] for each in who]
    sent = [IncomingEvent("visit", each, message_id=f"m{number}") for number, each in enumerate(named_by)]
    assert record_events(sent, source="test") == Recorded(60, 0, 0)
    assert database.scalars(select(Event.contact_id).order_by(Event.id)).all() == numbers
    assert database.scalars(select(InboxItem.contact_id).order_by(InboxItem.id)).all() == numbers
    assert record_events(sent, source="test") == Recorded(0, 60, 0)


def test_one_whom_nobody_knows_among_known_contacts_is_made(database: Session):
    """The others' events are written once."""
    contacts.write([ContactInput(fields={"email": "a@x.io"})])
    assert record_events([opened("a@x.io"), opened("new@x.io"), opened("a@x.io")], source="test") == Recorded(3, 0, 1)
    a, new = contacts.resolve([Identifier("email", "a@x.io"), Identifier("email", "new@x.io")])
    assert database.scalars(select(Event.contact_id).order_by(Event.id)).all() == [a, new, a]
