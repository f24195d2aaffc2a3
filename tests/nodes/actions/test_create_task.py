from datetime import UTC, date, datetime

import pytest

from nodes.contract import Step
from nodes.effects import CreateTask
from tests.support.steps import GONE, REP, ZOE, effects, faults, person, reasons, says, walk


def due(written: str, now: datetime) -> date | None:
    return effects(walk("create_task", {"title": "Call", "due": written}, person(1), now=now))[0].due


@pytest.mark.row("E32")
def test_the_task_is_the_owners():
    """A task is made about the contact, for its owner, without a note or a date unless they are given."""
    assert effects(walk("create_task", {"title": "Call"}, person(1, owner=REP))) == [
        CreateTask(1, "Call", "", None, REP)
    ]


@pytest.mark.row("E32")
@pytest.mark.parametrize("owner", [None, GONE])
def test_without_an_owner_it_is_unassigned(owner: str | None):
    """The task of a contact without an owner, or whose owner left, is made all the same."""
    assert effects(walk("create_task", {"title": "Call"}, person(1, owner=owner)))[0].assignee is None


@pytest.mark.row("E33")
@pytest.mark.parametrize(
    ("written", "now", "day"),
    [
        ("2018-05-15", datetime(2026, 11, 22, tzinfo=UTC), date(2018, 5, 15)),
        ("+2days", datetime(2026, 11, 22, 10, tzinfo=UTC), date(2026, 11, 24)),
        ("+2days", datetime(2026, 11, 22, 23, 30, tzinfo=UTC), date(2026, 11, 25)),
        ("+5months", datetime(2026, 8, 31, 10, tzinfo=UTC), date(2027, 1, 31)),
        ("+6months", datetime(2026, 8, 31, 10, tzinfo=UTC), date(2027, 2, 28)),
        ("+6months", datetime(2027, 8, 31, 10, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_a_due_date_is_a_day_or_counted_from_now(written: str, now: datetime, day: date):
    """Days and months are counted from today where the contact is; a short month ends on its last day."""
    assert due(written, now) == day


@pytest.mark.row("E33")
@pytest.mark.parametrize(
    "written", ["tomorrow", "2days", "+2 days", "+2weeks", "-1days", "2018-13-01", "2018-W20-2", 5]
)
def test_any_other_due_date_is_refused(written: object):
    """What is neither a day nor so many days or months from now is a fault."""
    assert faults("create_task", {"title": "Call", "due": written}) == [("due", "invalid")]


def test_another_user_may_get_it():
    """The named user gets the task; one who left fails the contact with the reason."""
    config = {"title": "Call", "assign_to": "user", "user": ZOE}
    assert effects(walk("create_task", config, person(1, owner=REP)))[0].assignee == ZOE
    step: Step = walk("create_task", {**config, "user": GONE}, person(1))
    assert reasons(step) == ["gone@example.com does not work here any more."]


def test_texts_are_filled_in():
    """Title and note are filled in; the title stays one line."""
    step = walk(
        "create_task", {"title": "T", "note": "N"}, person(1), render=lambda text, _contact, _event: f"{text}\n!"
    )
    (task,) = effects(step)
    assert (task.title, task.note) == ("T !", "N\n!")


def test_a_title_is_needed():
    """A task without a title is a fault."""
    assert faults("create_task", {}) == [("title", "missing")]
    assert faults("create_task", {"title": "x", "assign_to": "user"}) == [("user", "missing")]


@pytest.mark.parametrize(
    ("due", "en", "fr", "ru"),
    [
        ("+2days", "due in 2 days", "échéance dans 2 jours", "срок: через 2 дня"),
        ("+1months", "due in 1 month", "échéance dans 1 mois", "срок: через 1 месяц"),
        ("+0days", "due the same day", "échéance le jour même", "срок: в тот же день"),
        ("2030-05-15", "due 2030-05-15", "échéance 2030-05-15", "срок: 2030-05-15"),
    ],
)
def test_its_sentence_names_title_and_day(due: str, en: str, fr: str, ru: str):
    """Title and due date are read out, in the words of each language."""
    assert says("create_task", {"title": "Call", "due": due}) == (
        f"Task: Call ({en})",
        f"Tâche\u00a0: Call ({fr})",
        f"Задача: Call ({ru})",
    )


def test_without_a_day_its_sentence_names_the_title():
    """A task that is never due says nothing of a day."""
    assert says("create_task", {"title": "Call"}).en == "Task: Call"
