"""Forms of text messages."""

from marshmallow import fields, validate

from app.api.schemas.base import Form, Line, Paragraphs
from app.services.sms.settings import LONGEST_SECRET, METHODS, PROVIDERS


class SmsProviderChange(Form):
    """Who takes text messages on. `country`: of numbers that name none, like FR.

    `url`, `method` and `body` are those of a provider of one's own; the address and the body can hold `{{ to }}`,
    `{{ text }}`, `{{ sender }}`, `{{ id }}` and `{{ report_url }}`. `secret`: its headers, one `Name: value` a line, or
    the token of the Twilio `account`; none keeps the stored one.
    """

    provider = fields.String(required=True, validate=validate.OneOf(PROVIDERS))
    sender = Line(allow_empty=True, load_default="")
    country = Line(allow_empty=True, load_default="")
    url = Line(allow_empty=True, load_default="", longest=2000)
    method = fields.String(load_default="POST", validate=validate.OneOf(METHODS))
    body = Paragraphs(load_default="")
    account = Line(allow_empty=True, load_default="")
    secret = Paragraphs(longest=LONGEST_SECRET)


class SmsProvider(Form):
    """Who takes text messages on.

    `replies_url`: where it is to send what contacts answer; `countries`: the codes of those there are.
    """

    provider = fields.String(required=True, validate=validate.OneOf(PROVIDERS))
    sender = fields.String(required=True)
    country = fields.String(required=True)
    url = fields.String(required=True)
    method = fields.String(required=True, validate=validate.OneOf(METHODS))
    body = fields.String(required=True)
    account = fields.String(required=True)
    has_secret = fields.Boolean(required=True)
    replies_url = fields.String(required=True)
    countries = fields.List(fields.String(), required=True)


class SmsTest(Form):
    """A number to send a text message to."""

    to = Line(required=True)
