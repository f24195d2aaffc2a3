from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.adapters.catalog import load_catalog
from app.errors import Conflict, NotFound
from app.models import Enrollment, Outbox, Timer
from app.services import enrollments
from app.services.automations import activation, drafts
from app.services.automations.drafts import AutomationView
from app.services.enrollments import RunQuery
from app.services.paging import Paging
from nodes.catalog import Catalog
from tests.factories.automations import CALLING, make_automation, make_score, opens, scoring
from tests.support.live import drain_all
from workflows.document import load

MARIA = "maria@example.com"
WHY = {"en": "No answer", "fr": "Pas de réponse", "ru": "Нет ответа"}


@pytest.fixture
def failed(database: Session) -> AutomationView:
    """An automation in which Maria's call of a webhook failed."""
    made = make_automation(CALLING, active=True)
    opens(MARIA)
    database.execute(update(Enrollment).values(state="failed", reason=WHY))
    database.execute(update(Outbox).values(state="failed"))
    return made


def only(database: Session) -> Enrollment:
    database.expire_all()
    return database.scalars(select(Enrollment)).one()


def test_runs_are_listed_with_their_contact(database: Session) -> None:
    """The newest first, with where they stand; filtered by step and state."""
    make_score()
    made = make_automation(scoring(), active=True)
    opens(MARIA)
    opens("paul@example.com")
    runs = enrollments.of_automation(made.id, Paging(), "en", nodes=["pause"], state="active").items
    assert [(run.contact.email, run.node, run.version) for run in runs] == [
        ("paul@example.com", "pause", 1),
        (MARIA, "pause", 1),
    ]
    assert enrollments.of_automation(made.id, Paging(), "en", state="failed").items == []


def test_people_behind_a_number_of_the_last_days_are_those_of_these_days(database: Session) -> None:
    """Those who went on by the time they left the step, those who failed by the time they did; who waits, always."""
    make_score()
    made = make_automation(scoring(), active=True)
    opens(MARIA)
    week = timedelta(days=7)
    database.execute(update(Enrollment).values(entered_at=Enrollment.entered_at - week))
    opens("paul@example.com")
    for days, passed in ((7, 1), (8, 2)):
        wanted: RunQuery = {"nodes": ["points"], "passed": True, "days": days}
        by_ways: list[RunQuery] = [wanted, {**wanted, "port": "next"}, {**wanted, "port": "no"}, {"days": days}]
        found = [enrollments.of_automation(made.id, Paging(), "en", **each).items for each in by_ways]
        assert [len(each) for each in found] == [passed, passed, 0, 2]
    database.execute(update(Enrollment).values(state="failed", exited_at=datetime.now(UTC) - week))
    failed = [enrollments.of_automation(made.id, Paging(), "en", state="failed", days=days).items for days in (7, 8)]
    assert [len(each) for each in failed] == [0, 2]


def test_somebody_is_found_inside_any_automation(database: Session) -> None:
    """By words of the email, with the step where they stand; not once they have left."""
    make_score()
    first = make_automation(scoring(), active=True)
    second = make_automation(scoring(), active=True)
    opens(MARIA)
    opens("paul@example.com")
    found = enrollments.inside("maria example", "en")
    assert {(each.automation, each.contact.email, each.version, each.node) for each in found} == {
        ((made.id, made.name), MARIA, 1, "pause") for made in (first, second)
    }
    assert {each.step for each in found} == {"Wait 1 day"}
    database.execute(update(Enrollment).where(Enrollment.automation_id == first.id).values(state="finished"))
    assert [each.automation.id for each in enrollments.inside(MARIA, "en")] == [second.id]
    assert enrollments.inside("nobody", "en") == []


