"""Reading what Brevo's clients send: bodies, paging, times."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple, Protocol, TypeVar

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from app.compat.brevo.refusals import missing, out_of_range, wrong

LARGEST_ID: Final = 2**63 - 1
_INTEGER = re.compile(r"-?[0-9]{1,19}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LOST_PLUS = re.compile(r" (?=\d\d:?\d\d$)", re.ASCII)


class HasId(Protocol):
    """Something that is stored."""

    @property
    def id(self) -> int:
        """Its number."""


Stored = TypeVar("Stored", bound=HasId)


class Slice(NamedTuple):
    """Which part of a list is wanted."""

    limit: int
    offset: int
    newest_first: bool


class Body:
    """A JSON object, read field by field. A null is as good as a field left out; a wrong type is refused."""

    def __init__(self, raw: Mapping[str, object], where: str = "") -> None:
        self.raw = raw
        self._where = where

    @property
    def empty(self) -> bool:
        """Whether nothing at all was said."""
        return all(value is None for value in self.raw.values())

    def has(self, key: str) -> bool:
        """Tell whether the field is there."""
        return self.raw.get(key) is not None

    def text(self, key: str) -> str:
        """Return a text; empty if it is not there."""
        value = self.raw.get(key)
        if value is not None and not isinstance(value, str):
            raise wrong(self._field(key), f"{self._field(key)} should be a string")
        return value or ""

    def needed_text(self, key: str) -> str:
        """Return a text that must be there."""
        text = self.text(key)
        if not text.strip():
            raise missing(self._field(key))
        return text

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return true or false."""
        value = self.raw.get(key)
        if value is not None and not isinstance(value, bool):
            raise wrong(self._field(key), f"{self._field(key)} should be true or false")
        return default if value is None else value

    def number(self, key: str) -> int | None:
        """Return the id of something, if given."""
        value = self.raw.get(key)
        return None if value is None else _id(self._field(key), value)

    def needed_number(self, key: str) -> int:
        """Return the id of something, which must be there."""
        number = self.number(key)
        if number is None:
            raise missing(self._field(key))
        return number

    def numbers(self, key: str) -> list[int]:
        """Return ids; none if the field is not there."""
        return [_id(self._field(key), each) for each in self._list(key)]

    def texts(self, key: str) -> list[str]:
        """Return texts; none if the field is not there."""
        found = self._list(key)
        if not all(isinstance(each, str) for each in found):
            raise wrong(self._field(key), f"{self._field(key)} should be an array of strings")
        return [str(each) for each in found]

    def mapping(self, key: str) -> Mapping[str, object]:
        """Return an object; an empty one if the field is not there."""
        value = self.raw.get(key)
        if value is not None and not isinstance(value, dict):
            raise wrong(self._field(key), f"{self._field(key)} should be an object")
        return value or {}

    def bodies(self, key: str) -> list["Body"]:
        """Return a list of objects."""
        field = self._field(key)
        return [_body(each, f"{field}[{index}].") for index, each in enumerate(self._list(key))]

    def _list(self, key: str) -> Sequence[object]:
        value = self.raw.get(key)
        if value is not None and not isinstance(value, list):
            raise wrong(self._field(key), f"{self._field(key)} should be an array")
        return value or []

    def _field(self, key: str) -> str:
        return f"{self._where}{key}"


def body() -> Body:
    """Return the request's JSON object; an empty one without a body."""
    if not request.get_data(cache=True):
        return Body({})
    if request.mimetype and not request.is_json:
        raise UnsupportedMediaType("Content-Type must be application/json")
    return _body(request.get_json(force=True), "")


def slice_of(default: int, most: int) -> Slice:
    """Read limit, offset and sort."""
    limit, offset = whole("limit", default), whole("offset", 0)
    if not 0 <= limit <= most:
        raise out_of_range("limit", f"limit should be from 0 to {most}")
    if offset < 0:
        raise out_of_range("offset", "offset should not be negative")
    sort = request.args.get("sort") or "desc"
    if sort not in {"asc", "desc"}:
        raise wrong("sort", "sort should be asc or desc")
    return Slice(limit, offset, sort == "desc")


def part_of(found: Sequence[Stored], wanted: Slice) -> Sequence[Stored]:
    """Return the wanted part of a list that was read whole, by age: ids grow with it."""
    ordered = sorted(found, key=lambda each: each.id, reverse=wanted.newest_first)
    return ordered[wanted.offset : wanted.offset + wanted.limit]


def whole(key: str, default: int) -> int:
    """Read one whole number of the query."""
    text = request.args.get(key)
    return default if text is None else _integer(key, text)


def numbers(key: str) -> list[int]:
    """Read a repeatable number of the query."""
    return [_id(key, _integer(key, text)) for text in request.args.getlist(key)]


def moment(key: str) -> datetime | None:
    """Read a date or date-time of the query; UTC without a zone."""
    text = request.args.get(key)
    return read_moment(key, text) if text else None


def read_moment(key: str, text: str) -> datetime:
    """Read a date or date-time; UTC without a zone."""
    try:
        at = datetime.fromisoformat(_LOST_PLUS.sub("+", text))
    except ValueError as error:
        raise wrong(key, f"{key} should be a date-time like 2026-11-22T10:00:00.000Z") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def period(*, longest_days: int | None = None) -> tuple[datetime, datetime] | None:
    """Read startDate and endDate, which come together; a whole day where no time is given."""
    start, end = moment("startDate"), moment("endDate")
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise missing("endDate" if start else "startDate", "startDate and endDate should be given together")
    if _DAY.fullmatch(request.args["endDate"]):
        end = datetime.combine(end.date(), time.max, UTC)
    if end < start:
        raise wrong("endDate", "endDate should not be before startDate")
    if longest_days is not None and end - start > timedelta(days=longest_days + 1):
        raise out_of_range("endDate", f"startDate and endDate should be at most {longest_days} days apart")
    return start, end


def written(at: datetime) -> str:
    """Return a moment as Brevo writes it, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def written_value(value: object) -> object:
    """Return an attribute's value as Brevo writes it: whole numbers without a fraction, dates as days."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def _body(raw: object, where: str) -> Body:
    if not isinstance(raw, dict):
        raise wrong(where or "body", f"{where.rstrip('.') or 'The body'} should be a JSON object")
    return Body(raw, where)


def _integer(key: str, text: str) -> int:
    if not _INTEGER.fullmatch(text.strip()):
        raise wrong(key, f"{key} should be a whole number")
    return int(text)


def _id(field: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong(field, f"{field} should be a whole number")
    if not 0 < value <= LARGEST_ID:
        raise wrong(field, f"{field} holds no valid id")
    return value
