"""Agreeing to topics and taking it back: many contacts at a time, each change kept as proof and told to automations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import case, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters import announcing
from app.adapters.announcing import News
from app.adapters.bulk import among
from app.adapters.doorbell import ring
from app.adapters.events import NewEvent, type_ids, write_events
from app.models import Consent, ConsentChange, ConsentChannel, ConsentSource, ConsentState, ConsentTopic, Contact
from app.services import signals
from app.services.push import subscribing

GIVEN: Final = "consent_given"
WITHDRAWN: Final = "consent_withdrawn"
_EVENTS: Final = {ConsentState.GIVEN: GIVEN, ConsentState.WITHDRAWN: WITHDRAWN}
# A flag of the contact that says: nothing more by this way, whatever the topic.
_FLAGS: Final[Mapping[str, str]] = {ConsentChannel.EMAIL: "email_blacklisted", ConsentChannel.SMS: "sms_blacklisted"}


class Origin(NamedTuple):
    """Where a change comes from: how, more of that in words, and the mail it was done from."""

    source: ConsentSource
    detail: str | None = None
    message_id: int | None = None


class Wish(NamedTuple):
    """Where a contact shall stand on a topic."""

    contact_id: int
    topic_id: int
    state: ConsentState


def settle(session: Session, wishes: Iterable[Wish], origin: Origin) -> Sequence[Wish]:
    """Let contacts stand where they wish to; returns what is another state now. Contacts and topics must exist.

    One statement a kind of thing, whatever the number. Of several wishes about the same, the last holds. Who takes back
    what it was asked to confirm was not asked.
    """
    wanted = {(each.contact_id, each.topic_id): each for each in wishes}
    if not wanted:
        return []
    # In the order in which everybody takes contacts: two that settle much at once never wait for each other.
    owners = sorted({each.contact_id for each in wanted.values()})
    locked = select(Contact.id).where(among(Contact.id, owners)).order_by(Contact.id)
    held = set(session.scalars(locked.with_for_update(key_share=True)))
    rows = [each._asdict() for key, each in sorted(wanted.items()) if each.contact_id in held]
    if not rows:
        return []
    statement = insert(Consent).values(rows)
    over = statement.excluded.state == ConsentState.WITHDRAWN
    settled = statement.on_conflict_do_update(
        index_elements=[Consent.contact_id, Consent.topic_id],
        set_={
            "state": statement.excluded.state,
            "at": func.now(),
            "asks": case((over, 0), else_=Consent.asks),
            "asked_at": case((over, None), else_=Consent.asked_at),
        },
        where=Consent.state != statement.excluded.state,
    ).returning(Consent.contact_id, Consent.topic_id, Consent.state)
    changed = [Wish(contact, topic, ConsentState(state)) for contact, topic, state in session.execute(settled)]
    _keep(session, changed, origin)
    _tell(session, changed, origin)
    return changed


def leave(session: Session, contact_id: int, origin: Origin) -> bool:
    """Let a contact get nothing any more, whatever the topic or the channel; False if that was so already."""
    said = select(Consent.topic_id).where(Consent.contact_id == contact_id, Consent.state != ConsentState.WITHDRAWN)
    topics = [Wish(contact_id, topic, ConsentState.WITHDRAWN) for topic in session.scalars(said)]
    left = settle(session, topics, origin)
    subscribing.forget_all(session, contact_id)
    flags = [channel for channel in _FLAGS if flag(session, contact_id, channel, origin, out=True)]
    return bool(left or flags)


def is_silent(contact: Contact, channel: str) -> bool:
    """Tell whether a contact gets nothing by a channel, whatever the topic."""
    column = _FLAGS.get(channel)
    return column is not None and bool(getattr(contact, column))


def flag(session: Session, contact_id: int, channel: str, origin: Origin, *, out: bool) -> bool:
    """Let a contact get nothing more by a channel, or take that back; False if it was so already."""
    column = _FLAGS.get(channel)
    if column is None:
        return False
    field = getattr(Contact, column)
    changed = (
        update(Contact).where(Contact.id == contact_id, field != out).values({column: out, "modified_at": func.now()})
    )
    if session.scalar(changed.returning(Contact.id)) is None:
        return False
    state = ConsentState.WITHDRAWN if out else ConsentState.GIVEN
    session.add(ConsentChange(contact_id=contact_id, channel=channel, state=state, **_said(origin)))
    signals.emit(list(signals.changed("fields", [contact_id])))
    announcing.announce(session, _news(contact_id, channel, column, out=out))
    return True


def _news(contact_id: int, channel: str, column: str, *, out: bool) -> Iterator[News]:
    """What webhooks are told: the field that changed, and who takes no mail any more."""
    yield News("contact.updated", contact_id, {"changed": [column]})
    if out and channel == "email":
        yield News("contact.unsubscribed", contact_id)


def _keep(session: Session, changed: Sequence[Wish], origin: Origin) -> None:
    if not changed:
        return
    names = _names(session, changed)
    rows = [
        {**each._asdict(), "topic": names[each.topic_id].name, "channel": names[each.topic_id].channel, **_said(origin)}
        for each in changed
    ]
    session.execute(insert(ConsentChange), rows)


def _tell(session: Session, changed: Sequence[Wish], origin: Origin) -> None:
    told = [each for each in changed if each.state in _EVENTS]
    if not told:
        return
    types, names, now = type_ids(session, set(_EVENTS.values())), _names(session, told), datetime.now(UTC)
    events = [
        NewEvent(each.contact_id, types[_EVENTS[each.state]], now, orjson.dumps(_properties(each, names, origin)))
        for each in told
    ]
    written = write_events(session, events)
    db.after_commit(lambda: ring(written.parts))
    signals.emit(list(signals.changed("consents", dict.fromkeys(each.contact_id for each in told))))


def _properties(wish: Wish, names: Mapping[int, ConsentTopic], origin: Origin) -> dict[str, Any]:
    topic = names[wish.topic_id]
    said = {"topic": topic.id, "name": topic.name, "channel": topic.channel, "source": origin.source}
    more = {"detail": origin.detail, "message": origin.message_id}
    return {**said, **{key: value for key, value in more.items() if value is not None}}


def _names(session: Session, changed: Sequence[Wish]) -> Mapping[int, ConsentTopic]:
    wanted = {each.topic_id for each in changed}
    return {each.id: each for each in session.scalars(select(ConsentTopic).where(among(ConsentTopic.id, wanted)))}


def _said(origin: Origin) -> dict[str, Any]:
    actor = permissions.current()
    return {**origin._asdict(), "user_id": actor.user_id if actor else None}
