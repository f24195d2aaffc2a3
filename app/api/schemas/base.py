"""What the forms of this API share: strict objects, UTC times, text that can be stored, pages."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from app.services.values import is_line

LARGEST_ID = 2**63 - 1
LONGEST_NAME = 200
LONGEST_TEXT = 10_000


class Form(Schema):
    """A JSON object that holds its declared fields and nothing else."""

    class Meta:
        unknown = RAISE


class Utc(fields.AwareDateTime):
    """A moment: ISO 8601, written in UTC with Z; one without a zone is read as UTC."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - marshmallow's signature
        super().__init__("iso", default_timezone=UTC, **kwargs)

    def _serialize(self, value: datetime | None, attr: str | None, obj: object, **kwargs: Any) -> str | None:  # noqa: ANN401
        if value is None:
            return None
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Line(fields.String):
    """Text of one line, trimmed, not empty unless `allow_empty`, without control characters."""

    def __init__(self, *, longest: int = LONGEST_NAME, allow_empty: bool = False, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(validate=validate.Length(0 if allow_empty else 1, longest), **kwargs)

    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> str:  # noqa: ANN401
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        if not is_line(text):
            raise ValidationError("Line breaks and control characters are not allowed here.")
        return text


class Paragraphs(fields.String):
    """Text of any number of lines, without NUL."""

    def __init__(self, *, longest: int = LONGEST_TEXT, shortest: int = 0, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(validate=validate.Length(shortest, longest), **kwargs)

    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> str:  # noqa: ANN401
        text = super()._deserialize(value, attr, data, **kwargs)
        if "\0" in text:
            raise ValidationError("NUL characters are not allowed.")
        return text


class Id(fields.Integer):
    """The number of a stored thing."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(strict=True, validate=validate.Range(1, LARGEST_ID), **kwargs)


class Named(Form):
    """A reference with the name to show."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)


class PageArguments(Form):
    """Which part of a list is wanted."""

    cursor = fields.String(load_default=None, metadata={"description": "`next_cursor` of the page before"})
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


@cache
def page_of(item: type[Schema], *, total: bool = False) -> type[Schema]:
    """Return the form of one page of such items."""
    declared: dict[str, fields.Field[Any]] = {
        "items": fields.List(fields.Nested(item), required=True),
        "next_cursor": fields.String(required=True, allow_none=True),
    }
    if total:
        declared["total"] = fields.Integer(required=True)
    return Form.from_dict(declared, name=f"{item.__name__}Page")


@cache
def all_of(item: type[Schema]) -> type[Schema]:
    """Return the form of a short list that comes whole."""
    return Form.from_dict({"items": fields.List(fields.Nested(item), required=True)}, name=f"{item.__name__}List")
