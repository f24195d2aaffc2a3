from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import permissions
from app.adapters.catalog import bump_revision
from app.errors import Conflict, Forbidden, Invalid
from app.models import Automation, AutomationVersion, Enrollment, HeldTimer, Timer, Workspace
from app.permissions import Actor
from app.services.automations import activation, drafts
from tests.factories.automations import make_automation, make_score, opens, receive, scoring
from tests.support.live import drain_all, enrollments
from workflows.document import load

MARIA = "maria@example.com"
MARKETER = Actor("person", permissions.of_roles(["marketer"]))
ADMIN = Actor("person", permissions.of_roles(["admin"]))


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    make_score()


def publish(automation: int, document: dict[str, Any]) -> drafts.AutomationView:
    drafts.save_draft(automation, load(document), drafts.get(automation).draft_revision)
    return activation.activate(automation, "en")


@pytest.mark.row("C18")
def test_activating_makes_a_version_that_runs(database: Session) -> None:
    """The draft becomes version 1, from now on; running workers hear of it."""
    revision = database.scalar(select(Workspace.revision))
    made = activation.activate(make_automation(scoring()).id, "en")
    assert (made.state, made.version, made.has_unpublished_changes) == ("active", 1, False)
    assert made.activated_at is not None
    assert database.scalar(select(Workspace.revision)) != revision


@pytest.mark.row("C18")
def test_events_before_do_not_count() -> None:
    """What was received before the activation, or before it went on, lets nobody in, however late it is looked at."""
    made = make_automation(scoring())
    receive(MARIA)
    activation.activate(made.id, "en")
    drain_all()
    assert enrollments(made.id) == []
    activation.pause(made.id)
    receive(MARIA)
    activation.resume(made.id)
    drain_all()
    assert enrollments(made.id) == []
    opens(MARIA)
    assert len(enrollments(made.id)) == 1


def test_a_clock_that_is_set_back_loses_no_event(database: Session) -> None:
    """Activated at a moment that the clock has not come to again: what is received then counts all the same."""
    made = make_automation(scoring(), active=True)
    database.execute(update(Automation).values(activated_at=func.now() + timedelta(minutes=5)))
    bump_revision()
    opens(MARIA)
    assert len(enrollments(made.id)) == 1


def test_errors_forbid_activation() -> None:
    """Every error is named with step, field, code and remedy, and nothing is switched on."""
    document = scoring()
    document["nodes"][1]["config"] = {"points": 5, "attribute": "NO_SUCH"}
    document["nodes"][3]["config"] = {}
    made = make_automation(document)
    with pytest.raises(Invalid) as refused:
        activation.activate(made.id, "fr")
    faults = {(problem.field, problem.code) for problem in refused.value.problems}
    assert faults >= {("points/attribute", "unknown_attribute"), ("tag/tag", "missing")}
    assert all(problem.remedy for problem in refused.value.problems)
    assert drafts.get(made.id).state == "draft"


def test_only_what_was_looked_at_goes_live() -> None:
    """A draft that somebody else changed meanwhile does not go live under the name of who looked at the one before."""
    made = make_automation(scoring())
    drafts.save_draft(made.id, load(scoring(re_entry=False)), made.draft_revision)
    with pytest.raises(Conflict):
        activation.activate(made.id, "en", draft_revision=made.draft_revision)
    assert drafts.get(made.id).state == "draft"
    assert activation.activate(made.id, "en", draft_revision=made.draft_revision + 1).state == "active"


def test_an_unknown_step_cannot_run() -> None:
    """A step that is not installed blocks activation, whatever else is right."""
    document = scoring()
    document["nodes"][3]["type"] = "from_the_future"
    with pytest.raises(Invalid):
        make_automation(document, active=True)


