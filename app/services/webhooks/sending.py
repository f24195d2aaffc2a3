"""Deliveries to webhooks: what they say, how they are signed, and what becomes of the webhook by their answers."""

import hashlib
import hmac
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from app import db
from app.adapters import announcing, http, live, secrets
from app.adapters.catalog import load_catalog
from app.adapters.outside import NotReached
from app.errors import NotFound
from app.models import Notification, Outbox, TellingState, Webhook, WebhookDelivery
from app.services import contacts, deals
from app.services.contacts import ContactView
from app.services.webhooks import brevo, keeping
from nodes.catalog import User
from nodes.texts import Text

SIGNATURE: Final = "Cadenza-Signature"
MOST_TRIES: Final = 11
"""The pauses between them double from ten seconds: the last try is almost three hours after the first."""

LASTING: Final = timedelta(days=1)
"""Who takes nothing for so long is switched off."""

_LARGEST_ANSWER: Final = 2000
_KEEPERS: Final = frozenset({"owner", "admin"})
_TITLE: Final = Text("A webhook was switched off", "Un webhook a été désactivé", "Вебхук выключен")
_BODY: Final = Text(
    "“{name}” has taken nothing for a day. Its deliveries can be replayed under Settings → Webhooks.",
    "« {name} » n’a rien accepté depuis un jour. Ses envois peuvent être rejoués sous Paramètres → Webhooks.",
    "«{name}» ничего не принимает уже день. Доставки можно повторить в «Настройки → Вебхуки».",
)
_NOTE: Final = text(
    """
    UPDATE webhook_delivery SET state = :state, tries = :tries, status = :status, answer = :answer,
        milliseconds = :milliseconds, tried_at = now()
    WHERE id = :id RETURNING webhook_id
    """
)


class Call(NamedTuple):
    """A delivery that is ready to leave; `secrets` sign it."""

    delivery: int
    url: str
    event: str
    body: str
    secrets: Sequence[str]
    headers: Mapping[str, str] = {}


