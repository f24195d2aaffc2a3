"""What the clock looks for: days that come, and people who come to fit. The same wherever the events then go."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeAlias

from nodes.contract import Configuration, Trigger
from nodes.moments import wall_time
from nodes.registry import registry
from nodes.world import Contact
from tests.model.reading import Automation

Fits: TypeAlias = Callable[[int, Mapping[str, Any]], bool]
Told: TypeAlias = tuple[int, str, Mapping[str, Any]]  # who, the event, its properties

DAY: Final = timedelta(days=1)
PAUSES: Final = {"joined_segment": timedelta(seconds=5), "date_reached": timedelta(minutes=1)}


@dataclass
class Lookout:
    """One thing that is looked for: since when, when again, and who is known to fit."""

    type: str
    config: Configuration
    since: datetime
    due: datetime
    known: set[int] = field(default_factory=set)


class Clock:
    """Looks for what automations that are on ask for; several that ask for the same thing share a lookout."""

    def __init__(self, automations: Sequence[Automation], people: Mapping[int, Contact], fits: Fits) -> None:
        self.automations, self.people, self.fits = automations, people, fits
        self.lookouts: dict[str, Lookout] = {}

    def look(self, now: datetime, paused: Collection[int]) -> Iterator[Told]:
        """Yield what has come about, the lookout that was due first before the others."""
        self._renew(now, paused)
        for subject, lookout in sorted(self.lookouts.items(), key=lambda each: each[1].due):
            if lookout.due <= now:
                yield from (
                    self._reached(subject, lookout, now)
                    if lookout.type == "date_reached"
                    else self._joined(subject, lookout)
                )
                lookout.since, lookout.due = now, now + PAUSES[lookout.type]

    def _renew(self, now: datetime, paused: Collection[int]) -> None:
        """Who fits when one begins to look is known already."""
        wanted = {
            subject: asked for each in self.automations if each.number not in paused for subject, asked in _asked(each)
        }
        self.lookouts = {subject: each for subject, each in self.lookouts.items() if subject in wanted}
        for subject in sorted(wanted.keys() - self.lookouts.keys()):
            self.lookouts[subject] = Lookout(*wanted[subject], now, now)
            if wanted[subject][0] == "joined_segment":
                self.lookouts[subject].known = self._fitting(wanted[subject][1])

    def _joined(self, subject: str, lookout: Lookout) -> Iterator[Told]:
        before, lookout.known = lookout.known, self._fitting(lookout.config)
        for who in sorted(lookout.known - before):
            yield who, "segment_joined", {"watch": subject}

    def _fitting(self, config: Configuration) -> set[int]:
        return {who for who in self.people if self.fits(who, config["condition"])}

    def _reached(self, subject: str, lookout: Lookout, now: datetime) -> Iterator[Told]:
        """The time of day on the day, by the clock where the person is; what is older than a day is over."""
        since = max(lookout.since, now - DAY)
        for who, contact in self.people.items():
            stored = contact.attributes.get(lookout.config["attribute"])
            for dated in _days(stored, lookout.config, since, now) if isinstance(stored, date) else ():
                at = time.fromisoformat(lookout.config["time"])
                if since < wall_time(dated + _shift(lookout.config), at, contact.time_zone) <= now:
                    properties = {"attribute": lookout.config["attribute"], "date": dated.isoformat()}
                    yield who, "date_reached", {"watch": subject, **properties}


def _asked(automation: Automation) -> Iterator[tuple[str, tuple[str, Configuration]]]:
    for way_in in automation.triggers:
        kind = registry().get(way_in.type)
        if isinstance(kind, Trigger) and (watch := kind.watch(way_in.written)) is not None:
            yield str(watch.topic.subject), (way_in.type, way_in.written)


def _shift(config: Configuration) -> timedelta:
    days: int = config.get("days", 0)
    return {"on": 0, "before": -1, "after": 1}[config["when"]] * days * DAY


def _days(stored: date, config: Configuration, since: datetime, now: datetime) -> Iterator[date]:
    """Yield the date, or its anniversaries up to now; those of 29 February are the 28th in other years."""
    if not config["yearly"]:
        yield stored
        return
    for year in range(max(stored.year, since.year - 2), now.year + 3):
        leap = (stored.month, stored.day) == (2, 29)
        yield date(year, 2, 28) if leap and year % 4 else stored.replace(year=year)
