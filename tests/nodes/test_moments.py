from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.moments import UNIT_DAYS, Duration, add_months, due_day, later, next_time, wall_time

ZONES = [ZoneInfo(name) for name in ("Europe/Paris", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")]
moments = st.integers(631_152_000, 2_051_222_400).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(moments, st.sampled_from(ZONES), st.integers(1, 40), st.sampled_from(sorted(UNIT_DAYS)))
def test_later_is_later(moment: datetime, zone: ZoneInfo, amount: int, unit: str):
    """A duration always ends after it began, whatever the clocks do."""
    assert later(moment, Duration(amount, unit), zone) > moment  # type: ignore[arg-type]


@given(moments, st.sampled_from(ZONES), st.times().map(lambda clock: clock.replace(second=0, microsecond=0)))
def test_the_next_time_of_day_is_within_a_day_or_so(moment: datetime, zone: ZoneInfo, clock: time):
    """The next time a clock shows something is not past, and at most 25 hours away."""
    assert 0 <= (next_time(moment, clock, zone) - moment).total_seconds() <= 25 * 3600


@given(st.dates(date(1990, 1, 1), date(2035, 1, 1)), st.sampled_from(ZONES), st.times())
def test_wall_time_is_what_the_clock_shows(day: date, zone: ZoneInfo, clock: time):
    """Clocks show the time asked for, except where a change skips it: then they show a later one."""
    local = wall_time(day, clock, zone).astimezone(zone)
    assert (local.date(), local.time().replace(fold=0)) >= (day, clock.replace(fold=0))


@given(st.dates(date(1990, 1, 1), date(2035, 1, 1)), st.integers(0, 300))
def test_adding_months_changes_the_day_only_where_a_month_is_short(day: date, months: int):
    """The same day of the month, or the last day of a shorter month."""
    result = add_months(day, months)
    assert (result.year - day.year) * 12 + result.month - day.month == months
    assert result.day == day.day or (result.day < day.day and result.day >= 28)


@pytest.mark.row("E33")
@pytest.mark.parametrize(
    "written", ["", "+days", "+12345days", "+1day", "2018-5-15", "2018-02-30", "+²days", "+5months "]
)
def test_a_due_day_is_strictly_written(written: str):
    """Nothing but a day, or so many days or months from today."""
    with pytest.raises(ValueError, match=r".*"):
        due_day(written, date(2026, 11, 22))
