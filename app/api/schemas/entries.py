"""Forms of contacts that are let into an automation by hand or by a program."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from app.api.schemas.base import Form, Id, Named, Utc
from app.api.schemas.events import EventContact
from app.services.incoming import LARGEST_BATCH, LONGEST_MESSAGE_ID
from workflows.strict import BoundedList


class CrowdQuery(Form):
    """Many contacts at once: what is given must hold together; with nothing given it is everybody."""

    segment = Id(load_default=None, allow_none=True, metadata={"description": "The id of a segment, as it is now"})
    condition = fields.Raw(
        load_default=None, metadata={"description": "A condition: `all`, `any`, `not` over comparisons"}
    )
    search = fields.String(load_default="", validate=validate.Length(max=200))


class NewEntry(Form):
    """Who is to enter: `contacts` by name, or a `crowd`."""

    contacts = BoundedList(fields.Nested(EventContact), validate=validate.Length(1, LARGEST_BATCH))
    crowd = fields.Nested(CrowdQuery)
    properties = fields.Dict(
        keys=fields.String(), load_default=dict, metadata={"description": "Data of the event that they enter by"}
    )
    message_id = fields.String(
        allow_none=True,
        validate=validate.Length(1, LONGEST_MESSAGE_ID),
        metadata={"description": "Unique to the sender; a repeated one does nothing more"},
    )

    @validates_schema
    def _one_of_two(self, data: dict[str, Any], **kwargs: object) -> None:
        if ("contacts" in data) == ("crowd" in data):
            raise ValidationError("Send either contacts or crowd.", "contacts")


class AskedEntry(Form):
    """How many are to enter, how many were asked for before, how many nobody knows; the crowd's own number."""

    accepted = fields.Integer(required=True)
    duplicates = fields.Integer(required=True)
    not_found = fields.Integer(required=True)
    bulk_entry = fields.Integer(required=True, allow_none=True)


class Standing(Form):
    """A trigger to which some contacts belong already: on its list, in its segment."""

    step = fields.String(required=True)
    name = fields.String(required=True)
    contacts = fields.Integer(required=True)


class BulkEntry(Form):
    """A crowd on its way in: how many it was about, whose turn came, who was let in."""

    id = fields.Integer(required=True)
    name = fields.String(required=True, metadata={"description": "The segment's; empty for a search"})
    total = fields.Integer(required=True)
    taken = fields.Integer(required=True)
    entered = fields.Integer(required=True)
    created_by = fields.Nested(Named, required=True, allow_none=True)
    created_at = Utc(required=True)
    finished_at = Utc(required=True, allow_none=True)
    cancelled_at = Utc(required=True, allow_none=True)
    fault = fields.String(required=True, allow_none=True)
