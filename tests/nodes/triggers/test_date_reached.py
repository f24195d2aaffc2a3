from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from nodes.watches import DateWatch, birthdays
from tests.support.steps import faults, registry, says

PARIS, AUCKLAND = ZoneInfo("Europe/Paris"), ZoneInfo("Pacific/Auckland")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def watch(clock: str = "09:00", days: int = 0) -> DateWatch:
    return DateWatch("BIRTHDAY", days, time.fromisoformat(clock), yearly=True)


def test_it_asks_for_a_date():
    """Only attributes that are dates can be chosen, and days before or after must be said."""
    assert faults("date_reached", {"attribute": "SCORE"}) == [("attribute", "invalid")]
    assert faults("date_reached", {"attribute": "BIRTHDAY", "when": "after"}) == [("days", "missing")]
    assert faults("date_reached", {"attribute": "BIRTHDAY"}) == []


@pytest.mark.parametrize(
    ("config", "days", "said"),
    [
        ({}, 0, "On BIRTHDAY at 09:00"),
        ({"when": "before", "days": 3}, -3, "3 days before BIRTHDAY at 09:00"),
        ({"when": "after", "days": 7, "yearly": True}, 7, "7 days after BIRTHDAY at 09:00, every year"),
        ({"when": "on", "days": 7, "time": "18:30"}, 0, "On BIRTHDAY at 18:30"),
    ],
)
def test_it_says_what_it_looks_for(config, days, said):
    """Days that the form does not show do not count."""
    node, config = registry()["date_reached"], {"attribute": "BIRTHDAY", **config}
    assert (node.watch(node.schema().visible(config)).days, says("date_reached", config).en) == (days, said)


def test_each_zone_has_its_own_morning():
    """Nine in Auckland is the evening before in Paris; between two looks a moment comes once."""
    before, after = at("2026-11-21 19:59"), at("2026-11-21 20:00")
    assert list(watch().due(before, after, AUCKLAND)) == [date(2026, 11, 22)]
    assert list(watch().due(before, after, PARIS)) == []
    assert list(watch().due(after, after + timedelta(minutes=1), AUCKLAND)) == []


def test_a_day_without_that_time_is_not_left_out():
    """At 02:30 on the day the clocks go forward there is no 02:30: it comes an hour later, once."""
    looks = [at("2026-03-28 22:00") + timedelta(minutes=30 * step) for step in range(12)]
    days = [day for since, now in pairwise(looks) for day in watch("02:30").due(since, now, PARIS)]
    assert days == [date(2026, 3, 29)]


def test_a_time_that_comes_twice_counts_once():
    """On the day the clocks go back."""
    looks = [at("2026-10-24 22:00") + timedelta(minutes=30 * step) for step in range(12)]
    days = [day for since, now in pairwise(looks) for day in watch("02:30").due(since, now, PARIS)]
    assert days == [date(2026, 10, 25)]


def test_what_was_missed_comes_day_by_day():
    """A look after two days finds both."""
    assert list(watch().due(at("2026-11-20 12:00"), at("2026-11-22 12:00"), PARIS)) == [
        date(2026, 11, 21),
        date(2026, 11, 22),
    ]


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        (date(2027, 2, 28), [(2, 28), (2, 29)]),
        (date(2028, 2, 28), [(2, 28)]),
        (date(2028, 2, 29), [(2, 29)]),
        (date(2100, 2, 28), [(2, 28), (2, 29)]),
        (date(2027, 3, 1), [(3, 1)]),
    ],
)
def test_the_29th_of_february_is_kept_on_the_28th(day, kept):
    """In years without one; in leap years on the day itself."""
    assert list(birthdays(day)) == kept


def test_days_before_reach_into_the_next_month():
    """Three days before 1 March is 26 February in a common year."""
    assert watch(days=-3).dated(date(2027, 2, 26)) == date(2027, 3, 1)
