"""What is looked for by the clock: events that nobody sends, because a day comes or a contact begins to fit."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Final, TypeAlias
from zoneinfo import ZoneInfo

from nodes.moments import wall_time
from nodes.world import Topic

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SegmentWatch:
    """Contacts that come to belong to a saved segment, or to those that a written condition (JSON text) holds for."""

    event: ClassVar[str] = "segment_joined"
    segment: int | None = None
    condition: str = ""

    @classmethod
    def of_condition(cls, written: Mapping[str, Any]) -> "SegmentWatch":
        """Return the watch of a condition; the same condition gives the same watch."""
        return cls(condition=json.dumps(written, sort_keys=True, ensure_ascii=False))

    @property
    def topic(self) -> Topic:
        """What its event is about."""
        digest = hashlib.blake2b(self.condition.encode(), digest_size=12).hexdigest()
        return Topic(self.event, f"segment:{self.segment}" if self.segment is not None else f"condition:{digest}")


@dataclass(frozen=True, slots=True)
class DateWatch:
    """A day that stands in an attribute, or `days` after it (below zero: before), `at` that time where the contact is.

    `yearly`: its anniversaries, the day itself among them. Who was born on 29 February has it on the 28th in years
    without one.
    """

    event: ClassVar[str] = "date_reached"
    attribute: str
    days: int
    at: time
    yearly: bool

    @property
    def topic(self) -> Topic:
        """What its event is about."""
        how = "yearly" if self.yearly else "once"
        return Topic(self.event, f"{self.attribute}:{self.days}:{self.at.isoformat('minutes')}:{how}")

    def due(self, since: datetime, now: datetime, zone: ZoneInfo) -> Iterator[date]:
        """Return the days on which the time of day came after `since` and up to `now` (aware), by clocks in `zone`."""
        day = since.astimezone(zone).date() - _DAY
        while (moment := wall_time(day, self.at, zone)) <= now:
            if moment > since:
                yield day
            day += _DAY

    def dated(self, day: date) -> date:
        """Return the date that is reached on that day."""
        return day - timedelta(days=self.days)


def birthdays(day: date) -> Sequence[tuple[int, int]]:
    """Return the months and days whose anniversary is kept on that day."""
    if (day.month, day.day) == (2, 28) and (day + _DAY).month == 3:
        return (2, 28), (2, 29)
    return ((day.month, day.day),)


Watch: TypeAlias = SegmentWatch | DateWatch
Members: TypeAlias = int | SegmentWatch
"""Those on a list, by its id, or those that a watch has seen belong."""
