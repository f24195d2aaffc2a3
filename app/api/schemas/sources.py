"""Forms of sources: streams of events by Segment's protocol."""

from marshmallow import fields, validate

from app.api.schemas.base import Form, Line, Named, Utc
from app.models import MessageResult, SourceKind
from workflows.strict import Flag


class NewSource(Form):
    """A source as admins make it: where its key is, on a server or in pages."""

    name = Line(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(list(SourceKind)))


class SourceChange(Form):
    """Another name, or whether it may send."""

    name = Line()
    enabled = Flag()


class Source(Form):
    """A source. `host` is what clients are given in the place of Segment's; `seen_at`: when it last sent something."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(list(SourceKind)))
    key = fields.String(required=True)
    enabled = fields.Boolean(required=True)
    host = fields.String(required=True)
    created_at = Utc(required=True)
    seen_at = Utc(required=True, allow_none=True)


class SourceProblem(Form):
    """Something of a message that was not taken."""

    field = fields.String(required=True, allow_none=True)
    code = fields.String(required=True)
    message = fields.String(required=True)
    remedy = fields.String(required=True)


class SourceMessage(Form):
    """One of the last messages: what was sent, and what became of it; `payload` is null if it was too long to keep."""

    id = fields.Integer(required=True)
    at = Utc(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    result = fields.String(required=True, validate=validate.OneOf(list(MessageResult)))
    problems = fields.List(fields.Nested(SourceProblem), required=True)
    payload = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    contact = fields.Nested(Named, required=True, allow_none=True)


class SourceTrait(Form):
    """A trait that was met. `attribute`: where it goes, null nowhere; `chosen`: somebody said so."""

    name = fields.String(required=True)
    example = fields.String(required=True)
    attribute = fields.String(required=True, allow_none=True)
    chosen = fields.Boolean(required=True)
    ignored = fields.Boolean(required=True)


class TraitDecision(Form):
    """Where a trait goes from now on: to an attribute, nowhere (`ignored`), or to the attribute of its own name."""

    name = Line(required=True)
    attribute = Line(load_default=None, allow_none=True)
    ignored = Flag(load_default=False)
