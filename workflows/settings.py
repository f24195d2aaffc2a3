"""The settings of an automation, in their stored form: how contacts enter and leave, and what may reach them when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate, validates_schema

from nodes.pressure import PRIORITIES
from nodes.quiet import OwnQuietHoursSchema
from workflows.json_text import tidy
from workflows.strict import BoundedList, Flag

MOST_ENTRIES: Final = 10_000_000
WHEN_CAPPED: Final = ("wait", "skip")
_CLOCK: Final = validate.Regexp(r"\A([01]\d|2[0-3]):[0-5]\d\Z")


@dataclass(frozen=True, slots=True)
class Settings:
    """How contacts enter and leave.

    Whoever meets one of `exit_conditions` leaves; each is a written condition. So does whoever one of `exit_events`
    happens to: each names an `event` and may have a `filter`, a written condition. Runs of one contact with different
    values of the event property `run_key` go on at the same time. At most `entry_limit` runs begin a day, and only
    within `entry_hours`: `days` (1 is Monday), `from`, `to`, and what becomes of the others, `outside` them (`wait` or
    `refuse`). `quiet_hours` are the automation's own, in place of the workspace's: see `nodes.quiet`. Of automations
    that reach the same contact, that of the highest `priority` goes first; `when_capped` (`wait` or `skip`) is what
    becomes of its messages where a frequency cap leaves no room: see `nodes.pressure`.
    """

    re_entry: bool = False
    exit_conditions: tuple[Mapping[str, Any], ...] = ()
    exit_events: tuple[Mapping[str, Any], ...] = ()
    run_key: str = ""
    entry_limit: int | None = None
    entry_hours: Mapping[str, Any] | None = None
    quiet_hours: Mapping[str, Any] | None = None
    priority: str = "normal"
    when_capped: str = "wait"
    time_zone: str = "contact"


class ExitEventSchema(Schema):
    """An event that ends runs, as written."""

    class Meta:
        unknown = RAISE

    event = fields.String(required=True, validate=validate.Length(max=255))
    filter = fields.Dict()


class EntryHoursSchema(Schema):
    """When contacts may enter, as written."""

    class Meta:
        unknown = RAISE

    days = BoundedList(
        fields.Integer(strict=True, validate=validate.Range(1, 7)), required=True, validate=validate.Length(1, 7)
    )
    opens = fields.String(required=True, data_key="from", validate=_CLOCK)
    closes = fields.String(required=True, data_key="to", validate=_CLOCK)
    outside = fields.String(required=True, validate=validate.OneOf(["wait", "refuse"]))

    @validates_schema
    def _in_order(self, data: dict[str, Any], **kwargs: object) -> None:
        if data["opens"] >= data["closes"]:
            raise ValidationError("Must be later than “from”.", "to")

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> dict[str, Any]:
        days = sorted(set(data["days"]))
        return {"days": days, "from": data["opens"], "to": data["closes"], "outside": data["outside"]}


class SettingsSchema(Schema):
    """Settings as written."""

    class Meta:
        unknown = RAISE

    re_entry = Flag(load_default=False)
    exit_conditions = BoundedList(fields.Dict(), load_default=list, validate=validate.Length(max=20))
    exit_events = BoundedList(fields.Nested(ExitEventSchema), load_default=list, validate=validate.Length(max=20))
    run_key = fields.String(load_default="", validate=validate.Length(max=100))
    entry_limit = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, MOST_ENTRIES)
    )
    entry_hours = fields.Nested(EntryHoursSchema, load_default=None, allow_none=True)
    quiet_hours = fields.Nested(OwnQuietHoursSchema, load_default=None, allow_none=True)
    priority = fields.String(load_default="normal", validate=validate.OneOf(list(PRIORITIES)))
    when_capped = fields.String(load_default="wait", validate=validate.OneOf(WHEN_CAPPED))
    time_zone = fields.String(load_default="contact", validate=validate.OneOf(["contact"]))

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> Settings:
        return Settings(**data | {name: tuple(data[name]) for name in ("exit_conditions", "exit_events")})


def written(settings: Settings) -> dict[str, Any]:
    """Return the settings as JSON data; what is seldom used is written only when it is."""
    found: dict[str, Any] = {
        "re_entry": settings.re_entry,
        "exit_conditions": [tidy(condition) for condition in settings.exit_conditions],
    }
    if settings.exit_events:
        found["exit_events"] = [tidy(event) for event in settings.exit_events]
    for name in ("run_key", "entry_limit", "entry_hours", "quiet_hours"):
        if value := getattr(settings, name):
            found[name] = tidy(value)
    for name, usual in (("priority", "normal"), ("when_capped", "wait")):
        if (value := getattr(settings, name)) != usual:
            found[name] = value
    return found | {"time_zone": settings.time_zone}
