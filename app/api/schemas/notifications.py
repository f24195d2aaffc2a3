"""Forms of alerts."""

from marshmallow import fields

from app.api.schemas.base import Form, Named, PageArguments, Utc, page_of


class Notification(Form):
    """An alert to the signed-in person."""

    id = fields.Integer(required=True)
    title = fields.String(required=True)
    body = fields.String(required=True)
    contact = fields.Nested(Named, required=True, allow_none=True)
    automation = fields.Nested(Named, required=True, allow_none=True)
    comment = fields.Integer(required=True, allow_none=True)
    created_at = Utc(required=True)
    read_at = Utc(required=True, allow_none=True)


class NotificationArguments(PageArguments):
    """Which alerts are wanted."""

    unread = fields.Boolean(load_default=False)


class NotificationPage(page_of(Notification)):  # type: ignore[misc] # a class made at run time
    """Some alerts, and how many are unread in all."""

    unread = fields.Integer(required=True)


class Unread(Form):
    """How many alerts are unread."""

    unread = fields.Integer(required=True)
