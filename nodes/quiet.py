"""Quiet hours: when automations do nothing that reaches a contact from outside, and what becomes of it."""

from collections.abc import Mapping
from datetime import time
from typing import Any, Final, NamedTuple

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate, validates_schema

from nodes.hours import Hours
from nodes.moments import EVERY_DAY

_CLOCK: Final = validate.Regexp(r"\A([01]\d|2[0-3]):[0-5]\d\Z")


class Quiet(NamedTuple):
    """Hours in the contact's zone in which its runs wait, or `skip` what would reach it."""

    hours: Hours
    skip: bool


class QuietHoursSchema(Schema):
    """Quiet hours as written: `from`, `to` (the next day if not later), the `days` they begin on, and what `then`."""

    class Meta:
        unknown = RAISE

    opens = fields.String(required=True, data_key="from", attribute="from", validate=_CLOCK)
    closes = fields.String(required=True, data_key="to", attribute="to", validate=_CLOCK)
    days = fields.List(fields.Integer(strict=True, validate=validate.Range(1, 7)), validate=validate.Length(1, 7))
    then = fields.String(required=True, validate=validate.OneOf(["wait", "skip"]))

    @validates_schema
    def _end(self, data: Mapping[str, Any], **kwargs: object) -> None:
        if data["from"] == data["to"] and EVERY_DAY.issubset(data.get("days", EVERY_DAY)):
            raise ValidationError("These hours would never end.", "to")

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> dict[str, Any]:
        return data | {"days": sorted(set(data["days"]))} if "days" in data else data


class OwnQuietHoursSchema(QuietHoursSchema):
    """Quiet hours of an automation, in place of the workspace's; `send`: none hold for it."""

    then = fields.String(required=True, validate=validate.OneOf(["wait", "skip", "send"]))


def read_quiet(written: Mapping[str, Any] | None) -> Quiet | None:
    """Return written quiet hours ready for use; None where nothing is kept quiet."""
    if written is None or written["then"] == "send":
        return None
    opens, closes = time.fromisoformat(written["from"]), time.fromisoformat(written["to"])
    return Quiet(Hours(frozenset(written.get("days", EVERY_DAY)), opens, closes), written["then"] == "skip")
