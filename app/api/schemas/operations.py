"""Forms of running the instance: dead letters."""

from marshmallow import fields

from app.api.schemas.base import Form, Line, Named, PageArguments, Paragraphs, Utc


class DeadLetterArguments(PageArguments):
    """Which dead letters are wanted; `reason` is matched exactly."""

    kind = Line(load_default=None)
    reason = Paragraphs(load_default=None)


class DeadLetter(Form):
    """Something that could not be worked through.

    `kind` is event, enrollment (set aside by the engine at `node` of `automation`), or the kind of a delivery that was
    given up after `tries`. `reason` is the name of the fault, or the last error.
    """

    id = fields.String(required=True)
    kind = fields.String(required=True)
    reason = fields.String(required=True)
    at = Utc(required=True)
    contact = fields.Nested(Named, required=True, allow_none=True)
    automation = fields.Nested(Named, required=True, allow_none=True)
    event = fields.String(required=True, allow_none=True)
    node = fields.String(required=True, allow_none=True)
    tries = fields.Integer(required=True, allow_none=True)


class DeadLetterGroup(Form):
    """Dead letters that are alike."""

    kind = fields.String(required=True)
    reason = fields.String(required=True)
    count = fields.Integer(required=True)
    newest_at = Utc(required=True)


class ReplayWish(Form):
    """Which dead letters to try again: all of a kind, or those of them with a reason."""

    kind = Line(required=True)
    reason = Paragraphs(load_default=None)


class Replayed(Form):
    """What became of them: back at work, no longer needed (so taken off the list), or still not to be tried."""

    replayed = fields.Integer(required=True)
    obsolete = fields.Integer(required=True)
    blocked = fields.Integer(required=True)