def test_names_are_looked_up_once_for_all_that_wait(database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page where all runs are held would ask for each of them."""
    asked: list[Catalog] = []
    monkeypatch.setattr(enrollments, "load_catalog", lambda: asked.append(load_catalog()) or asked[-1])
    make_score()
    made = make_automation(scoring(), active=True)
    opens(MARIA)
    opens("paul@example.com")
    database.execute(update(Enrollment).values(path=[["pause", "quiet", 0.0, []]]))
    runs = enrollments.of_automation(made.id, Paging(), "en").items
    assert [run.held_by for run in runs] == ["Waiting for quiet hours to end"] * 2
    assert len(asked) == 1


def test_a_failure_says_why(failed: AutomationView) -> None:
    """The reason comes in the reader's language."""
    assert enrollments.of_automation(failed.id, Paging(), "fr").items[0].reason == "Pas de réponse"


def test_a_failed_run_is_tried_again(database: Session, failed: AutomationView) -> None:
    """It is inside again, at the same step, which the engine then works on anew."""
    again = enrollments.retry(failed.id, only(database).id, "en")
    assert (again.state, again.node, again.reason, again.exited_at) == ("active", "hook", None, None)
    assert database.scalars(select(Timer.port)).one() is None
    drain_all()
    database.expire_all()
    assert database.scalars(select(Outbox.state)).one() == "pending"


def test_only_failed_runs_are_tried_again(database: Session, failed: AutomationView) -> None:
    """A run that goes on, or is over, is left alone."""
    database.execute(update(Enrollment).values(state="finished"))
    with pytest.raises(Conflict):
        enrollments.retry(failed.id, only(database).id, "en")


def test_nobody_is_inside_twice(database: Session, failed: AutomationView) -> None:
    """Whoever has entered again since is inside already: the old run stays failed."""
    old = only(database)
    twin = {c.key: getattr(old, c.key) for c in Enrollment.__table__.columns if c.key != "id"}
    database.add(Enrollment(**{**twin, "state": "active"}))
    database.flush()
    with pytest.raises(Conflict):
        enrollments.retry(failed.id, old.id, "en")


def test_the_archive_is_left_alone(database: Session, failed: AutomationView) -> None:
    """Nothing moves in an archived automation."""
    activation.archive(failed.id)
    with pytest.raises(Conflict):
        enrollments.retry(failed.id, only(database).id, "en")


def test_runs_of_other_automations_are_not_found(database: Session, failed: AutomationView) -> None:
    """A run is found in its own automation only."""
    with pytest.raises(NotFound):
        enrollments.retry(make_automation().id, only(database).id, "en")


def test_who_went_on_from_a_step_is_not_who_waits_there(database: Session) -> None:
    """By any way out, or by one; whoever stands at the step has not passed it."""
    make_score()
    made = make_automation(scoring(), active=True)
    opens(MARIA)

    def passed(*nodes: str, **by: str) -> list[str | None]:
        runs = enrollments.of_automation(made.id, Paging(), "en", nodes=nodes, passed=True, **by)  # type: ignore[arg-type]
        return [run.contact.email for run in runs.items]

    assert (passed("points"), passed("points", port="next"), passed("points", port="yes")) == ([MARIA], [MARIA], [])
    assert (passed("pause"), passed("tag")) == ([], [])


def test_who_went_on_from_several_steps_stands_at_none_of_them(database: Session) -> None:
    """A group of steps is asked about at once: who is in it, and who left it."""
    make_score()
    made = make_automation(scoring(), active=True)
    opens(MARIA)

    def found(nodes: list[str], *, passed: bool) -> list[str | None]:
        runs = enrollments.of_automation(made.id, Paging(), "en", nodes=nodes, passed=passed)
        return [run.contact.email for run in runs.items]

    assert (found(["points", "pause"], passed=False), found(["points", "pause"], passed=True)) == ([MARIA], [])
    assert (found(["tag", "points"], passed=False), found(["tag", "points"], passed=True)) == ([], [MARIA])


def test_runs_are_told_apart_by_their_version(database: Session) -> None:
    """By its number; without one, those of all versions come."""
    make_score()
    made = make_automation(scoring(), active=True)
    opens(MARIA)
    drafts.save_draft(made.id, load(scoring(re_entry=False)), made.draft_revision)
    activation.activate(made.id, "en")
    opens("paul@example.com")
    of_versions = [
        [run.contact.email for run in enrollments.of_automation(made.id, Paging(), "en", **by).items]  # type: ignore[arg-type]
        for by in ({"version": 1}, {"version": 2}, {"version": 3}, {})
    ]
    assert of_versions == [[MARIA], ["paul@example.com"], [], ["paul@example.com", MARIA]]


def test_a_contact_is_found_among_the_runs(database: Session) -> None:
    """By a part of the name or email."""
    make_score()
    made = make_automation(scoring(), active=True)
    opens(MARIA)
    opens("paul@example.com")
    found = enrollments.of_automation(made.id, Paging(), "en", search="mari", state="active").items
    assert [run.contact.email for run in found] == [MARIA]
