"""Letting calls that come at the same time be answered together, so that they share one transaction.

Whoever comes while nobody works begins at once. Who comes meanwhile waits, and the first of those then works for all of
them: one that comes alone waits for nobody, and the more there are, the less each costs.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class _Call(Generic[Item, Answer]):
    """One that waits: woken when it was answered or is to work `alone`, else when it is its turn to work for all."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.woken = threading.Event()
        self.outcome: Answer | BaseException | None = None
        self.alone = False


class Gathering(Generic[Item, Answer]):
    """Calls of one kind.

    `work` gives an answer (not None) to each of at most `most` items, in their order, in the context of any of the
    callers. If it raises, and `undone` tells that it has left nothing done, each caller does its own: what is wrong
    with one is not the others' trouble. Otherwise all of them hear of it, and know best whether to ask again.
    """

    def __init__(
        self, work: Callable[[Sequence[Item]], Sequence[Answer]], most: int, undone: Callable[[Exception], bool]
    ) -> None:
        self._work = work
        self._most = most
        self._undone = undone
        self._lock = threading.Lock()
        self._waiting: deque[_Call[Item, Answer]] = deque()
        self._working = False

    def ask(self, item: Item) -> Answer:
        """Return the answer to one item, or raise what `work` raised for it."""
        call = _Call[Item, Answer](item)
        with self._lock:
            self._waiting.append(call)
            first, self._working = not self._working, True
        if not first:
            call.woken.wait()
        if call.outcome is None and not call.alone:
            self._answer_waiting()
        if call.alone:
            return self._work([item])[0]
        if isinstance(call.outcome, BaseException):
            raise call.outcome
        assert call.outcome is not None  # noqa: S101 - for the type checker: whoever works is among those answered
        return call.outcome

    def _answer_waiting(self) -> None:
        with self._lock:
            taken = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        self._answer(taken)
        with self._lock:
            following = list(self._waiting)[:1]
            self._working = bool(following)
        for call in (*following, *taken):
            call.woken.set()

    def _answer(self, calls: Sequence[_Call[Item, Answer]]) -> None:
        try:
            for call, answer in zip(calls, self._work([call.item for call in calls]), strict=True):
                call.outcome = answer
        except BaseException as error:  # noqa: BLE001 - those who wait hear of it, whatever it is
            apart = len(calls) > 1 and isinstance(error, Exception) and self._undone(error)
            for call in calls:
                call.alone, call.outcome = apart, error
