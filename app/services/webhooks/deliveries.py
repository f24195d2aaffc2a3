"""The log of deliveries: what each webhook was told, what it answered, and telling it once more. Kept for a month."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, delete, func, select, text, true
from sqlalchemy.orm import Session

from app import db
from app.adapters.announcing import RECORDED
from app.adapters.doorbell import ring_sender
from app.errors import Conflict, NotFound
from app.models import TellingState, WebhookDelivery
from app.services import audit
from app.services.paging import Order, Page, Paging, page
from app.services.webhooks import keeping
from app.services.webhooks.sending import Answered

KEPT_FOR: Final = timedelta(days=30)
MOST_REPLAYED: Final = 10_000
TEST: Final[Mapping[str, Any]] = {"test": True}
"""What a test says instead of news."""

_AGAIN: Final = text(
    """
    INSERT INTO outbox (key, kind, payload, contact_id)
    SELECT 'hook:' || id, 'hook', jsonb_build_object('delivery', id), contact_id
    FROM webhook_delivery WHERE id = ANY(CAST(:ids AS bigint[])) ORDER BY id
    ON CONFLICT (key) DO UPDATE SET state = 'pending', tries = 0, due_at = now(), error = NULL, settled_at = NULL
    """
)
_SAMPLE_CONTACT: Final[Mapping[str, Any]] = {
    "id": 42,
    "email": "maria@example.com",
    "ext_id": "u1",
    "phone": "+33612345678",
    "time_zone": "Europe/Paris",
    "email_blacklisted": False,
    "sms_blacklisted": False,
    "created_at": "2026-11-20T10:00:00Z",
    "owner": "Anna Rossi",
    "company": "Acme",
    "tags": ["vip"],
    "attributes": {"FIRSTNAME": "Maria", "LASTNAME": "Rossi", "COUNTRY": "France"},
}
_SAMPLE_DEAL: Final[Mapping[str, Any]] = {
    "id": 7,
    "name": "Acme: 50 seats",
    "amount": 4800.0,
    "currency": "EUR",
    "status": "open",
    "created_at": "2026-11-20T10:00:00Z",
    "pipeline": "Sales",
    "stage": "Proposal",
}
_SAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "contact.updated": {"changed": ["COUNTRY"]},
    "contact.deleted": {"contact": {"id": 42}},
    "run.entered": {"run": 1001, "automation": 3},
    "run.finished": {"run": 1001, "automation": 3, "reason": "end"},
    "run.failed": {"run": 1001, "automation": 3, "step": "call", "reason": "The webhook did not accept it."},
}


class DeliveryView(NamedTuple):
    """A delivery: `body` is what was sent, None before it first left; `answer` what came back, in short."""

    id: int
    event: str
    at: datetime
    state: str
    tries: int
    body: str | None
    status: int | None
    answer: str | None
    milliseconds: int | None
    tried_at: datetime | None


def some(webhook_id: int, paging: Paging, *, failed: bool = False) -> Page[DeliveryView]:
    """Return deliveries of a webhook, the newest first; all, or those that were given up. Raises NotFound."""
    keeping.get(webhook_id)
    columns = (getattr(WebhookDelivery, name) for name in DeliveryView._fields)
    statement = select(*columns).where(WebhookDelivery.webhook_id == webhook_id, _failed() if failed else true())
    with db.transaction() as session:
        found = page(session, statement, [Order(WebhookDelivery.id, descending=True)], paging)
        return Page([DeliveryView(*row) for row in found.items], found.next_cursor)


def replay(webhook_id: int, delivery_id: int) -> None:
    """Tell it once more, word for word. Raises NotFound, and Conflict while it is on its way or nobody listens."""
    with db.transaction() as session:
        delivery = session.get(WebhookDelivery, delivery_id, with_for_update=True, populate_existing=True)
        if delivery is None or delivery.webhook_id != webhook_id:
            raise NotFound.thing("delivery", delivery_id)
        if delivery.state == TellingState.PENDING:
            raise Conflict("This delivery is on its way already.")
        _again(session, webhook_id, [delivery_id])


def replay_failed(webhook_id: int) -> int:
    """Tell once more all news that was not taken, the oldest first; returns how much. Raises as `replay` does."""
    real = WebhookDelivery.data != TEST
    mine = select(WebhookDelivery.id).where(WebhookDelivery.webhook_id == webhook_id, _failed(), real)
    with db.transaction() as session:
        ids = session.scalars(mine.order_by(WebhookDelivery.id).limit(MOST_REPLAYED).with_for_update()).all()
        _again(session, webhook_id, ids)
    return len(ids)


def settle(session: Session, delivery_id: int, answered: Answered) -> DeliveryView:
    """Write down what became of a delivery that was tried once and no more. Raises NotFound if it is gone."""
    delivery = session.get(WebhookDelivery, delivery_id)
    if delivery is None:
        raise NotFound.thing("delivery", delivery_id)
    delivery.state = TellingState.SENT if answered.taken else TellingState.FAILED
    delivery.status, delivery.answer, delivery.milliseconds = answered.status, answered.text, answered.milliseconds
    delivery.tried_at = datetime.now(UTC)
    session.flush()
    return DeliveryView(*(getattr(delivery, name) for name in DeliveryView._fields))


def sample(event: str) -> dict[str, Any]:
    """Return what a webhook would be told of an event, made up. Raises Invalid for what nobody is told of."""
    keeping.demand_events([event])
    data = dict(_SAMPLES.get(event, {}))
    if event.startswith("deal."):
        data["deal"] = _SAMPLE_DEAL
    if event.startswith(RECORDED):
        data["properties"] = {"page": "https://shop.example.com/pricing"}
    at = datetime(2026, 11, 22, 10, tzinfo=UTC)
    return {"id": "hook:1", "event": event, "at": at.isoformat(), "data": {"contact": _SAMPLE_CONTACT, **data}}


def forget_old() -> None:
    """Delete what was kept long enough."""
    with db.transaction() as session:
        session.execute(delete(WebhookDelivery).where(WebhookDelivery.at < func.now() - KEPT_FOR))


def _again(session: Session, webhook_id: int, ids: Sequence[int]) -> None:
    if not keeping.get(webhook_id).enabled:
        raise Conflict("This webhook is switched off. Switch it on first.")
    anew = text("UPDATE webhook_delivery SET state = 'pending', tries = 0 WHERE id = ANY(CAST(:ids AS bigint[]))")
    session.execute(anew, {"ids": list(ids)})
    session.execute(_AGAIN, {"ids": list(ids)})
    audit.record("webhook.replayed", "webhook", webhook_id, {"deliveries": len(ids)})
    db.after_commit(ring_sender)


def _failed() -> ColumnElement[bool]:
    return WebhookDelivery.state == TellingState.FAILED
