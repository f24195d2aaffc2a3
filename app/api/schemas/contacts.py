"""Forms of contacts."""

from typing import Any

import orjson
from marshmallow import ValidationError, fields, validate

from app.api.language import Localised
from app.api.schemas.base import LARGEST_ID, Form, Id, Named, PageArguments, Utc
from app.services.contacts.inputs import LONGEST_TAG
from app.services.values import LONGEST_IDENTIFIER
from workflows.strict import BoundedDict, BoundedList, Flag

_MOST_LISTS = 200
_ID = validate.Range(1, LARGEST_ID)
_MOST_ATTRIBUTES = 500
_CONDITION = "A condition: `all`, `any`, `not` over comparisons"


class ConditionText(fields.String):
    """A condition as a query parameter: JSON."""

    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - marshmallow's
        try:
            return orjson.loads(super()._deserialize(value, attr, data, **kwargs))
        except orjson.JSONDecodeError as error:
            raise ValidationError("This is not JSON.") from error


class Contact(Form):
    """A person. `attributes` has every attribute by name; null: empty. `name` is what the screen calls the person."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    email = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    ext_id = fields.String(required=True, allow_none=True)
    created_at = Utc(required=True)
    owner = fields.Nested(Named, required=True, allow_none=True)
    company = fields.Nested(Named, required=True, allow_none=True)
    tags = fields.List(fields.String(), required=True)
    attributes = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True), required=True)


class Counts(Form):
    """How much there is to see of a contact."""

    deals = fields.Integer(required=True)
    tasks = fields.Integer(required=True)
    notes = fields.Integer(required=True)


class ContactDetail(Contact):
    """A person with all that the person's own page shows at once."""

    time_zone = fields.String(required=True, allow_none=True)
    email_blacklisted = fields.Boolean(required=True)
    modified_at = Utc(required=True)
    lists = fields.List(fields.Nested(Named), required=True)
    counts = fields.Nested(Counts, required=True)


class ContactArguments(PageArguments):
    """Which contacts are wanted."""

    search = fields.String(load_default="", validate=validate.Length(max=200))
    segment = fields.Integer(load_default=None, validate=_ID, metadata={"description": "The id of a segment"})
    condition = ConditionText(load_default=None, metadata={"description": f"{_CONDITION}, as JSON"})
    sort = fields.String(
        load_default="-created_at",
        validate=validate.Length(1, 60),
        metadata={"description": "email, phone, ext_id, created_at or an attribute's NAME; `-` before it: descending"},
    )


class ExportArguments(Form):
    """Which contacts are wanted."""

    search = fields.String(load_default="", validate=validate.Length(max=200))
    segment = fields.Integer(load_default=None, validate=_ID)
    condition = ConditionText(load_default=None, metadata={"description": f"{_CONDITION}, as JSON"})


class ContactChange(Form):
    """What may change about a contact. Only the keys given are touched; null empties. Lists and tags come whole."""

    email = fields.String(allow_none=True, validate=validate.Length(max=320))
    phone = fields.String(allow_none=True, validate=validate.Length(max=40))
    ext_id = fields.String(allow_none=True, validate=validate.Length(max=LONGEST_IDENTIFIER))
    time_zone = fields.String(allow_none=True, validate=validate.Length(max=64))
    owner_id = Id(allow_none=True)
    company_id = Id(allow_none=True)
    email_blacklisted = Flag()
    attributes = BoundedDict(
        keys=fields.String(validate=validate.Length(max=50)),
        values=fields.Raw(allow_none=True),
        validate=validate.Length(max=_MOST_ATTRIBUTES),
    )
    lists = BoundedList(Id(), validate=validate.Length(max=_MOST_LISTS))
    tags = BoundedList(
        fields.String(validate=validate.Length(1, LONGEST_TAG)), validate=validate.Length(max=_MOST_LISTS)
    )


class ContactCount(Form):
    """How many contacts a condition holds for."""

    count = fields.Integer(required=True)


class CountQuestion(Form):
    """A condition to count contacts by."""

    condition = fields.Dict(required=True, metadata={"description": _CONDITION})


class TimelineArguments(PageArguments, Localised):
    """Which part of a timeline is wanted."""


class TimelineItem(Form):
    """Something that happened to a contact, in words. `data` for programs."""

    id = fields.String(required=True)
    kind = fields.String(
        required=True, validate=validate.OneOf(["event", "note", "task", "deal", "enrollment", "assignment"])
    )
    at = Utc(required=True)
    title = fields.String(required=True)
    detail = fields.String(required=True, allow_none=True)
    data = fields.Dict(required=True)


class Compared(Form):
    """A value that a step compared."""

    subject = fields.String(required=True)
    actual = fields.Raw(required=True, allow_none=True)
    op = fields.String(required=True)
    expected = fields.Raw(required=True, allow_none=True)
    holds = fields.Boolean(required=True)


class PathStep(Form):
    """A step that a contact passed: by which port it left, and why, in words."""

    node = fields.String(required=True)
    type = fields.String(required=True)
    title = fields.String(required=True)
    port = fields.String(required=True)
    at = Utc(required=True)
    way = fields.String(required=True, allow_none=True)
    because = fields.String(required=True, allow_none=True)
    values = fields.List(fields.Nested(Compared), required=True)


class EntryEvent(Form):
    """The event that let a contact in."""

    name = fields.String(required=True)
    at = Utc(required=True)


class ContactEnrollment(Form):
    """A contact's run through one version of an automation."""

    id = fields.Integer(required=True)
    automation = fields.Nested(Named, required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["active", "finished", "failed", "stopped"]))
    entered_at = Utc(required=True)
    exited_at = Utc(required=True, allow_none=True)
    event = fields.Nested(EntryEvent, required=True, allow_none=True)
    node = fields.String(required=True)
    wake_at = Utc(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    path = fields.List(fields.Nested(PathStep), required=True)


class Refusal(Form):
    """Why an automation did not let a contact in, and how often."""

    automation = fields.Nested(Named, required=True)
    reason = fields.String(required=True)
    code = fields.String(required=True)
    times = fields.Integer(required=True)
    last_at = Utc(required=True)
