"""Forms of what steps there are, and of what pickers offer."""

from typing import get_args

from marshmallow import fields, validate

from app.api.schemas.base import Form, Named
from nodes.catalog import Kind
from nodes.fields.base import Opens
from nodes.registry import FOLDERS


def _json() -> fields.Dict:
    return fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True), required=True)


class Port(Form):
    """How steps of a kind get a way out.

    `always`: every step has it. `filled`: the step has it while its field `key` is filled in and not zero. `each`: the
    field `key` lists branches; each is a way out, its `id` the key and its `name` the label.
    """

    key = fields.String(required=True)
    label = fields.String(required=True)
    opens = fields.String(required=True, validate=validate.OneOf(("always", *get_args(Opens))))


class NodeType(Form):
    """A kind of step: `schema` (JSON schema, draft 2020-12) and `ui_schema` draw its form.

    `suggested` is its place among those that an empty canvas offers to begin with; null: not among them.
    """

    key = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(tuple(FOLDERS)))
    label = fields.String(required=True)
    description = fields.String(required=True)
    icon = fields.String(required=True)
    search = fields.List(fields.String(), required=True)
    suggested = fields.Integer(required=True, allow_none=True)
    ports = fields.List(fields.Nested(Port), required=True)
    schema = _json()
    ui_schema = _json()
    example = _json()


class VocabularyAttribute(Form):
    """A contact attribute."""

    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(tuple(Kind)))
    options = fields.List(fields.String(), required=True)


class VocabularyField(Form):
    """A field that every contact or company has."""

    key = fields.String(required=True)
    label = fields.String(required=True)
    kind = fields.String(required=True)


class VocabularyUser(Form):
    """An active user."""

    id = fields.Integer(required=True)
    email = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)


class VocabularyPipeline(Form):
    """A pipeline with its stages in order."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    stages = fields.List(fields.Nested(Named), required=True)


class VocabularyChannel(Form):
    """A way in which steps reach contacts from outside."""

    key = fields.String(required=True)
    label = fields.String(required=True)


class VocabularyEvent(Form):
    """An event by the name it is recorded under, and what people call it."""

    name = fields.String(required=True)
    label = fields.String(required=True)


class VocabularyTopic(Form):
    """Something that contacts agree to hear about, by one channel."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    channel = fields.String(required=True, validate=validate.OneOf(("email", "sms", "push")))


class Operator(Form):
    """A comparison; `value` is the shape of what it compares with."""

    key = fields.String(required=True)
    label = fields.String(required=True)
    value = fields.String(
        required=True, validate=validate.OneOf(("none", "one", "many", "number", "date", "range", "duration"))
    )


class Vocabulary(Form):
    """Everything that pickers offer."""

    attributes = fields.List(fields.Nested(VocabularyAttribute), required=True)
    contact_fields = fields.List(fields.Nested(VocabularyField), required=True)
    company_fields = fields.List(fields.Nested(VocabularyField), required=True)
    lists = fields.List(fields.Nested(Named), required=True)
    automations = fields.List(fields.Nested(Named), required=True)
    tags = fields.List(fields.String(), required=True)
    users = fields.List(fields.Nested(VocabularyUser), required=True)
    roles = fields.List(fields.String(), required=True)
    pipelines = fields.List(fields.Nested(VocabularyPipeline), required=True)
    segments = fields.List(fields.Nested(Named), required=True)
    templates = fields.List(fields.Nested(Named), required=True)
    senders = fields.List(fields.Nested(Named), required=True)
    consent_topics = fields.List(fields.Nested(VocabularyTopic), required=True)
    watched_domains = fields.List(fields.String(), required=True)
    channels = fields.List(fields.Nested(VocabularyChannel), required=True)
    page_categories = fields.List(fields.String(), required=True)
    events = fields.List(fields.Nested(VocabularyEvent), required=True)
    operators = fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(Operator)), required=True)
