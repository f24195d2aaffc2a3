"""Forms of who is there."""

from marshmallow import fields, validate

from app.api.schemas.base import Form, Named

_TAB = validate.Regexp(r"\A[A-Za-z0-9-]{1,64}\Z")


class Coming(Form):
    """A tab, by a name it made up, and the step whose settings are open in it."""

    tab = fields.String(required=True, validate=_TAB)
    node = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 64))


class Leaving(Form):
    """A tab that closes."""

    tab = fields.String(required=True, validate=_TAB)


class Visitor(Form):
    """One tab of a person who is there."""

    tab = fields.String(required=True)
    user = fields.Nested(Named, required=True)
    node = fields.String(required=True, allow_none=True)
