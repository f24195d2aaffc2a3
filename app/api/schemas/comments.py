"""Forms of comments on automations."""

from marshmallow import fields, validate

from app.api.schemas.base import Form, Id, Named, Paragraphs, Utc
from workflows.strict import BoundedList, Flag

_LONGEST = 2000


_ON_CANVAS = validate.Range(-1e6, 1e6)


class NewComment(Form):
    """What begins a thread at a step (`node`) or at a place on the canvas (`x`, `y`), or replies to a thread."""

    text = Paragraphs(required=True, shortest=1, longest=_LONGEST)
    node = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 64))
    x = fields.Float(load_default=None, allow_none=True, validate=_ON_CANVAS)
    y = fields.Float(load_default=None, allow_none=True, validate=_ON_CANVAS)
    reply_to = Id(load_default=None, allow_none=True)
    mentions = BoundedList(Id(), load_default=list, validate=validate.Length(max=50))


class CommentChanges(Form):
    """What may change: the text by its author; whether its thread is resolved, and where a note lies, by anybody."""

    text = Paragraphs(shortest=1, longest=_LONGEST)
    resolved = Flag()
    x = fields.Float(validate=_ON_CANVAS)
    y = fields.Float(validate=_ON_CANVAS)


class Remark(Form):
    """One comment; `mine`: the caller wrote it."""

    id = fields.Integer(required=True)
    text = fields.String(required=True)
    author = fields.Nested(Named, required=True, allow_none=True)
    mine = fields.Boolean(required=True)
    created_at = Utc(required=True)
    edited_at = Utc(required=True, allow_none=True)


class Thread(Form):
    """Comments on one step, or a note on the canvas, with the replies; the oldest first."""

    id = fields.Integer(required=True)
    node = fields.String(required=True, allow_none=True)
    x = fields.Float(required=True, allow_none=True)
    y = fields.Float(required=True, allow_none=True)
    resolved_at = Utc(required=True, allow_none=True)
    resolved_by = fields.Nested(Named, required=True, allow_none=True)
    remarks = fields.List(fields.Nested(Remark), required=True)
