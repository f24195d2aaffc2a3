"""Forms of hosted forms."""

from marshmallow import fields, validate

from app.api.schemas.base import Form, Id, Line, Paragraphs, Utc
from app.services.forms.keeping import KINDS, TAKES
from nodes.texts import LANGUAGES
from workflows.strict import BoundedList, Flag

MOST_FIELDS = 50
MOST_DOMAINS = 50


class WebFormField(Form):
    """One thing that is asked: what it `takes` says which of `attribute`, `topic` or `name` and `value` it needs."""

    takes = fields.String(required=True, validate=validate.OneOf(TAKES))
    label = Line(load_default="", allow_empty=True, longest=300)
    required = Flag(load_default=False)
    attribute = Line(load_default=None, allow_none=True)
    topic = Id(load_default=None, allow_none=True)
    name = fields.String(load_default="", validate=validate.Regexp(r"\A[A-Za-z0-9_-]{0,60}\Z"))
    value = Line(load_default="", allow_empty=True, longest=500)


class WebFormDesign(Form):
    """What a form asks and says, and how it looks."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    title = Line(required=True)
    text = Paragraphs(load_default="", longest=2000)
    button = Line(required=True, longest=60)
    thanks = Paragraphs(load_default="", longest=2000)
    redirect = Line(load_default="", allow_empty=True, longest=2000)
    accent = fields.String(load_default="#4c51d9", validate=validate.Regexp(r"\A#[0-9a-fA-F]{6}\Z"))
    scheme = fields.String(load_default="auto", validate=validate.OneOf(("auto", "light", "dark")))
    fields_ = BoundedList(
        fields.Nested(WebFormField),
        required=True,
        data_key="fields",
        attribute="fields",
        validate=validate.Length(1, MOST_FIELDS),
    )


class NewWebForm(Form):
    """A form as marketers make it."""

    name = Line(required=True)
    enabled = Flag(load_default=True)
    domains = BoundedList(Line(), load_default=list, validate=validate.Length(0, MOST_DOMAINS))
    list_id = Id(load_default=None, allow_none=True)
    design = fields.Nested(WebFormDesign, required=True)


class WebForm(Form):
    """A form, where it stands, and how many saw and submitted it."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    enabled = fields.Boolean(required=True)
    domains = fields.List(fields.String(), required=True)
    list_id = fields.Integer(required=True, allow_none=True)
    design = fields.Nested(WebFormDesign, required=True)
    left_out = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Labels of fields that are not asked: their attribute or topic was deleted"},
    )
    shown = fields.Integer(required=True)
    submitted = fields.Integer(required=True)
    created_at = Utc(required=True)
    submitted_at = Utc(required=True, allow_none=True)
    url = fields.String(required=True, metadata={"description": "Its own page"})
    snippet = fields.String(required=True, metadata={"description": "Shows it in a page of one of its domains"})
