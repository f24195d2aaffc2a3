"""Forms of domains that mail is signed for."""

from marshmallow import fields, validate

from app.adapters.signing import Finding
from app.api.schemas.base import Form, Line, Utc


class MailKey(Form):
    """A key of a domain: publish the TXT `record` at `host`. Mail is signed by the one that is `active`.

    `retired`: it signed before that one. `finding`: what a look for the record came upon last.
    """

    selector = fields.String(required=True)
    host = fields.String(required=True)
    record = fields.String(required=True)
    active = fields.Boolean(required=True)
    retired = fields.Boolean(required=True)
    finding = fields.String(required=True, allow_none=True, validate=validate.OneOf(list(Finding)))


class MailDomain(Form):
    """A domain that mail is signed for, with its keys, the newest first: one, or two while keys are changed."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    checked_at = Utc(required=True, allow_none=True)
    keys = fields.List(fields.Nested(MailKey), required=True)


class NewMailDomain(Form):
    """A domain, such as `example.com`."""

    name = Line(required=True)
