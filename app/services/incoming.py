"""Events as the outside world sends them, read strictly and before anything is written.

Written for batches of a thousand: the usual event costs a few microseconds, so checks are plain code here, no schema.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import isfinite
from types import MappingProxyType
from typing import Final, NamedTuple

import orjson

from app import db
from app.errors import Invalid, Problem
from app.services import values
from app.services.contacts.inputs import Identifier, IdentifierKind, normalised
from nodes.world import SUBJECTS

LARGEST_BATCH: Final = 1000
LARGEST_PROPERTIES: Final = 50_000
DEEPEST_PROPERTIES: Final = 20
LONGEST_MESSAGE_ID: Final = 200
LARGEST_ID: Final = 2**63 - 1
RESERVED: Final = frozenset({"contact_created", *SUBJECTS})
"""Events that Cadenza raises itself when contacts change; a sender cannot."""

_EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FAST_CLOCKS: Final = timedelta(days=1)
_REPORTED: Final = 20
_EMPTY: Final = ("", None)
_WORD = re.compile(r"[A-Za-z0-9_-]{1,255}", re.ASCII)
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_PLAIN: Final = frozenset({str, int, bool, type(None)})
_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


class IncomingEvent(NamedTuple):
    """One event, checked. `who`: the first identifier that is known decides; `at` None: now; `properties`: as JSON.

    `attributes` are the sender's news of the contact, by NAME. `message_id` is unique to its sender, if given.
    """

    name: str
    who: Sequence[Identifier]
    at: datetime | None = None
    properties: bytes = b"{}"
    attributes: Mapping[str, object] = _NOTHING
    message_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What a door's clients call the parts of an event. `identifiers` in order of precedence."""

    name: str
    contact: str
    identifiers: Mapping[str, IdentifierKind]
    at: str
    properties: str
    attributes: str | None = None
    message_id: str | None = None
    unknown_refused: bool = True

    @property
    def keys(self) -> frozenset[str]:
        """Every key that an event may have."""
        optional = {each for each in (self.attributes, self.message_id) if each}
        return frozenset({self.name, self.contact, self.at, self.properties} | optional)


def read_batch(raw: object, vocabulary: Vocabulary, where: str = "events") -> list[IncomingEvent]:
    """Read a list of events. Raises Invalid naming index, field and remedy of what is wrong, and nothing is taken."""
    if not isinstance(raw, list):
        raise Invalid.field(where, "required", f"{where} must be a list of events.", "Send a list.")
    if not 1 <= len(raw) <= LARGEST_BATCH:
        message = f"{where} holds {len(raw)} events."
        raise Invalid.field(where, "bad_length", message, f"Send from 1 to {LARGEST_BATCH} at a time.")
    reader = _Reader(vocabulary)
    events: list[IncomingEvent] = []
    problems: list[Problem] = []
    with _shared(len(raw)):
        for index, each in enumerate(raw):
            try:
                events.append(reader.read(each))
            except Invalid as refusal:
                problems.extend(_under(f"{where}.{index}", problem) for problem in refusal.problems)
            if len(problems) >= _REPORTED:
                break
    if problems:
        raise Invalid(f"{problems[0].field}: {problems[0].message} Nothing was recorded.", problems)
    return events


def _shared(count: int) -> AbstractContextManager[object]:
    """What reading has to know of the workspace is asked once; of one event there is nothing to share."""
    return db.transaction() if count > 1 else nullcontext()


def read_one(raw: object, vocabulary: Vocabulary) -> IncomingEvent:
    """Read a single event; raises Invalid."""
    return _Reader(vocabulary).read(raw)


def _under(where: str, problem: Problem) -> Problem:
    field = f"{where}.{problem.field}" if problem.field else where
    return Problem(field, problem.code, problem.message, problem.remedy)


@dataclass(slots=True)
class _Reader:
    """Reads events of one request."""

    vocabulary: Vocabulary
    keys: frozenset[str] = field(init=False)
    latest: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.keys = self.vocabulary.keys
        self.latest = datetime.now(UTC) + _FAST_CLOCKS

    def read(self, raw: object) -> IncomingEvent:
        if not isinstance(raw, dict):
            raise Invalid.field("", "not_object", "An event must be an object.", "Send {…}.")
        words = self.vocabulary
        if words.unknown_refused and not raw.keys() <= self.keys:
            raise _unknown(raw.keys() - self.keys, self.keys)
        return IncomingEvent(
            read_name(words.name, raw.get(words.name)),
            self._who(raw.get(words.contact)),
            self._moment(words.at, raw.get(words.at)),
            read_properties(words.properties, raw.get(words.properties)),
            _attributes(words.attributes, raw.get(words.attributes)) if words.attributes else _NOTHING,
            _message_id(words.message_id, raw.get(words.message_id)) if words.message_id else None,
        )

    def _who(self, raw: object) -> list[Identifier]:
        contact, names = self.vocabulary.contact, self.vocabulary.identifiers
        if not isinstance(raw, dict):
            raise _missing_contact(contact, names)
        if self.vocabulary.unknown_refused and not raw.keys() <= names.keys():
            raise _unknown(raw.keys() - names.keys(), names.keys(), f"{contact}.")
        who = [
            _identifier(f"{contact}.{key}", kind, raw[key]) for key, kind in names.items() if raw.get(key) not in _EMPTY
        ]
        if not who:
            raise _missing_contact(contact, names)
        return who

    def _moment(self, key: str, value: object) -> datetime | None:
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > 40:
            raise _no_date(key)
        try:
            at = datetime.fromisoformat(value)
        except ValueError as error:
            raise _no_date(key) from error
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        if not _EARLIEST <= at <= self.latest:
            message = f"{key} lies before 1970 or more than a day ahead."
            raise Invalid.field(
                key, "far_date", message, "Send the time at which it happened, or leave it out for now."
            )
        return at.astimezone(UTC)


