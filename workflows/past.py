"""What a rehearsal knows of events that came before: counted as of whatever its clock shows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, Self

from nodes.world import Event, EventCount, Json

_NEVER: Final = datetime.min.replace(tzinfo=UTC)


class Clock:
    """The time of a rehearsal, moved by whoever plays it."""

    def __init__(self, now: datetime) -> None:
        self.now = now


class Past(Mapping[EventCount, int]):
    """One contact's events, as the answers to whichever question is asked: in place of counts loaded beforehand."""

    def __init__(self, clock: Clock, events: Iterable[Event] = ()) -> None:
        self._clock = clock
        self._events: defaultdict[str, list[Event]] = defaultdict(list)
        for event in events:
            self.add(event)

    def add(self, event: Event) -> None:
        """Remember one event more."""
        self._events[event.name].append(event)

    def __getitem__(self, question: EventCount) -> int:
        now = self._clock.now
        since = _NEVER if question.days is None else now - timedelta(days=question.days)
        return sum(
            1
            for each in self._events.get(question.event, ())
            if since <= each.at <= now and _has(each.properties, question.where)
        )

    def __iter__(self) -> Iterator[EventCount]:
        return (EventCount(name, None) for name in self._events)

    def __len__(self) -> int:
        return len(self._events)

    def __deepcopy__(self, memo: object) -> Self:
        """Stay itself: the past is the same for every copy of a contact."""
        return self


def _has(properties: Mapping[str, Json], where: Iterable[tuple[str, Json]]) -> bool:
    return all(key in properties and properties[key] == value for key, value in where)
