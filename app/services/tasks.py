"""Tasks about contacts."""

from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple, TypedDict

from sqlalchemy import Row, Select, delete, false, select

from app import db, permissions
from app.adapters.contact_names import contact_name
from app.errors import Invalid, NotFound
from app.models import Contact, Task, User
from app.services.paging import Order, Page, Paging, page
from app.services.views import Reference, reference

# Tasks without a day come after those with one.
_ORDER: Final = (Order(Task.done_at.is_not(None)), Order(Task.due_on), Order(Task.id))


class TaskView(NamedTuple):
    """A task with the names to show."""

    id: int
    title: str
    note: str
    due_on: date | None
    done: bool
    done_at: datetime | None
    assignee: Reference | None
    contact: Reference
    created_at: datetime


class TaskFilter(TypedDict, total=False):
    """Which tasks are wanted; `mine`: those of the signed-in person only."""

    mine: bool
    done: bool
    contact: int


class TaskChanges(TypedDict, total=False):
    """What a task is made of."""

    title: str
    note: str
    due_on: date | None
    assignee_id: int | None
    done: bool


def some(filters: TaskFilter, paging: Paging) -> Page[TaskView]:
    """Return tasks: open ones first, the earliest due before the others."""
    statement = _rows()
    if filters.get("mine"):
        actor = permissions.signed_in()
        statement = statement.where(false() if actor.user_id is None else Task.assignee_id == actor.user_id)
    if "done" in filters:
        statement = statement.where(Task.done_at.is_not(None) if filters["done"] else Task.done_at.is_(None))
    if "contact" in filters:
        statement = statement.where(Task.contact_id == filters["contact"])
    with db.transaction() as session:
        found = page(session, statement, _ORDER, paging)
    return Page([_view(row) for row in found.items], found.next_cursor)


def create(contact_id: int, new: TaskChanges) -> TaskView:
    """Make a task about a contact; raises NotFound, or Invalid for an unknown assignee."""
    actor = permissions.current()
    with db.transaction() as session:
        if session.get(Contact, contact_id) is None:
            raise NotFound.thing("contact", contact_id)
        task = Task(contact_id=contact_id, title=new["title"], created_by=actor.user_id if actor else None)
        _fill(task, new)
        session.add(task)
        session.flush()
        return get(task.id)


def get(task_id: int) -> TaskView:
    """Return one task; raises NotFound."""
    with db.transaction() as session:
        row = session.execute(_rows().where(Task.id == task_id)).one_or_none()
    if row is None:
        raise NotFound.thing("task", task_id)
    return _view(row)


def change(task_id: int, changes: TaskChanges) -> TaskView:
    """Change a task, or mark it as done or open; raises NotFound, or Invalid for an unknown assignee."""
    with db.transaction() as session:
        task = session.get(Task, task_id, with_for_update=True)
        if task is None:
            raise NotFound.thing("task", task_id)
        _fill(task, changes)
        session.flush()
        return get(task_id)


def remove(task_id: int) -> None:
    """Delete a task; raises NotFound."""
    with db.transaction() as session:
        if session.scalar(delete(Task).where(Task.id == task_id).returning(Task.id)) is None:
            raise NotFound.thing("task", task_id)


def _fill(task: Task, changes: TaskChanges) -> None:
    assignee = changes.get("assignee_id")
    with db.transaction() as session:
        if assignee is not None and session.get(User, assignee) is None:
            message = f"There is no user {assignee}."
            raise Invalid.field("assignee_id", "unknown_user", message, "Choose one that exists.")
    task.title = changes.get("title", task.title)
    task.note = changes.get("note", task.note or "")
    task.due_on = changes.get("due_on", task.due_on)
    task.assignee_id = changes.get("assignee_id", task.assignee_id)
    if "done" in changes:
        task.done_at = (task.done_at or datetime.now(UTC)) if changes["done"] else None


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(Task, User.name, contact_name())
        .join(Contact, Contact.id == Task.contact_id)
        .outerjoin(User, User.id == Task.assignee_id)
    )


def _view(row: Row[Any] | Any) -> TaskView:  # noqa: ANN401 - a row
    task, assignee, contact = tuple(row)
    return TaskView(
        task.id,
        task.title,
        task.note,
        task.due_on,
        task.done_at is not None,
        task.done_at,
        reference(task.assignee_id, assignee),
        Reference(task.contact_id, contact),
        task.created_at,
    )
