"""Automations in which somebody stands when another version is published."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import db
from app.models import AutomationVersion, Enrollment, Note, VersionMovePart
from app.services.automations import activation, drafts, people
from tests.factories.automations import make_automation, opens
from tests.support import live
from workflows.document import load
from workflows.moving import Choice, Choices

MARIA, PAUL = "maria@example.com", "paul@example.com"
OPENED: Final[live.Step] = ("opened", "email_opened", {})
POINTS: Final[live.Step] = ("points", "update_attribute", {"attribute": "SCORE", "operation": "add", "value": 5})
EARLY: Final[live.Step] = ("early", "add_note", {"text": "early"})
LATE: Final[live.Step] = ("late", "add_note", {"text": "late"})
CALL: Final[live.Step] = ("call", "call_webhook", {"url": "https://example.com/hook"})
MOVE, LEAVE = Choices(Choice("move")), Choices(Choice("leave"))


def wait(days: int, name: str = "day") -> live.Step:
    return (name, "wait", {"until": "duration", "duration": {"amount": days, "unit": "days"}})


def chain(*steps: live.Step) -> dict[str, Any]:
    """Steps one after the other, each left by `next`, or by `timed_out` where it has that way out."""
    ways = [(one[0], "timed_out" if "until_" in one[1] else "next", other[0]) for one, other in pairwise(steps)]
    return live.document(steps, ways)


def running(*steps: live.Step) -> int:
    """An automation in which Maria stands."""
    automation = make_automation(chain(*steps), active=True).id
    opens(MARIA)
    return automation


def publish(automation: int, document: Mapping[str, Any], choices: Choices) -> None:
    """Publish another version, and move whoever is to be moved."""
    drafts.save_draft(automation, load(document), drafts.get(automation).draft_revision)
    activation.activate(automation, "en", choices=choices)
    move_everybody()
    live.drain_all()


def move_everybody() -> None:
    """Turn after turn, however long each takes."""
    while any(part.finished_at is None for part in rows(VersionMovePart)):
        people.move_all()


def hours_ago(database: Session, hours: int) -> None:
    """Let everybody have come to their step so long ago."""
    ago = timedelta(hours=hours)
    database.execute(update(Enrollment).values(arrived_at=Enrollment.arrived_at - ago))


def stands(automation: int) -> list[tuple[int, str, str]]:
    """The version, state and step of every run."""
    numbers = {row.id: row.number for row in rows(AutomationVersion)}
    return [(numbers[run.version_id], run.state, run.node) for run in live.enrollments(automation)]


def rows(model: Any) -> Sequence[Any]:
    with db.transaction() as session:
        return session.scalars(select(model).execution_options(populate_existing=True)).all()


def notes() -> list[str]:
    return [note.text for note in rows(Note)]


def score(automation: int) -> Any:
    return live.value(live.enrollments(automation)[0].contact_id, "SCORE")


def hours_left(automation: int) -> float:
    run = live.enrollments(automation)[0]
    assert (run.state, run.node) == ("active", "day")
    assert run.wake_at is not None
    with db.transaction() as session:
        now: datetime = session.scalars(select(func.now())).one()
    return (run.wake_at - now).total_seconds() / 3600
