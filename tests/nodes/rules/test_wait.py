from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.steps import faults, person, ports, says, walk

PARIS, NEW_YORK, SYDNEY = ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York"), ZoneInfo("Australia/Sydney")


def wait(config: dict[str, Any], now: datetime, zone: ZoneInfo = PARIS, **facts: Any) -> datetime | None:
    """Until when one contact waits; None when it goes on at once."""
    step = walk("wait", config, person(time_zone=zone, **facts), now=now)
    return step.waits[0].until if step.waits else None


def lasting(amount: int, unit: str) -> dict[str, Any]:
    return {"until": "duration", "duration": {"amount": amount, "unit": unit}}


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("config", "now", "until"),
    [
        (lasting(90, "minutes"), utc(2026, 3, 29, 0, 30), utc(2026, 3, 29, 2, 0)),
        (lasting(3, "hours"), utc(2026, 10, 25, 0, 0), utc(2026, 10, 25, 3, 0)),
        (lasting(1, "days"), utc(2026, 3, 28, 8, 0), utc(2026, 3, 29, 7, 0)),
        (lasting(1, "days"), utc(2026, 10, 24, 7, 0), utc(2026, 10, 25, 8, 0)),
        (lasting(1, "days"), utc(2026, 3, 28, 1, 30), utc(2026, 3, 29, 1, 30)),
        (lasting(1, "days"), utc(2026, 10, 24, 0, 30), utc(2026, 10, 25, 0, 30)),
        (lasting(2, "weeks"), utc(2026, 3, 20, 8, 0), utc(2026, 4, 3, 7, 0)),
        (lasting(1, "months"), utc(2026, 1, 31, 9, 0), utc(2026, 2, 28, 9, 0)),
        (lasting(13, "months"), utc(2027, 1, 31, 9, 0), utc(2028, 2, 29, 9, 0)),
        (lasting(5, "months"), utc(2026, 8, 31, 8, 0), utc(2027, 1, 31, 9, 0)),
    ],
)
def test_a_duration_is_exact_where_the_contact_is(config: dict[str, Any], now: datetime, until: datetime):
    """Minutes and hours are elapsed time; days, weeks and months keep the clock's time over both changes of clocks.

    What a change skips lies as much later; what comes twice is taken the first time.
    """
    assert wait(config, now) == until


@pytest.mark.parametrize(
    ("clock", "now", "zone", "until"),
    [
        ("09:00", utc(2026, 11, 22, 7, 0), PARIS, utc(2026, 11, 22, 8, 0)),
        ("09:00", utc(2026, 11, 22, 8, 1), PARIS, utc(2026, 11, 23, 8, 0)),
        ("09:00", utc(2026, 11, 22, 7, 0), NEW_YORK, utc(2026, 11, 22, 14, 0)),
        ("09:00", utc(2026, 11, 22, 7, 0), SYDNEY, utc(2026, 11, 22, 22, 0)),
        ("02:30", utc(2026, 3, 29, 0, 0), PARIS, utc(2026, 3, 29, 1, 30)),
        ("02:30", utc(2026, 10, 25, 0, 0), PARIS, utc(2026, 10, 25, 0, 30)),
        ("09:00", utc(2026, 11, 22, 8, 0), PARIS, None),
    ],
)
def test_a_time_of_day_is_told_by_the_contacts_clock(clock: str, now: datetime, zone: ZoneInfo, until: datetime | None):
    """The next moment when the clock there shows that time, now included."""
    assert wait({"until": "time_of_day", "time": clock}, now, zone) == until


def test_a_date_begins_in_the_morning_there():
    """Until a date means nine o'clock, or the time given, where the contact is; what is past is past."""
    now = utc(2026, 11, 22, 10, 0)
    assert wait({"until": "date", "date": "2026-12-24"}, now, NEW_YORK) == utc(2026, 12, 24, 14, 0)
    assert wait({"until": "date", "date": "2026-12-24", "time": "18:30"}, now) == utc(2026, 12, 24, 17, 30)
    assert wait({"until": "date", "date": "2026-11-22"}, now) is None


