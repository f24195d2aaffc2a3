"""Automations as JSON documents: any that can be read comes in, whole ones go out."""

from typing import Any

from marshmallow import fields, validate

from app.api.schemas.base import Form
from app.services.automations.checking import read
from nodes.pressure import PRIORITIES
from workflows.document import Document, DocumentSchema
from workflows.settings import WHEN_CAPPED


class StoredNode(Form):
    """A step: its type and configuration."""

    id = fields.String(required=True)
    type = fields.String(required=True)
    config = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True), required=True)


class StoredEdge(Form):
    """A way from one step's port to the next step."""

    source = fields.String(required=True, data_key="from")
    port = fields.String(required=True)
    target = fields.String(required=True, data_key="to")


class StoredSettings(Form):
    """How contacts enter and leave. What is not required is there only where it is used."""

    re_entry = fields.Boolean(required=True)
    exit_conditions = fields.List(fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True)), required=True)
    exit_events = fields.List(fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True)))
    run_key = fields.String()
    entry_limit = fields.Integer()
    entry_hours = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True))
    quiet_hours = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True))
    priority = fields.String(validate=validate.OneOf(list(PRIORITIES)))
    when_capped = fields.String(validate=validate.OneOf(WHEN_CAPPED))
    time_zone = fields.String(required=True)


class StoredGroup(Form):
    """Steps that are drawn together under a name, as one card while collapsed."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    nodes = fields.List(fields.String(), required=True)
    collapsed = fields.Boolean(required=True)


class StoredDocument(Form):
    """An automation as stored, `cadenza.automation/1`; without groups if it has none."""

    format = fields.String(required=True)
    name = fields.String(required=True)
    settings = fields.Nested(StoredSettings, required=True)
    nodes = fields.List(fields.Nested(StoredNode), required=True)
    edges = fields.List(fields.Nested(StoredEdge), required=True)
    layout = fields.Dict(
        keys=fields.String(), values=fields.List(fields.Float(), validate=validate.Length(equal=2)), required=True
    )
    groups = fields.List(fields.Nested(StoredGroup))


class WrittenDocument(fields.Nested):
    """A document that comes in: read as wherever else documents are read, with the same complaints."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(DocumentSchema, required=required)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Document:  # noqa: ANN401 - marshmallow's signature
        return read(value)


class PrintedDocument(fields.Nested):
    """A document that goes out: it is JSON already."""

    def __init__(self, *, allow_none: bool = False) -> None:
        super().__init__(StoredDocument, required=True, allow_none=allow_none)

    def _serialize(self, nested_obj: Any, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override] # noqa: ANN401
        return nested_obj
