"""What a rehearsal knows of events that came before: counted as of whatever its clock shows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, Self

from nodes.world import Event, EventCount, Json, Moment

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
        self._before = {name: len(known) for name, known in self._events.items()}

    def add(self, event: Event) -> None:
        """Remember one event more."""
        self._events[event.name].append(event)

    @property
    def times(self) -> "Times":
        """When its events happened, question by question."""
        return Times(self)

    def moments(self, question: EventCount) -> list[Moment]:
        """Return when such events happened until now; those of before came in before all that comes since."""
        before = self._before.get(question.event, 0)
        return [
            Moment(0 if place < before else each.id, each.at)
            for place, each in enumerate(self._events.get(question.event, ()))
            if each.at <= self._clock.now and _has(each.properties, question.where)
        ]

    def __getitem__(self, question: EventCount) -> int:
        since = _NEVER if question.days is None else self._clock.now - timedelta(days=question.days)
        return sum(each.at >= since for each in self.moments(question))

    def __iter__(self) -> Iterator[EventCount]:
        return (EventCount(name, None) for name in self._events)

    def __len__(self) -> int:
        return len(self._events)

    def __deepcopy__(self, memo: object) -> Self:
        """Stay itself: the past is the same for every copy of a contact."""
        return self


class Times(Mapping[EventCount, Sequence[Moment]]):
    """When one contact's events happened, in place of what is loaded beforehand."""

    def __init__(self, past: Past) -> None:
        self._past = past

    def __getitem__(self, question: EventCount) -> Sequence[Moment]:
        return self._past.moments(question)

    def __iter__(self) -> Iterator[EventCount]:
        return iter(self._past)

    def __len__(self) -> int:
        return len(self._past)

    def __deepcopy__(self, memo: object) -> Self:
        """Stay itself, as the past does."""
        return self


def _has(properties: Mapping[str, Json], where: Iterable[tuple[str, Json]]) -> bool:
    return all(key in properties and properties[key] == value for key, value in where)
