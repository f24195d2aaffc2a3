"""Forms of merging contacts."""

from marshmallow import fields, validate

from app.api.schemas.base import LARGEST_ID, Form, Id, Named, Utc
from app.api.schemas.contacts import Contact
from app.services.merging import WAYS
from workflows.strict import BoundedDict

_MOST_FIELDS = 600
_WAY = validate.OneOf(WAYS)
_WAYS = (
    "By the name of a field or attribute: the value of the `kept` contact or of the `other`; of numbers and dates the "
    "`larger`, of numbers the `sum`, of choices `both`. By itself: the kept one's, the other's where it has none."
)


class MergeArguments(Form):
    """With which contact."""

    other = fields.Integer(
        required=True,
        validate=validate.Range(1, LARGEST_ID),
        metadata={"description": "The contact that would become part of this one"},
    )


class MergeRequest(Form):
    """Which contact becomes part of this one, and which values are kept."""

    contact_id = Id(required=True)
    fields_ = BoundedDict(
        keys=fields.String(validate=validate.Length(1, 50)),
        values=fields.String(validate=_WAY),
        validate=validate.Length(max=_MOST_FIELDS),
        load_default=dict,
        data_key="fields",
        metadata={"description": _WAYS},
    )


class MergeField(Form):
    """Something of which at least one of two contacts has a value. The first of its `ways` goes by itself."""

    name = fields.String(required=True)
    kind = fields.String(required=True)
    kept = fields.Raw(required=True, allow_none=True)
    other = fields.Raw(required=True, allow_none=True)
    ways = fields.List(fields.String(validate=_WAY), required=True)


class MergeInside(Form):
    """An automation in which both are: whose run goes on."""

    automation = fields.Nested(Named, required=True)
    goes_on = fields.String(required=True, validate=validate.OneOf(["both", "kept", "other"]))


class MergeCounts(Form):
    """How much would change hands."""

    event = fields.Integer(required=True)
    message = fields.Integer(required=True)
    enrollment = fields.Integer(required=True)
    task = fields.Integer(required=True)
    note = fields.Integer(required=True)
    visitor = fields.Integer(required=True)
    list_member = fields.Integer(required=True)
    deal_contact = fields.Integer(required=True)


class MergePreview(Form):
    """Two contacts side by side, and what merging them would do."""

    kept = fields.Nested(Contact, required=True)
    other = fields.Nested(Contact, required=True)
    fields_ = fields.List(fields.Nested(MergeField), required=True, data_key="fields", attribute="fields")
    inside = fields.List(fields.Nested(MergeInside), required=True)
    counts = fields.Nested(MergeCounts, required=True)
    takes_no_mail = fields.Boolean(required=True)
    takes_no_sms = fields.Boolean(required=True)


class Merge(Form):
    """A contact that became part of this one; `undone_at`: it is a contact of its own again."""

    id = fields.Integer(required=True)
    contact_id = fields.Integer(required=True)
    name = fields.String(required=True)
    at = Utc(required=True)
    by = fields.Nested(Named, required=True, allow_none=True)
    by_program = fields.Nested(Named, required=True, allow_none=True)
    undone_at = Utc(required=True, allow_none=True)
    undone_by = fields.Nested(Named, required=True, allow_none=True)


class Unmerged(Form):
    """The contact that is there again."""

    contact_id = fields.Integer(required=True)
