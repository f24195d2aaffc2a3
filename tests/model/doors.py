"""When an automation is open to contacts, for how many a day, and when it leaves them in peace."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from tests.model.reading import Automation
from tests.model.rules import within

_MINUTES: Final = 9 * 24 * 60  # as far as anything is looked ahead


def opening(automation: Automation, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the first minute at which contacts in that zone may enter."""
    hours = automation.settings.get("entry_hours")
    if not hours:
        return now
    return next(each for each in _minutes(now) if _hold(hours, each, zone))


def quiet_until(automation: Automation, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first minute at which steps may reach who is in that zone; None: now."""
    hours = automation.settings.get("quiet_hours")
    if not hours or hours["then"] == "send" or not _hold(hours, now, zone):
        return None
    return next(each for each in _minutes(now) if not _hold(hours, each, zone))


def _minutes(now: datetime) -> Iterator[datetime]:
    return (now + timedelta(minutes=ahead) for ahead in range(_MINUTES))


def _hold(hours: Mapping[str, Any], moment: datetime, zone: ZoneInfo) -> bool:
    opens, closes = time.fromisoformat(hours["from"]), time.fromisoformat(hours["to"])
    return within(moment.astimezone(zone), hours.get("days", range(1, 8)), opens, closes)


class Room:
    """How many may still enter each automation on a day of the workspace."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.taken: Counter[tuple[int, date]] = Counter()

    def take(self, automation: Automation, now: datetime) -> bool:
        """Take a place, if one is left."""
        day = (automation.number, now.astimezone(self.zone).date())
        limit = automation.settings.get("entry_limit")
        if limit is not None and self.taken[day] >= limit:
            return False
        self.taken[day] += 1
        return True
