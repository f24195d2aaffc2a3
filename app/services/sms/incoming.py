"""What comes back of text messages: whether they arrived, and what contacts answer."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final, NamedTuple

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.adapters import mail_links
from app.adapters.doorbell import ring
from app.adapters.events import NewEvent, type_ids, write_events
from app.adapters.mail_links import LinkKind
from app.models import ConsentChannel, ConsentSource, Contact, HitKind, Message, MessageHit, MessageState
from app.services.consents import giving
from app.services.consents.giving import Origin
from app.services.mailing import happenings
from app.services.mailing.tracking import held, is_known
from app.services.sms.numbers import default_country, international

STOP: Final = frozenset(
    {"stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "arret", "arrêt", "стоп", "отписаться"}
)
START: Final = frozenset({"start", "unstop", "старт"})

# What providers call the same: Twilio's names first.
_STATE: Final = ("messagestatus", "smsstatus", "status", "dlr_status", "state")
_WHY: Final = ("errorcode", "errormessage", "error", "reason")
_FROM: Final = ("from", "msisdn", "sender", "source", "originator")
_ID: Final = ("messagesid", "smssid", "message_id", "messageid", "message-id", "id")
_TEXT: Final = ("body", "text", "message", "content")
_ARRIVED: Final = frozenset({"delivered", "delivrd", "read"})
_LOST: Final = frozenset({"undelivered", "undeliv", "failed", "rejected", "rejectd", "expired"})
_LONGEST_TEXT: Final = 1600


class _Answer(NamedTuple):
    """`keyword`: what it asks for by a word that carriers know: `stop` or `start`."""

    text: str
    keyword: str | None


def report(token: str, said: Mapping[str, str]) -> None:
    """Note that a message arrived or did not, each once; steps on the way, and addresses that are none, do nothing."""
    link = mail_links.read(LinkKind.SMS_REPORT, token)
    state = _first(said, _STATE).lower()
    kind = HitKind.DELIVERED if state in _ARRIVED else HitKind.UNDELIVERED if state in _LOST else None
    if link is None or kind is None:
        return
    with db.transaction() as session:
        message = held(session, link.message)
        if message is None or is_known(session, message, kind):
            return
        why = _first(said, _WHY)[:200] or None
        session.add(MessageHit(message_id=message.id, kind=kind, detail=why))
        event = happenings.SMS_DELIVERED if kind == HitKind.DELIVERED else happenings.SMS_FAILED
        happenings.record(session, message, event, **({"reason": why} if why else {}))


def reply(token: str, said: Mapping[str, str]) -> bool:
    """Take what somebody answered: STOP ends text messages to them, START takes that back. False: not our address.

    It becomes an event of the contact with that number, if there is one; once, if the provider names the message and
    tells of it again.
    """
    if mail_links.read(LinkKind.SMS_REPLY, token) is None:
        return False
    number = _first(said, _FROM)
    known = number if number.startswith(("+", "0")) else f"+{number}"
    phone, text = international(known, default_country()), _first(said, _TEXT)[:_LONGEST_TEXT]
    with db.transaction() as session:
        contact = session.scalar(select(Contact.id).where(Contact.phone == phone)) if phone else None
        if contact is not None and text:
            word = text.strip().strip(".!").lower()
            keyword = "stop" if word in STOP else "start" if word in START else None
            _record(session, contact, _Answer(text, keyword), _first(said, _ID))
            if keyword:
                origin = Origin(ConsentSource.REPLY, text.strip())
                giving.flag(session, contact, ConsentChannel.SMS, origin, out=keyword == "stop")
    return True


def _record(session: Session, contact: int, answer: _Answer, named: str) -> None:
    """`named`: the provider's own name of the message, however long; empty for none."""
    name = happenings.SMS_RECEIVED
    key = f"sms:{blake2b(f'{contact} {named} {answer.text}'.encode(), digest_size=16).hexdigest()}" if named else None
    keyword = {"keyword": answer.keyword} if answer.keyword else {}
    said = orjson.dumps({**_answered(session, contact), "text": answer.text, **keyword})
    written = write_events(session, [NewEvent(contact, type_ids(session, {name})[name], datetime.now(UTC), said, key)])
    db.after_commit(lambda: ring(written.parts))


def _answered(session: Session, contact: int) -> dict[str, object]:
    """Return what the event says of the message that is answered: the last one. Who got none writes by themselves."""
    last = select(Message).where(
        Message.contact_id == contact,
        Message.channel == ConsentChannel.SMS,
        Message.state.in_((MessageState.SENDING, MessageState.SENT)),
    )
    message = session.scalar(last.order_by(Message.id.desc()).limit(1))
    return happenings.about(session, message) if message else {"message": None}


def _first(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    """Return what is said under the first of these names, whatever their case."""
    known = {name.lower(): value for name, value in said.items()}
    return next((known[name].replace("\x00", "") for name in names if known.get(name)), "")
