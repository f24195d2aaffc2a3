"""Forms of who is there."""

import time

from marshmallow import fields, validate

from app.api.schemas.base import Form, Named

_TAB = validate.Regexp(r"\A[A-Za-z0-9-]{1,64}\Z")


def _now() -> int:
    return time.time_ns() // 1_000


class Sign(Form):
    """What a tab says of itself, by a name it made up.

    It counts its signs: of two the greater was given later. Whoever does not count is heard in the order of arrival.
    """

    tab = fields.String(required=True, validate=_TAB)
    sign = fields.Integer(load_default=_now, validate=validate.Range(1, 2**53 - 1))


class Coming(Sign):
    """A tab that is there, and the step whose settings are open in it."""

    node = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 64))


class Leaving(Sign):
    """A tab that closes."""


class Visitor(Form):
    """One tab of a person who is there."""

    tab = fields.String(required=True)
    user = fields.Nested(Named, required=True)
    node = fields.String(required=True, allow_none=True)
