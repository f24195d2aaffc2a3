"""When contacts may enter: days of the week and hours of the day, by the clock where each contact is."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from nodes.moments import wall_time


@dataclass(frozen=True, slots=True)
class Hours:
    """From `opens` to just before `closes`, on `days` (1 is Monday). Whoever comes at another time waits, or does not.

    There is at least one day, and `opens` is before `closes`.
    """

    days: frozenset[int]
    opens: time
    closes: time
    waits: bool

    def next_open(self, now: datetime, zone: ZoneInfo) -> datetime:
        """Return `now` if it is within the hours, else the moment (UTC) when they begin again."""
        day = now.astimezone(zone).date()
        while True:
            opening, closing = wall_time(day, self.opens, zone), wall_time(day, self.closes, zone)
            if day.isoweekday() in self.days and now < closing:
                return max(now, opening)
            day += timedelta(days=1)
