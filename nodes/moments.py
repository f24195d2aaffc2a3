"""Wall time: durations, days and times of day in a contact's own zone, exact over daylight-saving changes."""

import re
from calendar import monthrange
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

Unit: TypeAlias = Literal["minutes", "hours", "days", "weeks", "months"]
UNIT_DAYS: Final[Mapping[Unit, float]] = {"minutes": 1 / 1440, "hours": 1 / 24, "days": 1, "weeks": 7, "months": 30}
LONGEST_DAYS: Final = 3660
EVERY_DAY: Final = frozenset(range(1, 8))
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_RELATIVE = re.compile(r"\+(\d{1,4})(days|months)", re.ASCII)


class Duration(NamedTuple):
    """A span of time as people say it."""

    amount: int
    unit: Unit


SEVEN_DAYS: Final = Duration(7, "days")
"""How long steps wait that nobody told how long."""


def in_days(amount: int, unit: Unit) -> float:
    """Return about how many days a span lasts."""
    return amount * UNIT_DAYS[unit]


def wall_time(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) when clocks in `zone` show that time on that day.

    A time that a clock change skips lies as much later as the clocks jump; of one that comes twice it is the first.
    """
    return datetime.combine(day, clock.replace(fold=0), zone).astimezone(UTC)


def later(moment: datetime, duration: Duration, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) that is so much later.

    Minutes and hours are elapsed time; days, weeks and months keep the time on the clock in `zone`. A month later than
    the 31st is the last day of a shorter month.
    """
    amount, unit = duration
    if unit in {"minutes", "hours"}:
        return moment.astimezone(UTC) + timedelta(days=0, **{unit: amount})
    local = moment.astimezone(zone)
    day = add_months(local.date(), amount) if unit == "months" else local.date() + timedelta(**{unit: amount})
    return wall_time(day, local.time(), zone)


def next_time(now: datetime, clock: time, zone: ZoneInfo, days: Collection[int] = EVERY_DAY) -> datetime:
    """Return the next moment (UTC), `now` included, when clocks in `zone` show `clock` on one of the days of the week.

    Monday is 1, Sunday 7.
    """
    today = now.astimezone(zone).date()
    coming = (today + timedelta(days=ahead) for ahead in range(8))
    moments = (wall_time(day, clock, zone) for day in coming if day.isoweekday() in days)
    return next(moment for moment in moments if moment >= now)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month if it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def iso_day(written: str) -> date:
    """Return the day written `YYYY-MM-DD`; raises ValueError for anything else."""
    if not _DAY.fullmatch(written):
        raise ValueError(written)
    return date.fromisoformat(written)


def due_in(written: str) -> Duration | None:
    """Return the span that is written `+2days` or `+5months`; None for anything else."""
    relative = _RELATIVE.fullmatch(written)
    if relative is None:
        return None
    amount, unit = relative.groups()
    return Duration(int(amount), "months" if unit == "months" else "days")


def due_day(written: str, today: date) -> date:
    """Return the day meant by `YYYY-MM-DD`, `+2days` or `+5months`, counted from `today`.

    Raises ValueError for anything else.
    """
    span = due_in(written)
    if span is None:
        return iso_day(written)
    try:
        return add_months(today, span.amount) if span.unit == "months" else today + timedelta(days=span.amount)
    except OverflowError as error:
        raise ValueError(written) from error
