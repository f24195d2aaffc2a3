"""Forms of the rates of senders and domains."""

from typing import get_args

from marshmallow import fields, validate

from app.adapters.mail_rates import Of, Per
from app.api.schemas.base import Form, Line
from workflows.strict import BoundedList

_MOST_RATES = 200


class MailRate(Form):
    """At most so many mails of a sender (an address) or to a domain; `*`: each that has no rate of its own."""

    of = fields.String(required=True, validate=validate.OneOf(get_args(Of)))
    name = Line(required=True)
    most = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_000_000))
    per = fields.String(required=True, validate=validate.OneOf(get_args(Per)))


class MailRates(Form):
    """All rates."""

    items = BoundedList(fields.Nested(MailRate), required=True, validate=validate.Length(max=_MOST_RATES))
