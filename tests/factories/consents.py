"""Topics and consent, for tests."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Consent, ConsentChange, ConsentState
from app.services.consents import choosing, topics
from app.services.consents.choosing import Choice
from app.services.consents.topics import TopicForm
from tests.support.mailbox import Mailbox


def make_topic(name: str = "News", **said: Any) -> int:
    """A topic of mail that contacts find on their page; returns its id."""
    form: dict[str, Any] = {"description": "", "channel": "email", "public": True, "confirm": False, **said}
    return topics.create(TopicForm(name, **form))


def agrees(contact: int, *topic_ids: int, **said: Any) -> None:
    """A contact agrees to topics."""
    choosing.choose(contact, Choice(topic_ids, ConsentState.GIVEN, **said))


def stands(database: Session, contact: int) -> Mapping[int, str]:
    """Where a contact stands, by topic."""
    rows = select(Consent.topic_id, Consent.state).where(Consent.contact_id == contact)
    return {row.topic_id: row.state for row in database.execute(rows)}


def history(database: Session, contact: int) -> list[tuple[str | None, str, str]]:
    """The changes of a contact's consent: topic, state, source."""
    rows = select(ConsentChange.topic, ConsentChange.state, ConsentChange.source)
    of_contact = rows.where(ConsentChange.contact_id == contact).order_by(ConsentChange.id)
    return [(row.topic, row.state, row.source) for row in database.execute(of_contact)]


def way_in(mailbox: Mailbox, letter: int = -1) -> str:
    """The path of the address that a mail asks to confirm at."""
    body = mailbox.letters[letter].get_body(("plain",))
    assert body is not None
    found = re.search(r"https?://[^/]+(/t/f/\S+)", body.get_content())
    assert found
    return found[1]
