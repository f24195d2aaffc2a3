"""Forms of webhooks: addresses that are told what happens here."""

from marshmallow import fields, validate

from app.api.schemas.base import Form, Line, PageArguments, Utc
from app.models import TellingState
from app.services.webhooks.keeping import EVENTS, MOST_EVENTS
from workflows.strict import BoundedList, Flag

_EVENTS = f"Of {', '.join(EVENTS)}, or `event.` and the name of an event, like event.form_submitted"


class NewWebhook(Form):
    """A webhook; without a name it is called by its host."""

    name = Line(load_default="", allow_empty=True)
    url = Line(required=True, longest=2000)
    events = BoundedList(
        Line(longest=300), required=True, validate=validate.Length(1, MOST_EVENTS), metadata={"description": _EVENTS}
    )


class WebhookChange(Form):
    """What may change of a webhook."""

    name = Line()
    url = Line(longest=2000)
    events = BoundedList(Line(longest=300), validate=validate.Length(1, MOST_EVENTS))
    enabled = Flag()


class Webhook(Form):
    """A webhook. `failing_since`: nothing was taken since; `disabled_because`: it was switched off by itself."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    url = fields.String(required=True)
    events = fields.List(fields.String(), required=True)
    enabled = fields.Boolean(required=True)
    disabled_because = fields.String(required=True, allow_none=True)
    failing_since = Utc(required=True, allow_none=True)
    created_at = Utc(required=True)


class SignedWebhook(Webhook):
    """A webhook with its new secret, which is in this answer only."""

    secret = fields.String(required=True)


class DeliveryArguments(PageArguments):
    """Which deliveries are wanted."""

    failed = fields.Boolean(load_default=False)


class WebhookDelivery(Form):
    """What a webhook was told, and what it answered the last time; `body` is null before it first left."""

    id = fields.Integer(required=True)
    event = fields.String(required=True)
    at = Utc(required=True)
    state = fields.String(required=True, validate=validate.OneOf(list(TellingState)))
    tries = fields.Integer(required=True)
    body = fields.String(required=True, allow_none=True)
    status = fields.Integer(required=True, allow_none=True)
    answer = fields.String(required=True, allow_none=True)
    milliseconds = fields.Integer(required=True, allow_none=True)
    tried_at = Utc(required=True, allow_none=True)


class ReplayedDeliveries(Form):
    """How many deliveries are on their way once more."""

    replayed = fields.Integer(required=True)


class SampleArguments(Form):
    """Of which event a sample is wanted."""

    event = Line(required=True, longest=300)


class WebhookSample(Form):
    """What a webhook would be told, made up."""

    id = fields.String(required=True)
    event = fields.String(required=True)
    at = fields.String(required=True)
    data = fields.Dict(keys=fields.String(), required=True)
