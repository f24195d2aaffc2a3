"""One who asks for a crowd again while the first request is still under way."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.orm import Session

from app.models import BulkEntry
from app.permissions import Actor, acting_as
from app.services import entries, workspace
from app.services.entries import Asked, Crowd, asking
from tests.factories.users import make_user
from tests.support import live

ASKING = 2


def test_two_who_ask_at_once_are_told_the_same(committed_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither is refused, and the crowd enters once."""
    workspace.setup()
    automation, user = live.activate(live.document([("opened", "email_opened", {})], [])), make_user()
    open_entry, both = asking.open_entry, threading.Barrier(ASKING)

    def slowly(session: Session, row: BulkEntry) -> int:
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(0.5)  # so that two who do not wait for each other would be here together
        return open_entry(session, row)

    monkeypatch.setattr(asking, "open_entry", slowly)

    def ask(_: int) -> Asked:
        with acting_as(Actor("person", frozenset(), user_id=user.id)):
            return entries.enter_crowd(automation, Crowd(), None, "m-1")

    with ThreadPoolExecutor(ASKING) as pool:
        answers = list(pool.map(ask, range(ASKING)))
    assert len({each.bulk_entry for each in answers}) == 1
    assert len(entries.of_automation(automation)) == 1