def test_a_date_of_the_contact_is_waited_for():
    """Each contact waits for its own date; without one, or after it, it goes on."""
    config, now = {"until": "attribute", "attribute": "BIRTHDAY"}, utc(2026, 11, 22, 10, 0)
    assert wait(config, now, BIRTHDAY=date(2026, 12, 1)) == utc(2026, 12, 1, 8, 0)
    assert wait(config, now, BIRTHDAY=date(1990, 12, 1)) is None
    assert wait(config, now, BIRTHDAY=None) is None


MON, WED, SAT, SUN = 1, 3, 6, 7


@pytest.mark.parametrize(
    ("days", "clock", "now", "zone", "until"),
    [
        ([MON], "09:00", utc(2026, 11, 22, 10, 0), PARIS, utc(2026, 11, 23, 8, 0)),
        ([MON], "09:00", utc(2026, 11, 23, 8, 0), PARIS, None),
        ([MON], "09:00", utc(2026, 11, 23, 8, 1), PARIS, utc(2026, 11, 30, 8, 0)),
        ([MON, WED], "09:00", utc(2026, 11, 23, 8, 1), PARIS, utc(2026, 11, 25, 8, 0)),
        ([SUN], "09:00", utc(2026, 3, 28, 12, 0), PARIS, utc(2026, 3, 29, 7, 0)),
        ([SUN], "02:30", utc(2026, 3, 28, 12, 0), PARIS, utc(2026, 3, 29, 1, 30)),
        ([SUN], "02:30", utc(2026, 10, 25, 0, 31), PARIS, utc(2026, 11, 1, 1, 30)),
        ([SUN], "09:00", utc(2026, 11, 21, 23, 0), SYDNEY, utc(2026, 11, 28, 22, 0)),
        ([MON], "00:00", utc(2026, 11, 22, 10, 0), SYDNEY, utc(2026, 11, 22, 13, 0)),
        ([SUN], "21:00", utc(2026, 11, 23, 1, 0), NEW_YORK, utc(2026, 11, 23, 2, 0)),
    ],
)
def test_a_day_of_the_week_is_told_by_the_contacts_calendar(
    days: list[int], clock: str, now: datetime, zone: ZoneInfo, until: datetime | None
):
    """The next of these days, there, when the clock shows that time, now included, over both changes of clocks."""
    assert wait({"until": "weekday", "weekdays": days, "time": clock}, now, zone) == until


@pytest.mark.parametrize(
    ("days", "hours", "now", "zone", "until"),
    [
        ([MON], ("09:00", "18:00"), utc(2026, 11, 23, 7, 59), PARIS, utc(2026, 11, 23, 8, 0)),
        ([MON], ("09:00", "18:00"), utc(2026, 11, 23, 8, 0), PARIS, None),
        ([MON], ("09:00", "18:00"), utc(2026, 11, 23, 16, 59), PARIS, None),
        ([MON], ("09:00", "18:00"), utc(2026, 11, 23, 17, 0), PARIS, utc(2026, 11, 30, 8, 0)),
        ([MON], ("09:00", "18:00"), utc(2026, 11, 22, 22, 0), SYDNEY, None),
        ([SAT], ("22:00", "04:00"), utc(2026, 3, 29, 0, 30), PARIS, None),
        ([SAT], ("22:00", "04:00"), utc(2026, 3, 29, 2, 0), PARIS, utc(2026, 4, 4, 20, 0)),
        ([SAT], ("22:00", "04:00"), utc(2026, 10, 25, 2, 59), PARIS, None),
        ([SAT], ("22:00", "04:00"), utc(2026, 10, 25, 3, 0), PARIS, utc(2026, 10, 31, 21, 0)),
        ([SUN], ("00:00", "00:00"), utc(2026, 11, 1, 4, 0), NEW_YORK, None),
        ([SUN], ("00:00", "00:00"), utc(2026, 11, 2, 4, 59), NEW_YORK, None),
        ([SUN], ("00:00", "00:00"), utc(2026, 11, 2, 5, 0), NEW_YORK, utc(2026, 11, 8, 5, 0)),
        ([SUN], ("02:30", "03:00"), utc(2026, 3, 29, 0, 30), PARIS, utc(2026, 3, 29, 1, 30)),
    ],
)
def test_within_the_hours_one_goes_on_and_else_waits_for_them(
    days: list[int], hours: tuple[str, str], now: datetime, zone: ZoneInfo, until: datetime | None
):
    """Hours may last into the next day, equal times are a whole day, and a night of a clock change is as long as it is.

    Where the change skips the beginning, the hours open as much later, however short they then are.
    """
    opens, closes = hours
    assert wait({"until": "window", "weekdays": days, "opens": opens, "closes": closes}, now, zone) == until


