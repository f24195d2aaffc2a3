"""When a campaign reaches whom: at one moment, or when the clock of each recipient shows the same."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from nodes.moments import wall_time

# Nowhere on earth are clocks further ahead.
_EARLIEST: Final = timedelta(hours=14)


class Moment(NamedTuple):
    """When some time zones are due; `zones` None: all that are left. The zone '' is the workspace's."""

    at: datetime
    zones: tuple[str, ...] | None


def first(send_at: datetime, home: ZoneInfo) -> datetime:
    """Return when the wall time that `send_at` is at home comes first anywhere."""
    wall = send_at.astimezone(home)
    return wall_time(wall.date(), wall.time(), ZoneInfo("UTC")) - _EARLIEST


def in_own_zones(send_at: datetime, home: ZoneInfo, zones: Collection[str]) -> Sequence[Moment]:
    """Return the moments at which zones read what home reads at `send_at`, in order.

    The last one is for all that are left by then: who moved meanwhile is not forgotten.
    """
    wall = send_at.astimezone(home)
    due: defaultdict[datetime, list[str]] = defaultdict(list)
    for name in sorted({"", *zones}):
        zone = ZoneInfo(name) if name else home
        due[wall_time(wall.date(), wall.time(), zone)].append(name)
    *earlier, (at, _) = sorted(due.items())
    return [*(Moment(each, tuple(names)) for each, names in earlier), Moment(at, None)]
