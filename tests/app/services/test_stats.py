from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Enrollment, NodeStat
from app.services import enrollments, stats
from app.services.automations import activation, drafts
from tests.factories.automations import CALLING, make_automation, make_score, opens, scoring
from workflows.document import load


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    make_score()


def test_each_step_counts_who_waits_and_who_passed() -> None:
    """Contacts are counted where they stand, by the steps behind them, and on the ways they took."""
    made = make_automation(scoring(), active=True)
    opens("maria@example.com")
    opens("paul@example.com")
    found = stats.of_automation(made.id)
    assert (found.inside, found.entered, found.finished) == (2, 2, 0)
    assert (found.nodes["pause"].waiting, found.nodes["points"].passed) == (2, 2)
    assert found.edges == {"opened:next": 2, "points:next": 2}


def test_versions_are_counted_together_and_apart() -> None:
    """Steps keep their counts over versions; one version's figures can be had alone."""
    made = make_automation(scoring(), active=True)
    opens("maria@example.com")
    changed = scoring()
    changed["nodes"][1]["config"]["points"] = 7
    drafts.save_draft(made.id, load(changed), made.draft_revision)
    activation.activate(made.id, "en")
    opens("paul@example.com")
    opens("zoe@example.com")
    assert stats.of_automation(made.id).entered == 3
    assert stats.of_automation(made.id, 2).nodes["pause"].waiting == 2


def test_what_passed_is_counted_of_the_last_days(database: Session) -> None:
    """Who stands somewhere is counted whenever they came."""
    made = make_automation(scoring(), active=True)
    opens("maria@example.com")
    database.execute(update(NodeStat).values(day=NodeStat.day - timedelta(days=7)))
    opens("paul@example.com")
    counted = {days: stats.of_automation(made.id, days=days) for days in (1, 7, 8)}
    assert {days: each.entered for days, each in counted.items()} == {1: 1, 7: 1, 8: 2}
    assert (counted[7].edges["points:next"], counted[7].nodes["pause"].waiting) == (1, 2)


def test_who_failed_is_counted_of_the_last_days(database: Session) -> None:
    """By when their run failed, in which months before are not looked; those of ever are counted without days."""
    made = make_automation(CALLING, active=True)
    for email in ("maria@example.com", "paul@example.com"):
        opens(email)
    now = datetime.now(UTC)
    today, first = database.scalars(select(Enrollment.id).order_by(Enrollment.id.desc())).all()
    for run, days in ((today, 0), (first, 7)):
        database.execute(
            update(Enrollment).where(Enrollment.id == run).values(state="failed", exited_at=now - timedelta(days=days))
        )
    counted = {days: stats.of_automation(made.id, days=days) for days in (1, 7, 8, None)}
    assert {days: each.failed for days, each in counted.items()} == {1: 1, 7: 1, 8: 2, None: 2}
    assert counted[7].nodes["hook"].failed == 1


def test_a_failure_that_was_retried_is_none_any_more(database: Session) -> None:
    """Failed are those whose run stands failed now, as the list of them has it: nobody, after a retry."""
    made = make_automation(CALLING, active=True)
    opens("maria@example.com")
    database.execute(update(Enrollment).values(state="failed"))
    failed = stats.of_automation(made.id)
    assert (failed.failed, failed.nodes["hook"].failed, failed.inside) == (1, 1, 0)
    enrollments.retry(made.id, database.scalars(select(Enrollment.id)).one(), "en")
    again = stats.of_automation(made.id)
    assert (again.failed, again.nodes["hook"].failed, again.nodes["hook"].waiting) == (0, 0, 1)


def test_what_does_not_exist_is_not_counted() -> None:
    """An unknown automation or version is not found."""
    made = make_automation()
    for arguments in ((made.id, 7), (made.id + 1, None)):
        with pytest.raises(NotFound):
            stats.of_automation(*arguments)
