"""A campaign whose next step breaks again and again."""

import pytest
from sqlalchemy import func, text, update
from sqlalchemy.orm import Session

from app.models import Campaign
from app.services.campaigns import running, spreading, views
from tests.app.conftest import SignedIn
from tests.factories.campaigns import start, work
from tests.support.mailbox import Mailbox


def test_it_pauses_with_the_reason_and_goes_on_when_resumed(
    database: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
):
    """After ten times in a row; resumed, it begins to count anew, and ends once nothing breaks."""
    number = start()

    def breaks(session: Session, _: Campaign) -> None:
        session.execute(text("SELECT 1 / 0"))

    def again() -> str:
        database.execute(update(Campaign).values(next_at=func.now()))
        spreading.go_on()
        return str(views.get(number).state)

    with monkeypatch.context() as patched:
        patched.setattr(spreading, "_advance", breaks)
        assert [again() for _ in range(spreading.MOST_TRIES)] == ["sending"] * (spreading.MOST_TRIES - 1) + ["paused"]
        assert "10 times in a row" in (views.get(number).fault or "")
        running.resume(number)
        assert [again() for _ in range(spreading.MOST_TRIES)][-2:] == ["sending", "paused"]
    running.resume(number)
    work(database)
    assert (len(mailbox.letters), views.get(number).state, views.get(number).fault) == (1, "done", None)


def test_a_step_that_works_forgets_those_that_broke(
    database: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
):
    """Only what breaks in a row is counted."""
    number = start()
    database.execute(update(Campaign).values(tries=spreading.MOST_TRIES - 1))
    database.expire_all()
    work(database)
    assert views.get(number).state == "done"
    assert database.get_one(Campaign, number).tries == 0


def test_whom_a_campaign_reaches_is_told_to_who_may_write_one(database: Session, signed_in: SignedIn):
    """Its question can be about any segment, so looking at campaigns is not enough to ask it."""
    assert signed_in("marketer").post("/api/campaigns/estimate", json={}).status_code == 200
    assert signed_in("sales").post("/api/campaigns/estimate", json={}).status_code == 403