def read_name(key: str, value: object) -> str:
    """Return the name of an event; raises Invalid for one that is none, or that only Cadenza raises."""
    if not isinstance(value, str) or not value:
        raise Invalid.field(key, "required", f"{key} is missing.", "Name the event, like page_visited.")
    if not _is_word(value):
        message = f"“{values.shortened(value)}” is no name of an event."
        raise Invalid.field(key, "bad_name", message, "Use 1 to 255 letters, digits, _ and -.")
    if value in RESERVED:
        message = f"{value} is an event that Cadenza raises itself."
        raise Invalid.field(key, "reserved", message, "Change the contact instead, or choose another name.")
    return value


@lru_cache(maxsize=4096)
def _is_word(text: str) -> bool:
    return bool(_WORD.fullmatch(text))


def _identifier(key: str, kind: IdentifierKind, value: object) -> Identifier:
    if kind == "id":
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST_ID:
            return Identifier(kind, value)
        raise Invalid.field(key, "bad_id", f"{key} must be the number of a contact.", "Send a whole number above 0.")
    if isinstance(value, str):
        try:
            return _remembered(kind, value) if kind in _LASTING else normalised(Identifier(kind, value))
        except Invalid as refusal:
            raise Invalid(refusal.message, [replace(each, field=key) for each in refusal.problems]) from refusal
    raise Invalid.field(key, "not_text", f"{key} must be a text.", "Send a string.")


# Who is active is named in many events. How a number is read changes with the workspace's country.
_LASTING: Final[frozenset[IdentifierKind]] = frozenset({"email", "ext_id"})


@lru_cache(maxsize=20_000)
def _remembered(kind: IdentifierKind, value: str) -> Identifier:
    return normalised(Identifier(kind, value))


def read_properties(key: str, value: object) -> bytes:
    """Return the data of an event as JSON; raises Invalid for what is no flat-enough object of storable values."""
    if value is None:
        return b"{}"
    if not isinstance(value, dict):
        raise Invalid.field(key, "not_object", f"{key} must be an object.", "Send {…}.")
    for name, each in value.items():
        _check_key(key, name)
        if type(each) not in _PLAIN:
            _check_nested(f"{key}.{name}", each, 1)
    written = _written(key, value)
    if len(written) > LARGEST_PROPERTIES:
        message = f"{key} takes {len(written)} bytes as JSON."
        raise Invalid.field(key, "too_large", message, f"At most {LARGEST_PROPERTIES} bytes are kept.")
    if b"\\u0000" in written and _NUL.search(written):
        raise Invalid.field(key, "bad_characters", f"{key} holds a NUL character.", "Remove it.")
    return written


def _written(key: str, value: Mapping[str, object]) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError as error:
        raise Invalid.field(
            key, "bad_value", f"{key} holds a value that is no JSON: {error}.", "Replace it."
        ) from error


def _check_nested(where: str, value: object, depth: int) -> None:
    if depth > DEEPEST_PROPERTIES:
        remedy = f"At most {DEEPEST_PROPERTIES} levels are kept."
        raise Invalid.field(where, "too_deep", "This is nested too deeply.", remedy)
    if isinstance(value, dict):
        for name, each in value.items():
            _check_key(where, name)
            _check_nested(f"{where}.{name}", each, depth + 1)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            _check_nested(f"{where}.{index}", each, depth + 1)
    elif isinstance(value, float) and not isfinite(value):
        raise Invalid.field(where, "bad_number", f"{where} is no finite number.", "Send a finite number.")


def _check_key(where: str, name: object) -> None:
    if not isinstance(name, str) or not _is_word(name):
        message = f"“{values.shortened(str(name))}” is no name of a property."
        raise Invalid.field(where, "bad_key", message, "Use 1 to 255 letters, digits, _ and -.")


def _attributes(key: str, value: object) -> Mapping[str, object]:
    if value is None:
        return _NOTHING
    if not isinstance(value, dict):
        raise Invalid.field(key, "not_object", f"{key} must be an object.", "Send {…}.")
    return {str(name).upper(): each for name, each in value.items()}


def _message_id(key: str, value: object) -> str | None:
    if value is None:
        return None
    text = values.storable(key, value, LONGEST_MESSAGE_ID)
    if not text:
        raise Invalid.field(
            key, "empty", f"{key} is empty.", "Send an id that is unique to the event, or leave it out."
        )
    return text


def _unknown(found: Iterable[object], known: Iterable[str], where: str = "") -> Invalid:
    key = values.shortened(str(min(found, key=str)))
    remedy = f"Known are: {', '.join(sorted(known))}."
    return Invalid.field(f"{where}{key}", "unknown", f"There is no field “{where}{key}”.", remedy)


def _missing_contact(contact: str, names: Iterable[str]) -> Invalid:
    message = f"{contact} does not say which contact is meant."
    return Invalid.field(contact, "required", message, f"Send at least one of {', '.join(names)}.")


def _no_date(key: str) -> Invalid:
    return Invalid.field(key, "not_date", f"{key} is no moment in time.", "Write it like 2026-11-22T10:00:00Z.")
