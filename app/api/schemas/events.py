"""Forms of events. They document the door; `app.services.incoming` reads, far faster than a schema could."""

from marshmallow import fields, validate

from app.api.schemas.base import LARGEST_ID, Form
from app.services.incoming import LARGEST_BATCH, LONGEST_MESSAGE_ID


class EventContact(Form):
    """Whose event it is: at least one identifier; the first in this order that is known decides."""

    id = fields.Integer(allow_none=True, validate=validate.Range(1, LARGEST_ID))
    email = fields.String(allow_none=True)
    ext_id = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)


class Event(Form):
    """Something that a contact did."""

    event = fields.String(
        required=True,
        validate=validate.Regexp(r"^[A-Za-z0-9_-]{1,255}$"),
        metadata={
            "description": "email_opened, email_clicked, web_push_clicked, page_visited and form_submitted start the "
            "triggers of that name; any other name is a custom event"
        },
    )
    contact = fields.Nested(EventContact, required=True)
    at = fields.String(
        allow_none=True,
        metadata={"description": "When it happened, ISO 8601, UTC where no zone is given; default: now"},
    )
    properties = fields.Dict(
        keys=fields.String(),
        allow_none=True,
        metadata={"description": "message_kind, campaign, link, page and form feed the filters of triggers"},
    )
    message_id = fields.String(
        allow_none=True,
        validate=validate.Length(1, LONGEST_MESSAGE_ID),
        metadata={"description": "Unique to the sender; a repeated one is accepted and counted once"},
    )


class EventBatch(Form):
    """Events in the order in which they happened."""

    events = fields.List(fields.Nested(Event), required=True, validate=validate.Length(1, LARGEST_BATCH))


class RecordedEvents(Form):
    """What became of them."""

    accepted = fields.Integer(required=True)
    duplicates = fields.Integer(required=True)
    created_contacts = fields.Integer(required=True)
    message = fields.String(required=True)


class EventProperties(Form):
    """What events of a name are known to say: the names of their properties."""

    event = fields.String(required=True)
    properties = fields.List(fields.String(), required=True)
