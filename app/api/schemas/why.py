"""Forms of the answers to “Why?”."""

from marshmallow import fields, validate

from app.api.language import Localised
from app.api.schemas.base import LARGEST_ID, Form, Named, Utc


class WhyArguments(Localised):
    """Which automation is asked about."""

    automation_id = fields.Integer(required=True, validate=validate.Range(1, LARGEST_ID))


class JudgedPart(Form):
    """A part of a condition as it was judged; `holds` null: it was not looked at."""

    text = fields.String(required=True)
    actual = fields.String(required=True, allow_none=True)
    holds = fields.Boolean(required=True, allow_none=True)
    parts = fields.List(fields.Nested("JudgedPart"), required=True)


class JudgedBranch(Form):
    """What a step asked for one of its ways, and what was missing for it."""

    way = fields.String(required=True)
    part = fields.Nested(JudgedPart, required=True)
    missing = fields.String(required=True, allow_none=True)


class ReasonedStep(Form):
    """A step of the way, and why it was left as it was."""

    node = fields.String(required=True)
    title = fields.String(required=True)
    at = Utc(required=True)
    port = fields.String(required=True)
    way = fields.String(required=True, allow_none=True)
    because = fields.String(required=True, allow_none=True)
    branches = fields.List(fields.Nested(JudgedBranch), required=True)


class Decision(Form):
    """One decision. `certain` false: facts about the contact are those of today, for it was changed since."""

    kind = fields.String(required=True, validate=validate.OneOf(["run", "refused", "filtered", "waiting"]))
    at = Utc(required=True)
    sentence = fields.String(required=True)
    version = fields.Integer(required=True, allow_none=True)
    state = fields.String(required=True, allow_none=True)
    times = fields.Integer(required=True)
    steps = fields.List(fields.Nested(ReasonedStep), required=True)
    filters = fields.List(fields.Nested(JudgedPart), required=True)
    missing = fields.String(required=True, allow_none=True)
    certain = fields.Boolean(required=True)


class Why(Form):
    """The latest decision in a sentence, and those before it."""

    automation = fields.Nested(Named, required=True)
    sentence = fields.String(required=True)
    decisions = fields.List(fields.Nested(Decision), required=True)
