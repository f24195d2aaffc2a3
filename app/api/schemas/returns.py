"""Forms of mail that came back."""

from marshmallow import fields, validate

from app.adapters.returned import ReturnKind
from app.api.schemas.base import Form, Line


class ReturnServer(Form):
    """Where mail that comes back is taken from.

    `address`: where it comes back to, each message with an own one behind a `+`; empty: to its sender. `host`: of the
    mailbox that is read by IMAP over TLS, empty: none. After `soft_limit` returns within `soft_days` an address takes
    no more mail. `fault`: why the mailbox could not be read.
    """

    address = fields.String(required=True)
    host = fields.String(required=True)
    port = fields.Integer(required=True)
    username = fields.String(required=True)
    has_password = fields.Boolean(required=True)
    folder = fields.String(required=True)
    soft_limit = fields.Integer(required=True)
    soft_days = fields.Integer(required=True)
    fault = fields.String(required=True, allow_none=True)


class ReturnServerChange(Form):
    """What is to be used. Without `password` the stored one stays, unless host, port or username change."""

    address = Line(load_default="", allow_empty=True)
    host = Line(load_default="", allow_empty=True)
    port = fields.Integer(load_default=993, strict=True, validate=validate.Range(1, 65535))
    username = Line(load_default="", allow_empty=True)
    password = fields.String(load_only=True, validate=validate.Length(max=1000), metadata={"format": "password"})
    folder = Line(load_default="INBOX")
    soft_limit = fields.Integer(load_default=3, strict=True, validate=validate.Range(1, 100))
    soft_days = fields.Integer(load_default=30, strict=True, validate=validate.Range(1, 365))


class TakenReturn(Form):
    """What was made of it: its kind and the message it is about; null: it says nothing to us."""

    kind = fields.String(required=True, allow_none=True, validate=validate.OneOf(list(ReturnKind)))
    message = fields.Integer(required=True, allow_none=True)
