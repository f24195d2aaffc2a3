"""Mail that an automation sends, for tests, and what came of it."""

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Event, EventType, Message, MessageHit
from app.services.mailing import templates
from app.services.mailing.templates import Written
from tests.factories.automations import opens
from tests.support import live
from tests.support.mailbox import Mailbox

PERSON = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"
SOURCE = """<html><body><p>Hello {{ contact.FIRSTNAME | default("there") }}, you have {{ contact.SCORE }} points.</p>
<a href="https://example.com/offer?who={{ contact.email }}">See</a></body></html>"""
MARIA = "maria@example.com"


def template(name: str = "Welcome", subject: str = "Hello {{ contact.FIRSTNAME }}") -> int:
    """A template; returns its id."""
    return templates.create(name, Written(subject, "", "html", SOURCE))


def mailing(number: int, **config: object) -> int:
    """An automation that mails to whoever opens a mail of somebody else's."""
    steps = [("opened", "email_opened", {}), ("mail", "send_email", {"template": number, **config})]
    return live.activate(live.document(steps, [("opened", "next", "mail")]))


def enter(*emails: str) -> None:
    """Contacts open a mail, and automations hear it."""
    for email in emails:
        opens(email)
    live.drain_all()


def hits(database: Session) -> Sequence[tuple[str, str | None]]:
    """What was done with messages, and what gave a machine away."""
    rows = database.execute(select(MessageHit.kind, MessageHit.machine).order_by(MessageHit.id))
    return [(row.kind, row.machine) for row in rows]


def happened(database: Session, name: str) -> Sequence[Event]:
    """The events of that name."""
    return database.scalars(
        select(Event).join(EventType, EventType.id == Event.type_id).where(EventType.name == name)
    ).all()


def sent_long_ago(database: Session) -> None:
    """Whatever comes now comes long after the mail left."""
    for message in database.scalars(select(Message)):
        message.sent_at = message.created_at.replace(year=2025)
    database.flush()


def address(mailbox: Mailbox, kind: str, letter: int = 0) -> str:
    """The first address of that kind in a mail, the first if not said otherwise, below the instance's own."""
    body = mailbox.letters[letter].get_body(("html",))
    assert body is not None
    found = re.search(rf'https://cadenza\.example\.com(/t/{kind}/[^"]+)"', body.get_content())
    assert found
    return found[1]
