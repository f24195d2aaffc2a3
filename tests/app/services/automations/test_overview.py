from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, update
from sqlalchemy.orm import Session

from app import permissions
from app.models import Automation, Enrollment, NodeStat
from app.permissions import Actor
from app.services import attributes
from app.services.automations import activation, drafts, overview
from app.services.paging import Paging
from nodes.catalog import Kind
from tests.factories.automations import make_automation, make_score, opens, scoring
from tests.factories.users import make_user
from workflows.document import load

MARIA = "maria@example.com"


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    make_score()


def rows(**filters: str) -> list[overview.Row]:
    return overview.some(Paging(), "en", **filters).items


def test_a_row_says_what_an_automation_does() -> None:
    """Its triggers in words, how many are inside, who changed it last, and what is wrong with the draft."""
    user = make_user(email="author@example.com")
    with permissions.acting_as(Actor("person", permissions.of_roles(["admin"]), user_id=user.id)):
        made = make_automation(scoring(), active=True)
    opens(MARIA)
    row = rows()[0]
    assert (row.id, row.trigger_summaries, row.inside, row.updated_by) == (made.id, ["Email opened"], 1, user.name)
    assert row.problems == (0, 0)


def test_faults_are_counted() -> None:
    """An empty draft has one error: nothing lets contacts in."""
    make_automation()
    assert rows()[0].problems.errors == 1


def test_the_last_thirty_days_by_day(database: Session) -> None:
    """Entries and ends stand at their day, today last; what is older is not counted."""
    make_automation(scoring(), active=True)
    opens(MARIA)
    opens("paul@example.com")
    database.execute(update(NodeStat).values(day=NodeStat.day - timedelta(days=29)))
    opens("zoe@example.com")
    row = rows()[0]
    assert (row.entered_30d[0], row.entered_30d[-1], sum(row.entered_30d)) == (2, 1, 3)
    database.execute(update(NodeStat).values(day=NodeStat.day - timedelta(days=1)))
    assert sum(rows()[0].entered_30d) == 1


def test_ends_and_failures_are_counted(database: Session) -> None:
    """Runs that came to the end count as finished; failed ones stand apart."""
    document = scoring()
    document["nodes"], document["edges"] = document["nodes"][:2], document["edges"][:1]
    make_automation(document, active=True)
    opens(MARIA, times=2)
    assert sum(rows()[0].finished_30d) == 2
    database.execute(update(Enrollment).values(state="failed"))
    assert rows()[0].failed == 2


def test_the_archive_comes_only_when_asked_for() -> None:
    """Archived automations are out of the way, and can be listed."""
    kept, away = make_automation(), make_automation()
    activation.archive(away.id)
    assert [row.id for row in rows()] == [kept.id]
    assert [row.id for row in rows(state="archived")] == [away.id]


def test_names_are_searched_literally() -> None:
    """A search finds any case, and takes wildcards for what they are."""
    wanted = make_automation()
    drafts.rename(wanted.id, "100% Hot")
    make_automation()
    assert [row.id for row in rows(search="0% hot")] == [wanted.id]
    assert rows(search="_") == []


def test_pages_follow_each_other(database: Session) -> None:
    """Page by page, every automation comes once, the last changed first."""
    ids = [make_automation().id for _ in range(5)]
    for index, number in enumerate(ids):
        moved = func.now() + timedelta(seconds=index // 2)
        database.execute(update(Automation).where(Automation.id == number).values(updated_at=moved))
    found, cursor = [], None
    while True:
        page = overview.some(Paging(cursor, 2), "en")
        found += [row.id for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert found == sorted(ids, reverse=True)


def statements(database: Session) -> int:
    """How many statements the list costs, once the workspace's names are known."""
    seen: list[str] = []
    rows()

    def note(*arguments: Any) -> None:
        seen.append(arguments[2])

    event.listen(database.connection(), "before_cursor_execute", note)
    overview.some(Paging(), "en")
    event.remove(database.connection(), "before_cursor_execute", note)
    return len([each for each in seen if "SAVEPOINT" not in each])


def test_a_draft_is_read_once_for_each_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking again costs no second validation; a change of the draft, or of the names it may use, does."""
    made = make_automation(scoring())
    read: list[object] = []
    validate = overview.validate
    monkeypatch.setattr(overview, "validate", lambda *all_: read.append(1) or validate(*all_))
    assert rows()[0].problems == rows()[0].problems == (0, 0)
    assert len(read) == 1
    attributes.create("TIER", Kind.TEXT)
    rows()
    assert len(read) == 2
    broken = scoring()
    broken["nodes"][3]["config"] = {}
    drafts.save_draft(made.id, load(broken), made.draft_revision)
    assert (rows()[0].problems.errors, len(read)) == (1, 3)


def test_the_number_of_statements_does_not_grow(database: Session) -> None:
    """Ten automations cost as many statements as one."""
    make_automation(scoring(), active=True)
    one = statements(database)
    for _ in range(9):
        make_automation(scoring())
    assert (statements(database), len(rows())) == (one, 10)
