"""Webhooks: who is told what happens here, the log of what they were told, and samples for who sets one up."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of, page_of
from app.api.schemas.webhooks import (
    DeliveryArguments,
    NewWebhook,
    ReplayedDeliveries,
    SampleArguments,
    SignedWebhook,
    Webhook,
    WebhookChange,
    WebhookDelivery,
    WebhookSample,
)
from app.permissions import requires
from app.services.paging import Page, Paging
from app.services.webhooks import deliveries, keeping, testing
from app.services.webhooks.deliveries import DeliveryView
from app.services.webhooks.keeping import Made, WebhookView

blueprint = Blueprint("webhooks", __name__, url_prefix="/api/webhooks", description="Who is told what happens here.")


@blueprint.get("")
@requires("webhooks.manage")
@blueprint.response(200, all_of(Webhook))
def every() -> dict[str, Any]:
    """List all webhooks, the newest first."""
    return {"items": keeping.every()}


@blueprint.post("")
@requires("webhooks.manage")
@blueprint.arguments(NewWebhook)
@blueprint.response(201, SignedWebhook)
def subscribe(new: dict[str, Any]) -> dict[str, Any]:
    """Have an address told of events; the secret that signs them is in this answer only."""
    return _signed(keeping.create(new))


@blueprint.get("/sample")
@requires("webhooks.manage")
@blueprint.arguments(SampleArguments, location="query")
@blueprint.response(200, WebhookSample)
def sample(wanted: dict[str, str]) -> dict[str, Any]:
    """Show what a webhook would be told of an event, made up."""
    return deliveries.sample(wanted["event"])


@blueprint.get("/<id:id>")
@requires("webhooks.manage")
@blueprint.response(200, Webhook)
def read(id: int) -> WebhookView:
    """Read one webhook."""
    return keeping.get(id)


@blueprint.patch("/<id:id>")
@requires("webhooks.manage")
@blueprint.arguments(WebhookChange)
@blueprint.response(200, Webhook)
def change(given: dict[str, Any], id: int) -> WebhookView:
    """Change a webhook; switched off, it forgets what it was still to be told."""
    return keeping.change(id, given)


@blueprint.delete("/<id:id>")
@requires("webhooks.manage")
@blueprint.response(204)
def unsubscribe(id: int) -> None:
    """Tell an address nothing more."""
    keeping.delete(id)


@blueprint.post("/<id:id>/rotate")
@requires("webhooks.manage")
@blueprint.response(200, SignedWebhook)
def rotate(id: int) -> dict[str, Any]:
    """Give a webhook another secret, which is in this answer only; the old one signs, too, for a day."""
    return _signed(keeping.rotate(id))


@blueprint.post("/<id:id>/test")
@requires("webhooks.manage")
@blueprint.response(200, WebhookDelivery)
def test(id: int) -> DeliveryView:
    """Tell it a sample of its first event now, signed and marked `"test": true`; the answer is in this answer."""
    return testing.test(id)


@blueprint.get("/<id:id>/deliveries")
@requires("webhooks.manage")
@blueprint.arguments(DeliveryArguments, location="query")
@blueprint.response(200, page_of(WebhookDelivery))
def log(wanted: dict[str, Any], id: int) -> Page[DeliveryView]:
    """List what a webhook was told, the newest first; all, or what was given up."""
    return deliveries.some(id, Paging(wanted["cursor"], wanted["limit"]), failed=wanted["failed"])


@blueprint.post("/<id:id>/deliveries/<id:delivery>/replay")
@requires("webhooks.manage")
@blueprint.response(204)
def replay(id: int, delivery: int) -> None:
    """Tell it once more, word for word."""
    deliveries.replay(id, delivery)


@blueprint.post("/<id:id>/deliveries/replay")
@requires("webhooks.manage")
@blueprint.response(200, ReplayedDeliveries)
def replay_failed(id: int) -> dict[str, int]:
    """Tell once more all that was given up, the oldest first."""
    return {"replayed": deliveries.replay_failed(id)}


def _signed(made: Made) -> dict[str, Any]:
    return {**made.webhook._asdict(), "secret": made.secret}
