"""Trying a webhook: one real, signed delivery of made-up data, at once and once, kept in the log like any other."""

import orjson

from app import db
from app.models import TellingState, WebhookDelivery
from app.services import audit
from app.services.webhooks import deliveries, keeping, sending
from app.services.webhooks.deliveries import DeliveryView


def test(webhook_id: int) -> DeliveryView:
    """Tell a webhook a sample of the first event it listens to, marked with `test`, and return what it answered.

    It is not tried again, and no answer ends the subscription. Raises NotFound.
    """
    with db.transaction() as session:
        webhook = keeping.find(session, webhook_id, lock=False)
        event = webhook.events[0]
        # Whoever dies while the other side thinks leaves a test behind that was not taken.
        delivery = WebhookDelivery(
            webhook_id=webhook_id, event=event, data=deliveries.TEST, state=TellingState.FAILED, tries=1
        )
        session.add(delivery)
        session.flush()
        body = orjson.dumps({**deliveries.sample(event), "id": f"hook:{delivery.id}", **deliveries.TEST}).decode()
        delivery.body = body
        call = sending.call_of(webhook, delivery, body)
        audit.record("webhook.tested", "webhook", webhook_id)
    answered = sending.send(call)
    with db.transaction() as session:
        return deliveries.settle(session, call.delivery, answered)
