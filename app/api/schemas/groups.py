"""Forms of attributes, lists, folders, tags, segments and companies."""

from marshmallow import fields, validate

from app.api.schemas.base import Form, Id, Line, Named, PageArguments, Utc
from app.services.attributes import LONGEST_OPTION, MOST_OPTIONS
from app.services.companies import LARGEST_SIZE
from nodes.catalog import Kind
from workflows.strict import BoundedList

_KIND = validate.OneOf(tuple(kind.value for kind in Kind))


class Attribute(Form):
    """A typed fact about contacts."""

    name = fields.String(required=True)
    kind = fields.String(required=True, validate=_KIND)
    options = fields.List(fields.String(), required=True)


def _options(*, required: bool = False) -> fields.List[str]:
    lines = Line(longest=LONGEST_OPTION)
    return BoundedList(lines, required=required, validate=validate.Length(max=MOST_OPTIONS))


class NewAttribute(Form):
    """An attribute to be made; `options` for a category or multiple choice."""

    name = Line(required=True, metadata={"description": "Letters A-Z, digits and _, a letter first"})
    kind = fields.String(required=True, validate=_KIND)
    options = _options()


class AttributeChange(Form):
    """The options an attribute shall have. Options that contacts have cannot go."""

    options = _options(required=True)


class Folder(Form):
    """Holds lists."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    lists = fields.Integer(required=True, metadata={"description": "How many lists it holds"})


class FolderName(Form):
    """The name a folder shall have."""

    name = Line(required=True)


class ContactList(Form):
    """A static list of contacts."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    folder = fields.Nested(Named, required=True, allow_none=True)
    count = fields.Integer(required=True, attribute="members")
    created_at = Utc(required=True)


class ListChange(Form):
    """What may change about a list."""

    name = Line()
    folder_id = Id(allow_none=True)


class NewList(ListChange):
    """A list to be made."""

    name = Line(required=True)


class Tag(Form):
    """A word that contacts bear."""

    name = fields.String(required=True)
    count = fields.Integer(required=True, attribute="contacts")


class Segment(Form):
    """A saved condition; `count` is null when it refers to something that is gone."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    condition = fields.Dict(required=True)
    count = fields.Integer(required=True, allow_none=True, attribute="contacts")
    created_at = Utc(required=True)
    updated_at = Utc(required=True)


class SegmentChange(Form):
    """What may change about a segment."""

    name = Line()
    condition = fields.Dict()


class NewSegment(Form):
    """A segment to be made."""

    name = Line(required=True)
    condition = fields.Dict(required=True)


class Company(Form):
    """An organisation that contacts work for; `size` is its number of employees."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    domain = fields.String(required=True, allow_none=True)
    country = fields.String(required=True, allow_none=True)
    industry = fields.String(required=True, allow_none=True)
    size = fields.Integer(required=True, allow_none=True)
    contacts = fields.Integer(required=True)


class CompanyArguments(PageArguments):
    """Which companies are wanted; `search` is a part of a name or domain."""

    search = fields.String(load_default="", validate=validate.Length(max=200))


class CompanyChange(Form):
    """What may change about a company; null empties."""

    name = Line()
    domain = Line(allow_none=True, allow_empty=True)
    country = Line(allow_none=True, allow_empty=True)
    industry = Line(allow_none=True, allow_empty=True)
    size = fields.Integer(strict=True, allow_none=True, validate=validate.Range(0, LARGEST_SIZE))


class NewCompany(CompanyChange):
    """A company to be made."""

    name = Line(required=True)
