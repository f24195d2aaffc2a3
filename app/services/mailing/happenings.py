"""Telling the contact's history and the automations what happened to a message."""

from datetime import UTC, datetime
from typing import Final

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.adapters.doorbell import ring
from app.adapters.events import NewEvent, type_ids, write_events
from app.models import Campaign, Message, Template, TemplateVersion

REQUESTED: Final = "email_requested"
SENT: Final = "email_sent"
"""Told to webhooks that ask for it; no contact's history holds these two: each message does."""
OPENED: Final = "email_opened"
CLICKED: Final = "email_clicked"
BOUNCED: Final = "email_bounced"
UNSUBSCRIBED: Final = "email_unsubscribed"
COMPLAINED: Final = "email_complained"
REPLIED: Final = "email_replied"
PUSH_CLICKED: Final = "web_push_clicked"
PUSH_DISMISSED: Final = "web_push_dismissed"
SMS_DELIVERED: Final = "sms_delivered"
SMS_FAILED: Final = "sms_failed"
SMS_RECEIVED: Final = "sms_received"
MESSAGE_EVENTS: Final = frozenset(
    {
        *(OPENED, CLICKED, BOUNCED, UNSUBSCRIBED, COMPLAINED, REPLIED),
        *(PUSH_CLICKED, PUSH_DISMISSED),
        *(SMS_DELIVERED, SMS_FAILED, SMS_RECEIVED),
    }
)
"""What only comes of our own messages: no page can say it."""


def record(session: Session, message: Message, event: str, link: str | None = None, **more: str) -> None:
    """Record an event of the message's contact, and wake the workers once it is durable. `more`: what else it says."""
    said = orjson.dumps({**about(session, message), **({"link": link} if link else {}), **more})
    types = type_ids(session, {event})
    written = write_events(session, [NewEvent(message.contact_id, types[event], datetime.now(UTC), said)])
    db.after_commit(lambda: ring(written.parts))


def about(session: Session, message: Message) -> dict[str, object]:
    """Return what each event says of its message."""
    name = select(Template.name).join(TemplateVersion, TemplateVersion.template_id == Template.id)
    properties = {
        "message": message.id,
        "message_kind": message.kind,
        "template": session.scalar(name.where(TemplateVersion.id == message.version_id)),
        "subject": message.subject,
        "automation": message.automation_id,
        "campaign": _campaign(session, message),
        "campaign_id": message.campaign_id,
    }
    return {key: value for key, value in properties.items() if value is not None}


def _campaign(session: Session, message: Message) -> str | None:
    named = select(Campaign.name).where(Campaign.id == message.campaign_id)
    return None if message.campaign_id is None else session.scalar(named)
