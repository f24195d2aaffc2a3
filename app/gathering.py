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
    """One that waits: woken when it was answered, or, without an outcome, when it is its turn to work."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.woken = threading.Event()
        self.outcome: Answer | BaseException | None = None


class Gathering(Generic[Item, Answer]):
    """Calls of one kind.

    `work` gives an answer (not None) to each of at most `most` items, in their order, or raises and leaves nothing
    done: then it is asked once more for each by itself, so that what is wrong with one is not the others' trouble. It
    runs in the context of any of the callers.
    """

    def __init__(self, work: Callable[[Sequence[Item]], Sequence[Answer]], most: int) -> None:
        self._work = work
        self._most = most
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
        if call.outcome is None:
            self._answer_waiting()
        if isinstance(call.outcome, BaseException):
            raise call.outcome
        assert call.outcome is not None  # noqa: S101 - for the type checker: whoever works is among those answered
        return call.outcome

    def _answer_waiting(self) -> None:
        with self._lock:
            taken = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
        for call, outcome in zip(taken, self._outcomes([call.item for call in taken]), strict=True):
            call.outcome = outcome
        with self._lock:
            following = list(self._waiting)[:1]
            self._working = bool(following)
        for call in (*following, *taken):
            call.woken.set()

    def _outcomes(self, items: Sequence[Item]) -> Sequence[Answer | BaseException]:
        try:
            return self._work(items)
        except BaseException as error:  # noqa: BLE001 - those who wait hear of it, whatever it is
            if len(items) == 1 or not isinstance(error, Exception):
                return [error] * len(items)
        return [self._outcomes([item])[0] for item in items]
