"""Rules of pages that are being applied to the past while somebody calls it off."""

import contextlib
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app import db
from app.errors import Conflict
from app.models import Process
from app.permissions import Actor, acting_as
from app.services import workspace
from app.services.web import recategorising
from app.services.web.categories import Rule, Rules
from tests.factories.contacts import make_contact


def call_off() -> None:
    with db.transaction() as session:
        session.execute(text("SET LOCAL lock_timeout = '3s'"))
        recategorising.cancel()


def test_who_calls_it_off_does_not_wait_for_it(
    app: Flask, committed_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is at work then is ended and counted, and it goes no further."""
    workspace.setup()
    make_contact()
    monkeypatch.setattr(recategorising, "_CONTACTS", 1)
    make_contact()
    recategorising.start(7)

    def called_off_meanwhile(rules: Sequence[Rule]) -> Rules:
        with ThreadPoolExecutor(1) as pool:
            pool.submit(call_off).result()
        return Rules(rules)

    monkeypatch.setattr(recategorising, "Rules", called_off_meanwhile)
    recategorising.work()
    recategorising.work()
    applying = recategorising.latest()
    assert applying is not None
    assert (applying.state, applying.processed, applying.error) == ("cancelled", 1, None)


def test_of_two_who_start_at_once_one_is_told_to_wait(
    app: Flask, committed_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two clicks begin one go."""
    workspace.setup()
    latest, both = recategorising._latest, threading.Barrier(2)

    def slowly(*, lock: bool = False) -> Process | None:
        found = latest(lock=lock)
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(0.5)  # so that two who do not wait for each other would be here together
        return found

    monkeypatch.setattr(recategorising, "_latest", slowly)

    def click(_: int) -> bool:
        with acting_as(Actor("person", frozenset())), contextlib.suppress(Conflict):
            recategorising.start(7)
            return True
        return False

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(click, range(2))) == [False, True]
    with db.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Process)) == 1