@pytest.mark.row("C19")
def test_marketers_cannot_switch_re_entry_on() -> None:
    """Re-entry is the choice of admins and owners, whether it stands in the draft or in the dialog."""
    made = make_automation(scoring(re_entry=False))
    with permissions.acting_as(MARKETER), pytest.raises(Forbidden):
        activation.activate(made.id, "en", re_entry=True)
    with permissions.acting_as(MARKETER), pytest.raises(Forbidden):
        activation.activate(make_automation(scoring(re_entry=True)).id, "en")
    assert drafts.get(made.id).document["settings"]["re_entry"] is False


@pytest.mark.row("C20")
def test_admins_switch_re_entry_on() -> None:
    """The choice of the dialog is in the document that runs, and in the draft."""
    made = make_automation(scoring(re_entry=False))
    with permissions.acting_as(ADMIN):
        active = activation.activate(made.id, "en", re_entry=True)
    assert active.live_document["settings"]["re_entry"] is True
    assert active.document == active.live_document


def test_marketers_publish_under_an_admins_choice() -> None:
    """Once an admin switched re-entry on, a marketer may publish other changes; switching it off is no marketer's."""
    made = make_automation(scoring(), active=True)
    with permissions.acting_as(MARKETER):
        changed = scoring()
        changed["nodes"][1]["config"]["points"] = 7
        assert publish(made.id, changed).version == 2
        with pytest.raises(Forbidden):
            activation.activate(made.id, "en", re_entry=False)


def test_who_is_inside_keeps_their_version(database: Session) -> None:
    """Publishing makes a new version for those who enter from now on."""
    made = make_automation(scoring(), active=True)
    opens(MARIA)
    changed = scoring()
    changed["nodes"][1]["config"]["points"] = 7
    publish(made.id, changed)
    opens("paul@example.com")
    numbers = {row.id: row.number for row in database.scalars(select(AutomationVersion))}
    assert [numbers[run.version_id] for run in enrollments(made.id)] == [1, 2]


def test_publishing_misses_no_event() -> None:
    """Publishing a running automation does not move the moment from when events count."""
    made = make_automation(scoring(), active=True)
    changed = scoring()
    changed["nodes"][1]["config"]["points"] = 7
    assert publish(made.id, changed).activated_at == made.activated_at


def test_publishing_nothing_makes_no_version() -> None:
    """Activating twice leaves one version."""
    made = make_automation(scoring(), active=True)
    assert activation.activate(made.id, "en").version == 1


def test_a_pause_holds_what_falls_due(database: Session) -> None:
    """While paused nobody enters or moves on; resumed, those whose time came go on at once."""
    made = make_automation(scoring(), active=True)
    opens(MARIA)
    activation.pause(made.id)
    opens("paul@example.com")
    for table in (Timer, Enrollment):
        database.execute(update(table).values(wake_at=table.wake_at - timedelta(days=2)))
    drain_all()
    assert database.scalar(select(func.count()).select_from(HeldTimer)) == 1
    assert [run.state for run in enrollments(made.id)] == ["active"]
    activation.resume(made.id)
    assert database.scalar(select(func.count()).select_from(HeldTimer)) == 0
    drain_all()
    assert [run.state for run in enrollments(made.id)] == ["finished"]


def test_archiving_ends_the_runs_of_those_inside(database: Session) -> None:
    """Who is inside an automation that is archived is stopped, and restoring it starts nobody again."""
    made = make_automation(scoring(), active=True)
    opens(MARIA)
    assert activation.archive(made.id).state == "archived"
    assert activation.restore(made.id).state == "paused"
    database.expire_all()
    run = database.scalars(select(Enrollment)).one()
    assert (run.state, run.wake_at) == ("stopped", None)
    assert run.exited_at is not None


@pytest.mark.parametrize("verb", [activation.pause, activation.resume, activation.restore])
def test_verbs_that_do_not_fit_are_refused(verb: Any) -> None:
    """A draft can be neither paused, resumed nor restored."""
    with pytest.raises(Conflict):
        verb(make_automation().id)


def test_the_archive_is_not_activated() -> None:
    """What is in the archive is restored first."""
    made = make_automation(scoring())
    activation.archive(made.id)
    with pytest.raises(Conflict):
        activation.activate(made.id, "en")
