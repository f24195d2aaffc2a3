"""The webhooks: addresses that are told of events, each with the secret that signs what it is told."""

import re
import secrets as random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import delete as delete_from
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app import db
from app.adapters import announcing, secrets
from app.errors import Conflict, Invalid, NotFound
from app.models import Webhook
from app.services import audit, values

EVENTS: Final = (
    "contact.created",
    "contact.updated",
    "contact.unsubscribed",
    "contact.deleted",
    "deal.created",
    "deal.stage_changed",
    "deal.won",
    "deal.lost",
    "run.entered",
    "run.finished",
    "run.failed",
)
"""What webhooks may be told of, besides `event.` and the name of any event of a contact's history."""

MOST_WEBHOOKS: Final = 100
MOST_EVENTS: Final = 100
OVERLAP: Final = timedelta(days=1)
"""So long a secret that was replaced goes on to sign, beside the new one."""

_RECORDED = re.compile(r"event\.[A-Za-z0-9_-]{1,255}", re.ASCII)
_SECRET_BYTES: Final = 32
_DROP: Final = text(
    """
    WITH dropped AS (
        UPDATE webhook_delivery SET state = 'dropped' WHERE webhook_id = :webhook AND state = 'pending' RETURNING id
    )
    DELETE FROM outbox o USING dropped d WHERE o.key = 'hook:' || d.id AND o.state = 'pending' AND NOT o.sending
    """
)


class WebhookView(NamedTuple):
    """A webhook. `failing_since`: nothing was taken since; `disabled_because`: it was switched off by itself."""

    id: int
    name: str
    url: str
    events: Sequence[str]
    enabled: bool
    disabled_because: str | None
    failing_since: datetime | None
    created_at: datetime


class Made(NamedTuple):
    """A webhook, and its secret, which nobody can read again."""

    webhook: WebhookView
    secret: str


def every() -> Sequence[WebhookView]:
    """Return all webhooks, the newest first."""
    with db.transaction() as session:
        return [_view(each) for each in session.scalars(select(Webhook).order_by(Webhook.id.desc()))]


def get(webhook_id: int) -> WebhookView:
    """Return one webhook. Raises NotFound."""
    with db.transaction() as session:
        return _view(find(session, webhook_id, lock=False))


def create(given: Mapping[str, Any]) -> Made:
    """Make a webhook of `url`, `events` and perhaps a `name`. Raises Invalid, and Conflict where there are too many."""
    secret = _new_secret()
    with db.transaction() as session:
        if (session.scalar(select(func.count()).select_from(Webhook)) or 0) >= MOST_WEBHOOKS:
            raise Conflict(f"There are {MOST_WEBHOOKS} webhooks already. Delete one that nobody needs.")
        webhook = Webhook(**_checked(given), secret=secrets.encrypt(secret))
        webhook.name = webhook.name or urlsplit(webhook.url).netloc
        session.add(webhook)
        session.flush()
        session.refresh(webhook)
        audit.record("created", "webhook", webhook.id)
        db.after_commit(announcing.forget)
        return Made(_view(webhook), secret)


def change(webhook_id: int, given: Mapping[str, Any]) -> WebhookView:
    """Change what is given; switched off, it forgets what it was still to be told. Raises NotFound, Invalid."""
    with db.transaction() as session:
        webhook = find(session, webhook_id)
        for name, value in _checked(given).items():
            setattr(webhook, name, value)
        if given.get("enabled"):
            webhook.disabled_because = webhook.failing_since = None
        session.flush()
        if not webhook.enabled:
            drop(session, webhook_id)
        audit.record("updated", "webhook", webhook_id)
        db.after_commit(announcing.forget)
        return _view(webhook)


def rotate(webhook_id: int) -> Made:
    """Give a webhook another secret; both sign for a day. Raises NotFound."""
    secret = _new_secret()
    with db.transaction() as session:
        webhook = find(session, webhook_id)
        webhook.old_secret, webhook.old_until = webhook.secret, datetime.now(UTC) + OVERLAP
        webhook.secret = secrets.encrypt(secret)
        audit.record("webhook.secret_rotated", "webhook", webhook_id)
        return Made(_view(webhook), secret)


def delete(webhook_id: int) -> None:
    """Tell a webhook nothing more, and forget its log. Raises NotFound."""
    with db.transaction() as session:
        drop(session, webhook_id)
        if session.scalar(delete_from(Webhook).where(Webhook.id == webhook_id).returning(Webhook.id)) is None:
            raise NotFound.thing("webhook", webhook_id)
        audit.record("deleted", "webhook", webhook_id)
        db.after_commit(announcing.forget)


def find(session: Session, webhook_id: int, *, lock: bool = True) -> Webhook:
    """Return a webhook, locked against other changes but not against deliveries to come. Raises NotFound."""
    locked: Any = {"key_share": True} if lock else None
    webhook = session.get(Webhook, webhook_id, with_for_update=locked, populate_existing=True)
    if webhook is None:
        raise NotFound.thing("webhook", webhook_id)
    return webhook


def drop(session: Session, webhook_id: int) -> None:
    """Forget what a webhook was still to be told."""
    session.execute(_DROP, {"webhook": webhook_id})


def _checked(given: Mapping[str, Any]) -> dict[str, Any]:
    checked: dict[str, Any] = dict(given)
    if "url" in given:
        parts = urlsplit(values.storable("url", given["url"], 2000))
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise Invalid.field("url", "bad_url", "This is no address that can be called.", "Begin with https://.")
    if "events" in given:
        checked["events"] = list(dict.fromkeys(given["events"]))
        demand_events(checked["events"])
    return checked


def demand_events(events: Sequence[str]) -> None:
    """Demand that webhooks may be told of these. Raises Invalid."""
    for index, event in enumerate(events):
        if event not in EVENTS and not _RECORDED.fullmatch(event):
            message = f"“{values.shortened(event)}” is nothing that webhooks are told of."
            remedy = f"Use {', '.join(EVENTS)}, or event. and the name of an event."
            raise Invalid.field(f"events.{index}", "unknown_event", message, remedy)


def _new_secret() -> str:
    return f"whsec_{random.token_urlsafe(_SECRET_BYTES)}"


def _view(webhook: Webhook) -> WebhookView:
    return WebhookView(*(getattr(webhook, name) for name in WebhookView._fields))
