"""Topics: what contacts can agree to hear about."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete as delete_from
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db
from app.adapters.catalog import bump_revision
from app.errors import Conflict, NotFound
from app.models import Consent, ConsentState, ConsentTopic
from app.services import audit, usage, values

LONGEST_DESCRIPTION = 500


class TopicForm(NamedTuple):
    """What is said of a topic; see `ConsentTopic`."""

    name: str
    description: str
    channel: str
    public: bool
    confirm: bool


class TopicView(NamedTuple):
    """A topic; `given` and `pending`: how many contacts agreed, and how many are to confirm it."""

    id: int
    name: str
    description: str
    channel: str
    public: bool
    confirm: bool
    created_at: datetime
    given: int
    pending: int


def every() -> Sequence[TopicView]:
    """Return all topics by name."""
    given, pending = (func.count().filter(Consent.state == each) for each in (ConsentState.GIVEN, ConsentState.PENDING))
    plain = (getattr(ConsentTopic, name) for name in TopicView._fields if name not in {"given", "pending"})
    counted = (
        select(*plain, given, pending)
        .outerjoin(Consent, Consent.topic_id == ConsentTopic.id)
        .group_by(ConsentTopic.id)
        .order_by(ConsentTopic.name)
    )
    with db.transaction() as session:
        return [TopicView._make(row) for row in session.execute(counted)]


def get(topic_id: int) -> TopicView:
    """Return one topic. Raises NotFound."""
    found = next((each for each in every() if each.id == topic_id), None)
    if found is None:
        raise NotFound.thing("topic", topic_id)
    return found


def create(form: TopicForm) -> int:
    """Add a topic; returns its id. Raises Invalid naming the field, Conflict for a name in use."""
    with db.transaction() as session:
        topic = ConsentTopic(**_read(session, form)._asdict())
        session.add(topic)
        session.flush()
        bump_revision()
        audit.record("created", "topic", topic.id)
        return topic.id


def change(topic_id: int, form: TopicForm) -> None:
    """Change a topic. Raises NotFound, and as `create` does; Conflict for another channel once somebody agreed."""
    with db.transaction() as session:
        topic = session.get(ConsentTopic, topic_id)
        if topic is None:
            raise NotFound.thing("topic", topic_id)
        said = select(func.count()).where(Consent.topic_id == topic_id)
        if form.channel != topic.channel and session.scalar(said):
            raise Conflict("Contacts agreed to this topic for its channel. Make another topic for the other channel.")
        for name, value in _read(session, form, besides=topic_id)._asdict().items():
            setattr(topic, name, value)
        bump_revision()
        audit.record("updated", "topic", topic_id)


def delete(topic_id: int) -> None:
    """Delete a topic with who agreed to it; the history of that stays.

    Raises NotFound, or Conflict naming the automations and segments that use it.
    """
    with db.transaction() as session:
        usage.refuse_topic_in_use(topic_id)
        if (
            session.scalar(delete_from(ConsentTopic).where(ConsentTopic.id == topic_id).returning(ConsentTopic.id))
            is None
        ):
            raise NotFound.thing("topic", topic_id)
        bump_revision()
        audit.record("deleted", "topic", topic_id)


def _read(session: Session, form: TopicForm, besides: int = 0) -> TopicForm:
    name = values.line("name", form.name)
    if session.scalar(select(func.count()).where(ConsentTopic.name == name, ConsentTopic.id != besides)):
        raise Conflict(f"There is a topic “{name}” already. Choose another name.")
    described = values.storable("description", form.description, LONGEST_DESCRIPTION).strip()
    return form._replace(name=name, description=described)
