from datetime import date

import pytest
from sqlalchemy.orm import Session

from app import permissions
from app.errors import Invalid, NotFound
from app.permissions import Actor
from app.services import notes, tasks
from app.services.paging import Paging
from tests.factories.contacts import make_contact
from tests.factories.users import make_user


@pytest.fixture(autouse=True)
def _database(database: Session) -> None:
    """Every test here writes."""


def titles(**filters: object) -> list[str]:
    return [task.title for task in tasks.some(filters, Paging()).items]  # type: ignore[arg-type] # as tests write it


def test_the_most_urgent_comes_first() -> None:
    """Open tasks by their day, those without one after them, done ones last."""
    contact = make_contact()
    tasks.create(contact, {"title": "whenever"})
    tasks.create(contact, {"title": "later", "due_on": date(2027, 1, 1)})
    tasks.create(contact, {"title": "soon", "due_on": date(2026, 12, 1)})
    tasks.create(contact, {"title": "done", "due_on": date(2026, 11, 1), "done": True})
    assert titles() == ["soon", "later", "whenever", "done"]
    assert (titles(done=True), titles(contact=contact + 1)) == (["done"], [])


def test_my_tasks_are_mine() -> None:
    """Asking for one's own gives what is assigned to the person; a program has none."""
    rep, contact = make_user("rep"), make_contact()
    tasks.create(contact, {"title": "mine", "assignee_id": rep.id})
    tasks.create(contact, {"title": "anybody's"})
    with permissions.acting_as(Actor("person", frozenset(), user_id=rep.id)):
        assert titles(mine=True) == ["mine"]
    with permissions.acting_as(Actor("program", frozenset(), api_key_id=1)):
        assert titles(mine=True) == []


def test_a_task_is_done_and_undone() -> None:
    """Done has a moment, which a second click does not move; undone has none."""
    made = tasks.create(make_contact(), {"title": "Call", "note": "at noon"})
    done = tasks.change(made.id, {"done": True})
    assert (done.done, done.note) == (True, "at noon")
    assert tasks.change(made.id, {"done": True}).done_at == done.done_at
    assert tasks.change(made.id, {"done": False}).done_at is None


def test_nobody_is_refused_by_name() -> None:
    """An assignee or contact that does not exist is refused."""
    with pytest.raises(Invalid) as refused:
        tasks.create(make_contact(), {"title": "Call", "assignee_id": 4242})
    assert refused.value.problems[0].field == "assignee_id"
    for attempt in (lambda: tasks.create(4242, {"title": "Call"}), lambda: tasks.remove(4242), lambda: tasks.get(4242)):
        with pytest.raises(NotFound):
            attempt()


def test_notes_are_read_newest_first() -> None:
    """Each with its author; they can be deleted."""
    user, contact = make_user("rep"), make_contact()
    with permissions.acting_as(Actor("person", frozenset(), user_id=user.id)):
        first, second = notes.create(contact, "one"), notes.create(contact, "two")
    assert [(note.text, note.author) for note in notes.of_contact(contact, Paging()).items] == [
        ("two", user.name),
        ("one", user.name),
    ]
    notes.remove(second.id)
    assert [note.id for note in notes.of_contact(contact, Paging()).items] == [first.id]


def test_notes_need_a_contact() -> None:
    """A contact that does not exist has no notes and gets none."""
    for attempt in (lambda: notes.of_contact(4242, Paging()), lambda: notes.create(4242, "x"), lambda: notes.remove(1)):
        with pytest.raises(NotFound):
            attempt()
