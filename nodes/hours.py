"""Hours of the week on a contact's clock: when they begin, whether they hold, and how they are said."""

from collections.abc import Collection, Iterator
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from nodes.moments import EVERY_DAY, wall_time
from nodes.texts import Text, join

_NAMES: Final = (
    Text("Mon", "lun.", "пн"),
    Text("Tue", "mar.", "вт"),
    Text("Wed", "mer.", "ср"),
    Text("Thu", "jeu.", "чт"),
    Text("Fri", "ven.", "пт"),
    Text("Sat", "sam.", "сб"),
    Text("Sun", "dim.", "вс"),
)


class Hours(NamedTuple):
    """Hours that begin at `opens` on `days` of the week (1: Monday, 7: Sunday) and end at `closes`.

    Where that is not later than `opens`, they end on the next day: equal times mean a whole day.
    """

    days: frozenset[int]
    opens: time
    closes: time

    def next_open(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Return `now` while they hold, else the moment (UTC) when they begin next."""
        return next(max(begin, now) for begin, end in self._around(now, zone) if now <= begin or now < end)

    def over(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """Return when the hours that hold `now` end (UTC), with those that follow at once; None: none hold.

        Hours that never end are looked at a week ahead.
        """
        over = None
        for begin, end in self._around(now, zone):
            if begin <= (over or now) < end:
                over = end
        return over

    def _around(self, now: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        """Yield when they begin and end (UTC), in order, from those of yesterday to those in a week."""
        today = now.astimezone(zone).date()
        overnight = timedelta(days=1 if self.closes <= self.opens else 0)
        for day in (today + timedelta(days=days) for days in range(-1, 8)):
            if day.isoweekday() in self.days:
                yield wall_time(day, self.opens, zone), wall_time(day + overnight, self.closes, zone)


def say_days(days: Collection[int]) -> Text:
    """Return days of the week in words, short."""
    if set(days) == EVERY_DAY:
        return Text("every day", "tous les jours", "каждый день")
    return join(", ", [_NAMES[day - 1] for day in sorted(days)])
