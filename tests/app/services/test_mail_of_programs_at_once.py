"""Two calls of a program at the same time."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import db
from app.models import Outbox
from app.permissions import Actor, acting_as
from app.services import workspace
from app.services.mailing import transactional
from app.services.mailing.moulds import Cast, Mould, Words
from app.services.mailing.transactional import Letter


def test_two_calls_at_once_with_one_key_are_told_the_same(
    app: Flask, committed_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither is refused, and one mail is sent."""
    workspace.setup()
    fill, both = Mould.fill, threading.Barrier(2)

    def slowly(*given: Any) -> Cast:
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(0.5)  # so that two who do not wait for each other would be here together
        return fill(*given)

    monkeypatch.setattr(Mould, "fill", slowly)

    def send(number: int) -> str:
        with acting_as(Actor("person", frozenset())):
            to = [("", f"{number}@example.com")]  # who is the same contact waits anyway
            return transactional.send([Letter(words=Words("S", "<p>Hi</p>"), to=to, key="k")])[0]

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(send, range(2)))) == 1
    with db.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Outbox)) == 1