class Answered(NamedTuple):
    """What came of one try; `status` None: no answer came, and `text` says why."""

    status: int | None
    text: str
    milliseconds: int

    @property
    def taken(self) -> bool:
        """Tell whether the other side took it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """Tell whether the other side wants to be told nothing any more."""
        return self.status == 410


def compose(session: Session, claimed: Sequence[Outbox]) -> Mapping[int, Call]:
    """Return what is to be sent, by the id in the outbox; what is for nobody any more is left out.

    What a delivery says is written once, with what the contact's data says by then: each try says the same.
    """
    wanted = {each.payload["delivery"]: each.id for each in claimed}
    rows = session.execute(
        select(WebhookDelivery, Webhook)
        .join(Webhook, Webhook.id == WebhookDelivery.webhook_id)
        .where(WebhookDelivery.id.in_(wanted), Webhook.enabled)
    ).all()
    people = {each.id: each for each in contacts.fetch([row.contact_id for row, _ in rows if row.contact_id])}
    calls: dict[int, Call] = {}
    for delivery, webhook in rows:
        contact = people.get(delivery.contact_id or 0)
        delivery.body = delivery.body or (
            brevo.body(session, delivery, webhook, contact) if webhook.brevo else _body(delivery, contact)
        )
        if not delivery.body:
            delivery.state = TellingState.DROPPED
            continue
        calls[wanted[delivery.id]] = call_of(webhook, delivery, delivery.body)
    return calls


def call_of(webhook: Webhook, delivery: WebhookDelivery, body: str) -> Call:
    """Return the delivery as it leaves, with everything that signs it."""
    texts = [secrets.decrypt(each) for each in _signers(webhook)]
    return Call(delivery.id, webhook.url, delivery.event, body, texts, brevo.headers(webhook))


def send(call: Call) -> Answered:
    """Send it once; touches no database, so that it may run in a thread."""
    moment = int(time.time())
    headers = {
        **call.headers,
        "Content-Type": "application/json",
        "Idempotency-Key": f"hook:{call.delivery}",
        "Cadenza-Event": call.event,
        SIGNATURE: signature(call.body, moment, call.secrets),
    }
    began = time.monotonic()
    try:
        answer = http.request("POST", call.url, headers, call.body.encode(), largest=_LARGEST_ANSWER, cut=True)
    except NotReached as error:
        return Answered(None, str(error), _since(began))
    said = answer.body.decode(errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return Answered(answer.status, said, _since(began))


def signature(body: str, moment: int, signers: Sequence[str]) -> str:
    """Return `t=…,v1=…`: the time, and for each secret the HMAC-SHA256 of time, a dot and the body, in hex."""
    signed = f"{moment}.{body}".encode()
    marks = [hmac.new(each.encode(), signed, hashlib.sha256).hexdigest() for each in signers]
    return ",".join([f"t={moment}", *(f"v1={each}" for each in marks)])


def note(session: Session, delivery: Outbox, answered: Answered | None, *, given_up: bool) -> None:
    """Write a try into the log; who wants no more is forgotten, and who takes nothing for long is switched off."""
    if answered is None:
        return
    state = TellingState.SENT if answered.taken else TellingState.FAILED if given_up else TellingState.PENDING
    written = {"status": answered.status, "answer": answered.text, "milliseconds": answered.milliseconds}
    known = {"id": delivery.payload["delivery"], "state": state, "tries": delivery.tries, **written}
    webhook_id = session.scalar(_NOTE, known)
    # Whatever tells of something new holds the webhook's key until it commits: nobody waits for that.
    locked: Any = {"key_share": True}
    webhook = session.get(Webhook, webhook_id, with_for_update=locked, populate_existing=True) if webhook_id else None
    if webhook is None:
        return
    if answered.gone:
        keeping.delete(webhook.id)
    elif answered.taken:
        webhook.failing_since = None
    else:
        webhook.failing_since = webhook.failing_since or datetime.now(UTC)
        if given_up and webhook.failing_since < datetime.now(UTC) - LASTING:
            _switch_off(session, webhook, answered)


def _switch_off(session: Session, webhook: Webhook, answered: Answered) -> None:
    webhook.enabled = False
    webhook.disabled_because = f"It answered {answered.status}." if answered.status else answered.text
    session.flush()
    keeping.drop(session, webhook.id)
    db.after_commit(announcing.forget)
    for user in _keepers():
        title, body = _TITLE.say(user.language), _BODY.format(name=webhook.name).say(user.language)
        session.execute(insert(Notification).values(user_id=user.id, title=title, body=body))
        live.publish(live.user_channel(user.id), "notification")


def _keepers() -> Sequence[User]:
    return [each for each in load_catalog().users.values() if each.active and each.roles & _KEEPERS]


def _body(delivery: WebhookDelivery, contact: ContactView | None) -> str:
    said: dict[str, Any] = {
        "id": f"hook:{delivery.id}",
        "event": delivery.event,
        "at": delivery.at,
        "data": {**delivery.data, **({"contact": shown(contact)} if contact else {}), **_deal(delivery)},
    }
    return orjson.dumps(said, option=orjson.OPT_UTC_Z).decode()


def shown(contact: ContactView) -> dict[str, Any]:
    """Return a contact as webhooks are told of it."""
    names = ("id", "email", "ext_id", "phone", "time_zone", "email_blacklisted", "sms_blacklisted", "created_at")
    return {
        **{name: getattr(contact, name) for name in names},
        "owner": contact.owner and contact.owner.name,
        "company": contact.company and contact.company.name,
        "tags": contact.tags,
        "attributes": dict(contact.attributes),
    }


def _deal(delivery: WebhookDelivery) -> dict[str, Any]:
    if "deal" not in delivery.data:
        return {}
    try:
        deal = deals.get(delivery.data["deal"])
    except NotFound:
        return {}
    names = ("id", "name", "amount", "currency", "status", "created_at")
    told = {name: getattr(deal, name) for name in names}
    return {"deal": {**told, "pipeline": deal.pipeline.name, "stage": deal.stage.name}}


def _signers(webhook: Webhook) -> list[str]:
    overlap = webhook.old_until is not None and webhook.old_until > datetime.now(UTC)
    return [webhook.secret, *([webhook.old_secret] if overlap and webhook.old_secret else [])]


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
