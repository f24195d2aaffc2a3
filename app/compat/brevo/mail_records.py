"""Transactional mail that was sent, and what became of it, as Brevo counts it."""

from collections.abc import Iterator
from typing import Any, Final

from flask import request
from sqlalchemy import CompoundSelect, Select, Text, case, cast, func, literal, null, or_, select, union_all

from app import db
from app.compat.brevo.mail_senders import shown_sender
from app.compat.brevo.requests import LARGEST_ID
from app.models import HitKind, Message, MessageHit, MessageKind, MessageState, Outbox, TemplateVersion
from app.services.mailing import transactional
from app.services.mailing.composing import message_id

EVENTS: Final = (
    *("requests", "delivered", "opened", "clicks", "hardBounces", "softBounces", "bounces", "spam", "unsubscribed"),
    *("blocked", "error", "invalid", "deferred", "loadedByProxy"),
)
_MAIL: Final = (Message.channel == "email", Message.kind == MessageKind.TRANSACTIONAL)
_STATES: Final = {
    MessageState.BOUNCED: "hardBounces",
    MessageState.FAILED: "error",
    MessageState.LEFT_OUT: "blocked",
}
_HITS: Final = {
    HitKind.OPENED: "opened",
    HitKind.CLICKED: "clicks",
    HitKind.UNSUBSCRIBED: "unsubscribed",
    HitKind.BOUNCED: "hardBounces",
    HitKind.DEFERRED: "softBounces",
    HitKind.COMPLAINED: "spam",
}


def records() -> Select[Any]:
    """Return each mail with its template, the number of its sender, and how many files went along."""
    files = func.jsonb_array_length(Outbox.payload["beside"]["files"])
    sender = Outbox.payload["sender"].as_integer()
    return (
        select(Message, TemplateVersion.template_id, sender.label("sender"), func.coalesce(files, 0).label("files"))
        .outerjoin(TemplateVersion, TemplateVersion.id == Message.version_id)
        .outerjoin(Outbox, Outbox.key == Message.key)
        .where(*_MAIL)
    )


def happened() -> CompoundSelect[Any]:
    """Return what became of each mail: `message`, `event`, `at`, `link`, `reason`.

    What machines clicked is left out; what they opened is `loadedByProxy`.
    """
    nothing = cast(null(), Text)
    settled = func.coalesce(Outbox.settled_at, Message.created_at)
    ended = case(*((Message.state == state, event) for state, event in _STATES.items()))
    failed = (*_MAIL, Message.state.in_(_STATES), Message.sent_at.is_(None))
    by_machine = MessageHit.machine.is_not(None)
    hit = case(
        (by_machine & (MessageHit.kind == HitKind.OPENED), "loadedByProxy"),
        *((MessageHit.kind == kind, event) for kind, event in _HITS.items()),
    )
    heard = or_(~by_machine, MessageHit.kind == HitKind.OPENED)
    return union_all(
        _row(literal("requests"), Message.created_at, nothing, nothing).where(*_MAIL),
        _row(literal("delivered"), Message.sent_at, nothing, nothing).where(*_MAIL, Message.sent_at.is_not(None)),
        _row(ended, settled, nothing, Message.reason).outerjoin(Outbox, Outbox.key == Message.key).where(*failed),
        _row(hit, MessageHit.at, MessageHit.link, MessageHit.detail)
        .join(MessageHit, MessageHit.message_id == Message.id)
        .where(*_MAIL, MessageHit.kind.in_(_HITS), heard),
    )


def number_of(reference: str) -> int:
    """Return the number of the message that a Message-ID is of; 0 if it is none of ours."""
    identifier = reference.strip(" <>").partition("@")[0]
    number = identifier.partition(".")[0]
    if not (number.isascii() and number.isdigit() and len(number) < len(str(LARGEST_ID))):
        return 0
    with db.transaction() as session:
        message = session.get(Message, int(number))
    return message.id if message and message_id(message.key, message.id) == identifier else 0


def written_id(message: Message, sender: int | None) -> str:
    """Return the Message-ID of a mail."""
    return transactional.written_id(message, shown_sender(sender)["email"])


def tags() -> list[str]:
    """Read the tags that are asked for: repeated, or as a JSON array."""
    return list(_tags())


def _tags() -> Iterator[str]:
    for text in (*request.args.getlist("tags"), *request.args.getlist("tag")):
        yield from (each.strip(' "[]') for each in text.split(",") if each.strip(' "[]'))


def _row(event: Any, at: Any, link: Any, reason: Any) -> Select[Any]:  # noqa: ANN401 - columns
    return select(
        Message.id.label("message"), event.label("event"), at.label("at"), link.label("link"), reason.label("reason")
    )
