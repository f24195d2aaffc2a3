"""Rules of pages that are being applied to the past while somebody calls it off."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import text

from app import db
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
