"""`{{ event.total }}` in texts of an automation, from the event to notes, tasks, alerts, webhooks and messages."""

import json
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient
from sqlalchemy import event as database_events
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.adapters import mail_links
from app.errors import Invalid
from app.models import Note, Notification, Outbox, Task, TemplateVersion
from app.services import contacts, entries, outbox
from app.services.automations import checking
from app.services.contacts import Identifier
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from app.services.mailing import previews, templates
from app.services.mailing.templates import Written
from tests.factories.contacts import make_contact
from tests.factories.mailing import MARIA, address
from tests.factories.users import make_user
from tests.support import live
from tests.support.mailbox import Mailbox

TEXT = "{{ event.total | default('no') }} € for {{ contact.FIRSTNAME | default('you') }}"
PAGE = """<html><body><p>Order {{ event["order-id"] | default("unknown") }}: {{ event.total }} €</p>
<a href="https://shop.example/{{ event.path }}?at={{ event.event_name }}">See</a></body></html>"""
ORDER = {"total": 42.0, "order-id": "A & 7", "path": "a b", "city": {"name": "Lyon"}}


def ordered(*emails: str, **properties: object) -> None:
    """Contacts order something, and automations hear it."""
    said = orjson.dumps({**ORDER, **properties})
    record_events(
        [IncomingEvent("order_placed", [Identifier("email", each)], None, said) for each in emails], source="shop"
    )
    live.drain_all()


def automation(*steps: tuple[str, dict[str, Any]]) -> int:
    """These steps one behind the other, after an order."""
    named = [("order", "custom_event", {"event": "order_placed"}), *((key, key, config) for key, config in steps)]
    ways = [(one[0], "next", other[0]) for one, other in pairwise(named)]
    return live.activate(live.document(named, ways))


def mail() -> int:
    return templates.create("Order", Written("{{ event.total }} €", "", "html", PAGE))


def test_every_text_of_a_step_can_say_what_the_event_said(database: Session):
    """Notes, tasks, alerts and the body of a webhook."""
    make_user("rep", email="rita@example.com")
    automation(
        ("add_note", {"text": TEXT}),
        ("create_task", {"title": "Pack {{ event['order-id'] }}", "note": "{{ event.city.name }}"}),
        ("send_alert", {"to": "users", "users": ["rita@example.com"], "title": TEXT, "body": "{{ event.event_name }}"}),
        ("call_webhook", {"url": "https://x.example", "body": '{"id": "{{ event[\\"order-id\\"] }}"}'}),
    )
    make_contact(email=MARIA, FIRSTNAME="Maria")
    ordered(MARIA)
    assert database.scalars(select(Note.text)).all() == ["42 € for Maria"]
    task = database.scalars(select(Task)).one()
    assert (task.title, task.note) == ("Pack A & 7", "Lyon")
    alert = database.scalars(select(Notification)).one()
    assert (alert.title, alert.body) == ("42 € for Maria", "order_placed")
    call = database.scalars(select(Outbox).where(Outbox.kind == "webhook")).one()
    assert json.loads(call.payload["body"]) == {"id": "A & 7"}


def test_after_a_wait_it_is_still_the_event_that_let_the_contact_in(database: Session):
    """Each run keeps its own, whatever comes meanwhile."""
    automation(("wait", {"duration": {"amount": 1, "unit": "days"}}), ("add_note", {"text": TEXT}))
    make_contact(email=MARIA)
    ordered(MARIA)
    ordered(MARIA, total=1)
    live.pass_time(days=1)
    live.drain_all()
    assert database.scalars(select(Note.text).order_by(Note.id)).first() == "42 € for you"


def test_mail_carries_the_event_where_its_template_asks(database: Session, mailbox: Mailbox, client: FlaskClient):
    """In subject, page, text and links, escaped where it has to be; the run is over by then."""
    mail_links.configure("https://cadenza.example.com")
    automation(("send_email", {"template": mail()}))
    make_contact(email=MARIA)
    ordered(MARIA)
    outbox.deliver()
    (letter,) = mailbox.letters
    html, text = (letter.get_body((kind,)).get_content() for kind in ("html", "plain"))
    assert letter["Subject"] == "42 €"
    assert "Order A &amp; 7: 42 €" in html
    assert "Order A & 7: 42 €" in text
    leads_to = client.get(address(mailbox, "c")).headers["Location"]
    assert leads_to == "https://shop.example/a%20b?at=order_placed"


def test_mail_that_asks_nothing_carries_nothing(database: Session, mailbox: Mailbox):
    """An event may be large: only deliveries that need it have it, as a subject of the step's own may."""
    plain = templates.create("Plain", Written("Hello", "", "html", "<html><body>Hello</body></html>"))
    automation(("send_email", {"template": plain}))
    automation(("send_email", {"template": plain, "subject": "{{ event.total }} €"}))
    make_contact(email=MARIA)
    ordered(MARIA)
    assert ["event" in each.payload for each in database.scalars(select(Outbox).order_by(Outbox.id))] == [False, True]
    outbox.deliver()
    assert sorted(letter["Subject"] for letter in mailbox.letters) == ["42 €", "Hello"]