def test_days_and_hours_have_usual_values():
    """Without more being said, a day of the week is a working day at nine, and the hours are those of an office."""
    friday_evening = utc(2026, 11, 27, 18, 0)
    assert wait({"until": "weekday"}, friday_evening) == utc(2026, 11, 30, 8, 0)
    assert wait({"until": "window"}, friday_evening) == utc(2026, 11, 30, 8, 0)


def test_after_the_wait_the_way_is_next():
    """Waiting contacts leave by the only way out, as do those who need not wait."""
    step = walk(
        "wait", {"until": "attribute", "attribute": "BIRTHDAY"}, person(1), person(2, BIRTHDAY=date(2030, 1, 1))
    )
    assert ports(step) == {"next": [1]}
    assert [each.port for each in step.waits] == ["next"]


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({}, [("duration", "missing")]),
        (lasting(0, "days"), [("duration", "invalid")]),
        (lasting(11, "years"), [("duration", "invalid")]),
        (lasting(3661, "days"), [("duration", "invalid")]),
        ({"until": "date", "date": "2026-02-30"}, [("date", "invalid")]),
        ({"until": "date", "date": "2018-W20-2"}, [("date", "invalid")]),
        ({"until": "time_of_day", "time": "24:00"}, [("time", "invalid")]),
        ({"until": "attribute", "attribute": "SCORE"}, [("attribute", "invalid")]),
        ({"until": "then"}, [("until", "invalid")]),
        ({"until": "weekday", "weekdays": []}, [("weekdays", "invalid")]),
        ({"until": "weekday", "weekdays": [0]}, [("weekdays", "invalid")]),
        ({"until": "weekday", "weekdays": [1, 1]}, [("weekdays", "invalid")]),
        ({"until": "weekday", "weekdays": [True]}, [("weekdays", "invalid")]),
        ({"until": "window", "weekdays": [8], "closes": "24:00"}, [("weekdays", "invalid"), ("closes", "invalid")]),
    ],
)
def test_what_cannot_be_waited_for_is_a_fault(config: dict[str, Any], found: list[tuple[str, str]]):
    """Each way of waiting needs its own settings, and sound ones."""
    assert faults("wait", config) == found


def test_settings_of_another_way_do_not_count():
    """What the form does not show is neither checked nor used."""
    config = {"until": "time_of_day", "time": "09:00", "date": "nonsense", "duration": 5}
    assert faults("wait", config) == []
    assert wait(config, utc(2026, 11, 22, 7, 0)) == utc(2026, 11, 22, 8, 0)


def test_its_sentence_has_the_right_plural():
    """Durations are said as people say them."""
    assert says("wait", lasting(1, "days")).en == "Wait 1 day"
    assert says("wait", lasting(3, "months")).fr == "Attendre 3 mois"
    assert [says("wait", lasting(n, "days")).ru for n in (1, 2, 11, 21)] == [
        "Ждать 1 день",
        "Ждать 2 дня",
        "Ждать 11 дней",
        "Ждать 21 день",
    ]


def test_its_sentence_names_days_and_hours():
    """Days of the week are said short, all seven at once."""
    assert says("wait", {"until": "weekday", "weekdays": [WED, MON], "time": "10:00"}).fr == (
        "Attendre lun., mer. à 10:00"
    )
    assert says("wait", {"until": "window", "weekdays": list(range(1, 8))}).en == "Wait until every day, 09:00–18:00"
