"""Forms of steps that other tools call."""

from marshmallow import fields, validate

from app.api.schemas.base import Form, Named, Utc
from app.models import CallResult
from nodes.fields import PayloadMapping
from nodes.texts import Text


class HookAddress(Form):
    """Where a step is called."""

    step = fields.String(required=True)
    url = fields.String(required=True, metadata={"description": "POST JSON or a form here; whoever knows it may"})
    since = Utc(required=True)


class HookProblem(Form):
    """Why a call was refused; `field` is a path in what was sent."""

    field = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    message = fields.String(required=True)
    remedy = fields.String(required=True)


class HookValue(Form):
    """A value that was sent, in short, and the path to it."""

    path = fields.String(required=True)
    value = fields.String(required=True)


class HookCall(Form):
    """A call, and what became of it."""

    id = fields.Integer(required=True)
    at = Utc(required=True)
    result = fields.String(required=True, validate=validate.OneOf(list(CallResult)))
    problem = fields.Nested(HookProblem, required=True, allow_none=True)
    contact = fields.Nested(Named, required=True, allow_none=True)
    values = fields.List(fields.Nested(HookValue), required=True)


class HookCalls(Form):
    """The last calls, the newest first, and how many refused ones wait to be replayed."""

    items = fields.List(fields.Nested(HookCall), required=True)
    refused = fields.Integer(required=True)


class ReplayedCalls(Form):
    """How many calls were taken this time, how many were refused again, and how many were not come to."""

    accepted = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    left = fields.Integer(required=True)


class HookExample(Form):
    """What another tool will send."""

    payload = fields.Dict(
        keys=fields.String(),
        values=fields.Raw(allow_none=True),
        required=True,
        metadata={"description": "Any JSON object"},
    )


class HookMapping(Form):
    """What stands where, as in the step's configuration."""

    mapping = PayloadMapping(Text("What stands where", "Où se trouve quoi", "Что где стоит"))


class HookSaid(Form):
    """A value in short, and what it is: a kind of identifier, or the name of an attribute."""

    name = fields.String(required=True)
    value = fields.String(required=True)


class HookPreview(Form):
    """What would come of a call: why it would be refused, or whose it is (null: somebody new) and what is written."""

    problem = fields.Nested(HookProblem, required=True, allow_none=True)
    contact = fields.Nested(Named, required=True, allow_none=True)
    identifiers = fields.List(fields.Nested(HookSaid), required=True)
    attributes = fields.List(fields.Nested(HookSaid), required=True)
    message_id = fields.String(required=True, allow_none=True)