def test_messages_carry_it_too(database: Session):
    """A text message asks like any other text."""
    automation(("send_sms", {"text": TEXT, "transactional": True}))
    contacts.create(contacts.ContactInput(fields={"email": MARIA, "phone": "+33612345678"}))
    ordered(MARIA)
    sent = database.scalars(select(Outbox).where(Outbox.kind == "sms")).one()
    assert sent.payload["event"]["properties"] == ORDER


def test_who_enters_by_hand_has_nothing_there(database: Session, mailbox: Mailbox):
    """Empty, or what the author wrote for that; the name is that of entering by hand."""
    number = automation(("add_note", {"text": TEXT + " {{ event.event_name }}"}), ("send_email", {"template": mail()}))
    make_contact(email=MARIA)
    entries.enter_contacts(number, [Identifier("email", MARIA)])
    live.drain_all()
    assert database.scalars(select(Note.text)).all() == ["no € for you automation_called"]
    outbox.deliver()
    assert "Order unknown:  €" in mailbox.letters[0].get_body(("html",)).get_content()


def test_many_contacts_cost_no_more_statements_than_few(database: Session, mailbox: Mailbox):
    """What events say comes with the runs and the deliveries: nobody is asked for one by one."""
    automation(("add_note", {"text": TEXT}), ("send_email", {"template": mail()}))

    def statements(*emails: str) -> int:
        for each in emails:
            make_contact(email=each)
        asked: list[str] = []
        note = lambda _c, _cursor, statement, *_rest: asked.append(statement)  # noqa: E731
        database_events.listen(db.engine(), "before_cursor_execute", note)
        try:
            ordered(*emails)
        finally:
            database_events.remove(db.engine(), "before_cursor_execute", note)
        return len(asked)

    statements("first@example.com")
    few = statements("a@example.com", "b@example.com")
    assert statements(*(f"c{each}@example.com" for each in range(40))) <= few + 16  # one more a partition, at most


def test_the_editor_is_told_what_may_be_asked(database: Session):
    """By name, with what the latest event said, long values shortened; nothing of our own."""
    make_contact(email=MARIA)
    ordered(MARIA, note="x" * 200, **{"@hook": "1:2"})
    steps = [("order", "custom_event", {"event": "order_placed"}), ("note", "add_note", {"text": "{{ event.totl }}"})]
    checked = checking.check(checking.read(live.document(steps, [("order", "next", "note")])), "en")
    examples = {each.name: each.example for each in checked.event_places}
    assert examples == {"total": "42", "order-id": "A & 7", "path": "a b", "city": "", "note": "x" * 60}
    (problem,) = checked.problems
    assert (problem.code, problem.severity) == ("unknown_event_property", "warning")
    assert "“total”" in problem.remedy


def test_a_preview_shows_an_event_of_the_contact(database: Session):
    """The latest that says most of what is asked; what is missing, and that campaigns have none, is told."""
    maria = make_contact(email=MARIA)
    written = Written("{{ event.total }} €", "", "html", PAGE)
    without = previews.preview(written, maria)
    assert without.subject == " €"
    assert {each.code for each in without.warnings} == {"only_in_automations", "missing_event_value"}
    ordered(MARIA)
    record_events([IncomingEvent("page_visited", [Identifier("email", MARIA)], None, b'{"page": "/"}')], source="shop")
    shown = previews.preview(written, maria)
    assert shown.subject == "42 €"
    assert "https://shop.example/a%20b?at=order_placed" in shown.html
    assert {each.code for each in shown.warnings} == {"only_in_automations"}


def test_a_template_keeps_what_it_asks(database: Session):
    """In subject, page and links, once each."""
    mail()
    (version,) = database.scalars(select(TemplateVersion))
    assert version.event_asked == [
        ["event_name", False], ["order-id", True], ["path", False], ["total", False],
    ]  # fmt: skip


def test_an_event_is_known_by_its_own_time(database: Session):
    """When it happened, not when it came in."""
    automation(("add_note", {"text": "{{ event.event_time }}"}))
    make_contact(email=MARIA)
    at = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    record_events([IncomingEvent("order_placed", [Identifier("email", MARIA)], at, b"{}")], source="shop")
    live.drain_all()
    assert database.scalars(select(Note.text)).all() == ["2026-01-02T03:04+00:00"]


def test_what_is_no_place_is_refused_in_a_template(database: Session):
    """Positions are, as everywhere."""
    with pytest.raises(Invalid, match="not possible"):
        templates.create("Bad", Written("{{ event[0] }}", "", "html", PAGE))
