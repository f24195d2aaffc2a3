"""The mail of the demo world: who sends it, two templates, and who agreed to get any."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy.orm import Session

from app.adapters.bulk import insert_rows
from app.models import Consent, ConsentChange, ConsentChannel, ConsentSource, ConsentState, TemplateFormat
from app.services.consents import topics
from app.services.consents.topics import TopicForm
from app.services.mailing import senders, templates
from app.services.mailing.templates import Written

_FOLDER: Final = Path(__file__).with_name("mails")
_SENDER: Final = ("Nora at Northlight", "nora@example.com")
_TOPIC: Final = TopicForm("Newsletter", "What is new, once a week.", ConsentChannel.EMAIL, public=True, confirm=False)


class Reader(NamedTuple):
    """A contact that agreed to mail, and when."""

    contact: int
    since: datetime


def write(session: Session, readers: Sequence[Reader]) -> None:
    """Make the sender, the templates, and the topic that the readers agreed to."""
    senders.create(*_SENDER)
    _template("Welcome", 'Welcome, {{ contact.FIRSTNAME | default("and hello") }}', "Your first list, in three minutes")
    _template("Product news", "Pricing made simple", "One plan, everything in it")
    topic = topics.create(_TOPIC)
    agreed: list[dict[str, Any]] = [
        {"contact_id": each.contact, "topic_id": topic, "state": ConsentState.GIVEN, "at": each.since}
        for each in readers
    ]
    said = {"topic": _TOPIC.name, "channel": _TOPIC.channel, "source": ConsentSource.FORM, "detail": "newsletter"}
    session.execute(insert_rows(Consent, agreed))
    session.execute(insert_rows(ConsentChange, [each | said for each in agreed]))


def _template(name: str, subject: str, preheader: str) -> None:
    source = (_FOLDER / f"{name.lower().replace(' ', '_')}.mjml").read_text()
    templates.create(name, Written(subject, preheader, TemplateFormat.MJML.value, source))
