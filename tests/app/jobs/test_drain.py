import gc
from collections.abc import Sequence
from types import SimpleNamespace

import pytest

from app.adapters import doorbell, queue
from app.jobs import drain
from app.services import drain as service


@pytest.mark.parametrize(("worked", "pauses"), [(1, 0), (20, 1), (4000, 0)])
def test_only_what_comes_in_small_numbers_is_gathered(monkeypatch: pytest.MonkeyPatch, worked: int, pauses: int):
    """One event alone is not held up by those that do not come, nor are thousands by some more."""
    slept: list[float] = []
    rung = iter([[3], []])
    monkeypatch.setattr(doorbell, "take", lambda: next(rung))
    monkeypatch.setattr(doorbell, "rest", lambda: False)
    monkeypatch.setattr(doorbell, "leave", lambda: None)
    monkeypatch.setattr(queue, "idle", lambda *_queues: True)
    collected: list[bool] = []

    def work(_parts: Sequence[int]) -> int:
        collected.append(gc.isenabled())
        return worked

    monkeypatch.setattr(service, "drain", work)
    monkeypatch.setattr(drain, "time", SimpleNamespace(monotonic=lambda: 0.0, sleep=slept.append))
    drain.drain()
    assert len(slept) == pauses
    assert next(rung, None) is None
    assert collected == [False]  # nobody looks for garbage among thousands of things in hand
    assert gc.isenabled()
