"""What contacts agreed to, and how that came to be."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, select

from app import db
from app.errors import NotFound
from app.models import Consent, ConsentChange, ConsentTopic, Contact, User

_MOST_CHANGES = 200


class Standing(NamedTuple):
    """Where a contact stands on a topic: `state` and `at` are None where it never said."""

    topic_id: int
    name: str
    channel: str
    state: str | None
    at: datetime | None


class ChangeView(NamedTuple):
    """One change of consent; no `topic`: all of the channel. `by`: who of us made it."""

    topic: str | None
    channel: str
    state: str
    source: str
    detail: str | None
    message_id: int | None
    by: str | None
    at: datetime


class Consents(NamedTuple):
    """A contact's consent: where it stands on each topic, and the changes that led there, the newest first."""

    topics: Sequence[Standing]
    changes: Sequence[ChangeView]


def of_contact(contact_id: int) -> Consents:
    """Return what a contact agreed to. Raises NotFound."""
    mine = and_(Consent.topic_id == ConsentTopic.id, Consent.contact_id == contact_id)
    topics = (
        select(ConsentTopic.id, ConsentTopic.name, ConsentTopic.channel, Consent.state, Consent.at)
        .outerjoin(Consent, mine)
        .order_by(ConsentTopic.name)
    )
    kept = [getattr(ConsentChange, name) for name in ChangeView._fields if name not in {"by", "at"}]
    changes = (
        select(*kept, User.name, ConsentChange.at)
        .outerjoin(User, User.id == ConsentChange.user_id)
        .where(ConsentChange.contact_id == contact_id)
        .order_by(ConsentChange.id.desc())
        .limit(_MOST_CHANGES)
    )
    with db.transaction() as session:
        if session.scalar(select(Contact.id).where(Contact.id == contact_id)) is None:
            raise NotFound.thing("contact", contact_id)
        return Consents(
            [Standing(*row) for row in session.execute(topics)],
            [ChangeView._make(row) for row in session.execute(changes)],
        )
