"""Webhooks that clients of Brevo's made: what they are told, in Brevo's words."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import orjson
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.adapters import secrets
from app.adapters.announcing import RECORDED
from app.models import Campaign, Message, MessageKind, Outbox, TemplateVersion, Webhook, WebhookDelivery
from app.services import mail
from app.services.contacts import ContactView
from app.services.mailing import happenings, senders, transactional

_OF_MAIL: Final = {
    "delivered": f"{RECORDED}{happenings.SENT}",
    "opened": f"{RECORDED}{happenings.OPENED}",
    "uniqueOpened": f"{RECORDED}{happenings.OPENED}",
    "click": f"{RECORDED}{happenings.CLICKED}",
    "hardBounce": f"{RECORDED}{happenings.BOUNCED}",
    "softBounce": f"{RECORDED}{happenings.BOUNCED}",
    "spam": f"{RECORDED}{happenings.COMPLAINED}",
    "unsubscribed": f"{RECORDED}{happenings.UNSUBSCRIBED}",
}
TOLD: Final[Mapping[str, Mapping[str, str]]] = {
    "transactional": {"sent": f"{RECORDED}{happenings.REQUESTED}", "request": f"{RECORDED}{happenings.REQUESTED}"}
    | _OF_MAIL,
    "marketing": _OF_MAIL
    | {
        "listAddition": f"{RECORDED}list_added",
        "contactUpdated": "contact.updated",
        "contactDeleted": "contact.deleted",
    },
}
"""What happens here of Brevo's events, by the type of the webhook."""

_WORDS: Final = {
    "sent": "request",
    "uniqueOpened": "unique_opened",
    "hardBounce": "hard_bounce",
    "softBounce": "soft_bounce",
    "contactUpdated": "contact_updated",
    "contactDeleted": "contact_deleted",
}


def body(session: Session, delivery: WebhookDelivery, webhook: Webhook, contact: ContactView | None) -> str:
    """Return what a webhook is told; empty if it did not ask for just that."""
    said: Mapping[str, Any] = webhook.brevo or {}
    properties = delivery.data.get("properties", {})
    message = session.get(Message, properties["message"]) if "message" in properties else None
    event = _event(session, delivery, said, message)
    if not event:
        return ""
    told: dict[str, Any] = {"event": _WORDS.get(event, event), "id": webhook.id, **_times(delivery.at)}
    if message is not None:
        told |= _of_mail(session, message) | _of_event(properties)
    elif contact is not None:
        told["email"] = contact.email or ""
    else:
        told["contact_id"] = delivery.data.get("contact", {}).get("id")
    return orjson.dumps(told).decode()


def headers(webhook: Webhook) -> Mapping[str, str]:
    """Return the headers that a webhook is to be called with."""
    said: Mapping[str, Any] = webhook.brevo or {}
    if not said.get("secrets"):
        return {}
    kept = orjson.loads(secrets.decrypt(said["secrets"]))
    given = {each["key"]: each["value"] for each in kept["headers"]}
    return given | ({"Authorization": f"Bearer {kept['token']}"} if kept["token"] else {})


def _event(session: Session, delivery: WebhookDelivery, said: Mapping[str, Any], message: Message | None) -> str:
    """Return which of the events that were asked for this is; empty for none of them."""
    asked: Sequence[str] = said["events"]
    if message is not None and (message.kind == MessageKind.TRANSACTIONAL) != (said["type"] == "transactional"):
        return ""
    candidates = [each for each in asked if TOLD[said["type"]].get(each) == delivery.event]
    if delivery.event == _OF_MAIL["hardBounce"]:
        bounce = delivery.data["properties"].get("bounce")
        return next((each for each in candidates if each == f"{bounce}Bounce"), "")
    if delivery.event == _OF_MAIL["opened"] and message is not None:
        order = ("opened",) if _told_before(session, delivery) else ("uniqueOpened", "opened")
        return next((each for each in order if each in candidates), "")
    return candidates[0] if candidates else ""


def _told_before(session: Session, delivery: WebhookDelivery) -> bool:
    """Tell whether the webhook was told the same of this message before."""
    same = (
        WebhookDelivery.contact_id == delivery.contact_id,
        WebhookDelivery.webhook_id == delivery.webhook_id,
        WebhookDelivery.event == delivery.event,
        WebhookDelivery.data["properties"]["message"].as_integer() == delivery.data["properties"]["message"],
    )
    return session.scalar(select(exists().where(*same, WebhookDelivery.id < delivery.id))) or False


def _times(at: datetime) -> dict[str, Any]:
    seconds = int(at.timestamp())
    date = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return {"date": date, "ts": seconds, "ts_event": seconds, "ts_epoch": int(at.timestamp() * 1000)}


def _of_mail(session: Session, message: Message) -> dict[str, Any]:
    payload: Mapping[str, Any] = session.scalar(select(Outbox.payload).where(Outbox.key == message.key)) or {}
    version = session.get(TemplateVersion, message.version_id) if message.version_id else None
    campaign = session.get(Campaign, message.campaign_id) if message.campaign_id else None
    number = payload.get("sender")
    address = next((each.email for each in senders.every() if each.id == number), mail.settings()["sender_email"])
    custom = payload.get("beside", {}).get("headers", {}).get("X-Mailin-custom")
    told = {
        "email": message.address,
        "message-id": transactional.written_id(message, address),
        "subject": message.subject,
        "tag": orjson.dumps(message.tags).decode() if message.tags else None,
        "tags": message.tags,
        "template_id": version.template_id if version else None,
        "X-Mailin-custom": custom,
        "camp_id": message.campaign_id,
        "campaign name": campaign.name if campaign else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _of_event(properties: Mapping[str, Any]) -> dict[str, Any]:
    found = {"link": properties.get("link"), "reason": properties.get("bounce")}
    return {name: value for name, value in found.items() if value}
