"""An answer of the outside world to a run that has gone on without it."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.adapters import http
from app.services import outbox, workspace
from tests.factories.automations import happens, opens
from tests.support import live

MARIA = "maria@example.com"
OPENED = ("opened", "email_opened", {})
HOOK = ("hook", "call_webhook", {"url": "https://hooks.example.com/"})
GOAL = ("goal", "goal", {"by": "event", "event": "asked"})
BOUGHT = ("bought", "goal", {"by": "event", "event": "order_placed", "otherwise": "stay"})
WAYS = [("opened", "next", "hook"), ("hook", "next", "goal"), ("goal", "next", "bought")]


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()


@pytest.mark.parametrize("status", [200, 400])
def test_the_answer_to_a_call_that_the_run_has_left_changes_nothing(
    database: Session, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    """A goal took the contact on while the call was under way: it stands where the goal brought it."""
    monkeypatch.setattr(http, "request", lambda *_args, **_rest: http.Answer(status, b""))
    automation = live.activate(live.document([OPENED, HOOK, GOAL, BOUGHT], WAYS))
    opens(MARIA)
    happens("asked", MARIA)
    standing: list[Any] = [(run.node, run.state) for run in live.enrollments(automation)]
    assert standing == [("bought", "active")]
    assert outbox.deliver_due() == 1
    live.drain_all()
    assert [(run.node, run.state) for run in live.enrollments(automation)] == standing
