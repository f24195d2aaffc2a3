import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.gathering import Gathering


class Desk:
    """Doubles numbers, when it is let to; an odd one is refused."""

    def __init__(self, most: int = 10) -> None:
        self.open = threading.Event()
        self.busy = threading.Semaphore(0)
        self.batches: list[list[int]] = []
        self.breaks: Exception | None = None
        self.calls = Gathering(self._work, most, lambda error: isinstance(error, ValueError))

    def _work(self, items: Sequence[int]) -> Sequence[int]:
        self.batches.append(list(items))
        self.busy.release()
        self.open.wait(5)
        if self.breaks and len(items) > 1:
            raise self.breaks
        if odd := [item for item in items if item % 2]:
            raise ValueError(odd)
        return [item * 2 for item in items]

    def crowd(self, pool: ThreadPoolExecutor, items: Sequence[int]) -> list:
        """Let these wait, in this order."""
        asked = []
        for number, item in enumerate(items, 1):
            asked.append(pool.submit(self.calls.ask, item))
            while len(self.calls._waiting) < number:
                pass
        return asked


def test_one_that_comes_alone_is_answered_alone():
    """Nobody waits for others to come."""
    desk = Desk()
    desk.open.set()
    assert [desk.calls.ask(2), desk.calls.ask(4)] == [4, 8]
    assert desk.batches == [[2], [4]]


def test_those_who_come_meanwhile_are_answered_together():
    """While one is worked for, the others gather: each gets its own answer, in the order they came."""
    desk = Desk()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(desk.calls.ask, 2)
        desk.busy.acquire()
        others = desk.crowd(pool, [4, 6, 8])
        desk.open.set()
        assert [first.result(), *(each.result() for each in others)] == [4, 8, 12, 16]
    assert desk.batches == [[2], [4, 6, 8]]


def test_no_more_than_the_most_at_once():
    """A crowd is answered in several turns, and nobody is left over."""
    desk = Desk(most=2)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(desk.calls.ask, 2)
        desk.busy.acquire()
        others = desk.crowd(pool, [4, 6, 8])
        desk.open.set()
        assert [first.result(), *(each.result() for each in others)] == [4, 8, 12, 16]
    assert desk.batches == [[2], [4, 6], [8]]


def test_a_refusal_is_for_whoever_it_is_meant():
    """One is refused, its neighbours are answered: what broke for all is done once more for each."""
    desk = Desk()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(desk.calls.ask, 2)
        desk.busy.acquire()
        odd, even = desk.crowd(pool, [3, 4])
        desk.open.set()
        assert [first.result(), even.result()] == [4, 8]
        with pytest.raises(ValueError, match="3"):
            odd.result()


def test_whatever_breaks_nobody_waits_for_ever():
    """If the process is told to end, all of the callers hear of it, and the next is worked for."""
    breaks = [True]

    def work(items: Sequence[int]) -> Sequence[int]:
        if breaks.pop():
            raise KeyboardInterrupt
        return items

    calls = Gathering(work, 10, lambda _error: True)
    with pytest.raises(KeyboardInterrupt):
        calls.ask(1)
    breaks.append(False)
    assert calls.ask(2) == 2


def test_what_may_be_done_is_not_done_again():
    """If nobody knows what became of it, all who wait are told so, and nothing is tried once more."""
    desk = Desk()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(desk.calls.ask, 2)
        desk.busy.acquire()
        others = desk.crowd(pool, [4, 6])
        desk.breaks = ConnectionError("away")
        desk.open.set()
        assert first.result() == 4
        for each in others:
            with pytest.raises(ConnectionError):
                each.result()
    assert desk.batches == [[2], [4, 6]]
