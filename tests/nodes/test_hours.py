from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from nodes.hours import Hours

PARIS = ZoneInfo("Europe/Paris")
WEEKDAYS = Hours(frozenset(range(1, 6)), time(9), time(18))


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23 10:00", "2026-11-23 10:00"),  # Monday, eleven in Paris
        ("2026-11-23 07:30", "2026-11-23 08:00"),  # before the hours
        ("2026-11-23 17:00", "2026-11-24 08:00"),  # at the very end: tomorrow
        ("2026-11-20 19:00", "2026-11-23 08:00"),  # Friday evening: Monday
        ("2026-11-22 23:30", "2026-11-23 08:00"),  # Sunday here, half past midnight on Monday in Paris
    ],
)
def test_it_opens_by_the_clock_of_the_contact(now: str, opens: str):
    """Within the hours at once, else when they begin again where the contact is."""
    moments = [datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (now, opens)]
    assert WEEKDAYS.next_open(moments[0], PARIS) == moments[1]


def test_the_change_of_the_clocks_does_not_move_the_hours():
    """Nine is nine on both sides of the change."""
    sunday = Hours(frozenset({7}), time(9), time(18))
    after = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert sunday.next_open(after, PARIS) == datetime(2026, 10, 25, 8, 0, tzinfo=UTC)
