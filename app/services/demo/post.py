"""The mail of the demo world: who sends it, two templates, and who agreed to get any."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy.orm import Session

from app.models import Consent, ConsentChange, ConsentChannel, ConsentSource, ConsentState, TemplateFormat
from app.services.campaigns.plans import Plan
from app.services.consents import topics
from app.services.consents.topics import TopicForm
from app.services.demo.rows import insert
from app.services.mailing import senders, templates
from app.services.mailing.templates import Written

_FOLDER: Final = Path(__file__).with_name("mails")
_SENDER: Final = ("Nora at Northlight", "nora@example.com")
_TOPIC: Final = TopicForm("Newsletter", "What is new, once a week.", ConsentChannel.EMAIL, public=True, confirm=False)


class Reader(NamedTuple):
    """A contact that agreed to mail, and when."""

    contact: int
    email: str
    since: datetime


def write(session: Session, readers: Sequence[Reader], newsletter: int) -> Plan:
    """Make the sender, the templates, and the topic that the readers agreed to.

    Returns what a campaign to the readers, who are on the list `newsletter`, says.
    """
    sender = senders.create(*_SENDER)
    _template("Welcome", 'Welcome, {{ contact.FIRSTNAME | default("and hello") }}', "Your first list, in three minutes")
    news = _template("Product news", "Pricing made simple", "One plan, everything in it")
    topic = topics.create(_TOPIC)
    agreed: list[dict[str, Any]] = [
        {"contact_id": each.contact, "topic_id": topic, "state": ConsentState.GIVEN, "at": each.since}
        for each in readers
    ]
    said = {"topic": _TOPIC.name, "channel": _TOPIC.channel, "source": ConsentSource.FORM, "detail": "newsletter"}
    insert(session, Consent, agreed)
    insert(session, ConsentChange, [each | said for each in agreed])
    return Plan(lists=(newsletter,), template=news, sender=sender, topic=topic)


def _template(name: str, subject: str, preheader: str) -> int:
    source = (_FOLDER / f"{name.lower().replace(' ', '_')}.mjml").read_text()
    return templates.create(name, Written(subject, preheader, TemplateFormat.MJML.value, source))
