"""How much may reach a contact, and how fast it may leave: frequency caps, send rates, and who goes first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from nodes.moments import Duration

PRIORITIES: Final[Mapping[str, int]] = {"high": 1, "normal": 0, "low": -1}
MOST_MESSAGES: Final = 100
LONGEST: Final[Mapping[str, int]] = {"hours": 24 * 90, "days": 90}
FASTEST: Final = 1_000_000

Period: TypeAlias = Literal["minute", "hour"]
PERIODS: Final[Mapping[Period, timedelta]] = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}


class Message(NamedTuple):
    """That something was handed over to reach a contact by a channel."""

    channel: str
    at: datetime


class Cap(NamedTuple):
    """At most `most` messages to a contact by a channel (None: by all together) in any span of this length."""

    channel: str | None
    most: int
    within: Duration

    @property
    def span(self) -> timedelta:
        """The length of the window; a day is 24 hours."""
        return timedelta(**{self.within.unit: self.within.amount})

    def counts(self, channel: str) -> bool:
        """Tell whether messages by this channel count."""
        return self.channel in (None, channel)


class Full(NamedTuple):
    """A cap that leaves no room at present: how many messages it counts, and when there will be room again."""

    cap: Cap
    counted: int
    until: datetime


class Rate(NamedTuple):
    """At most `most` tries in any span of this `period`."""

    most: int
    period: timedelta


class SpanSchema(Schema):
    """The length of a cap's window, as written."""

    class Meta:
        unknown = RAISE

    amount = fields.Integer(required=True, strict=True, validate=validate.Range(1))
    unit = fields.String(required=True, validate=validate.OneOf(list(LONGEST)))

    @validates_schema
    def _bounded(self, data: Mapping[str, Any], **kwargs: object) -> None:
        if data["amount"] > (longest := LONGEST[data["unit"]]):
            raise ValidationError(f"Must be at most {longest}.", "amount")


class CapSchema(Schema):
    """A frequency cap as written; `channel` null: all channels together."""

    class Meta:
        unknown = RAISE

    channel = fields.String(required=True, allow_none=True, validate=validate.Length(1, 64))
    most = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_MESSAGES))
    within = fields.Nested(SpanSchema, required=True)


class RateSchema(Schema):
    """A send rate as written."""

    class Meta:
        unknown = RAISE

    channel = fields.String(required=True, validate=validate.Length(1, 64))
    most = fields.Integer(required=True, strict=True, validate=validate.Range(1, FASTEST))
    per = fields.String(required=True, validate=validate.OneOf(list(PERIODS)))


def read_caps(written: Iterable[Mapping[str, Any]]) -> tuple[Cap, ...]:
    """Return written caps ready for use."""
    return tuple(Cap(each["channel"], each["most"], Duration(**each["within"])) for each in written)


def read_rates(written: Iterable[Mapping[str, Any]]) -> Mapping[str, Rate]:
    """Return written send rates ready for use, by channel."""
    return {each["channel"]: Rate(each["most"], PERIODS[each["per"]]) for each in written}


def without_room(caps: Iterable[Cap], messages: Sequence[Message], now: datetime) -> Full | None:
    """Return the cap that leaves no room for one more message now, the one that does so the longest; None: go ahead."""
    full = []
    for cap in caps:
        begins = now - cap.span
        counted = sorted(each.at for each in messages if each.at > begins and cap.counts(each.channel))
        if len(counted) >= cap.most:
            full.append(Full(cap, len(counted), counted[-cap.most] + cap.span))
    return max(full, key=lambda each: each.until, default=None)


def still_counted(caps: Iterable[Cap], messages: Iterable[Message], now: datetime) -> list[Message]:
    """Return the messages that some cap counts now."""
    spans = [(cap, now - cap.span) for cap in caps]
    return [each for each in messages if any(each.at > begins and cap.counts(each.channel) for cap, begins in spans)]
