"""Tasks about contacts."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple, TypedDict

from sqlalchemy import Row, Select, Text, delete, false, func, select

from app import db, permissions
from app.adapters.contact_names import contact_name
from app.errors import NotFound
from app.models import Contact, Task, User
from app.services import references
from app.services.paging import Column, Order, Page, Paging, page
from app.services.views import Reference, reference

SORTS: Final[Mapping[str, Column]] = {
    "created_at": Task.created_at,
    "due_on": Task.due_on,
    "title": func.lower(Task.title, type_=Text()),
}
# Tasks without a day come after those with one.
_ORDER: Final = (Order(Task.done_at.is_not(None)), Order(Task.due_on), Order(Task.id))


class TaskView(NamedTuple):
    """A task with the names to show; perhaps it is about a deal or a company, too."""

    id: int
    title: str
    type: str
    note: str
    due_on: date | None
    done: bool
    done_at: datetime | None
    assignee: Reference | None
    contact: Reference
    deal_id: int | None
    company_id: int | None
    created_at: datetime
    modified_at: datetime


class TaskFilter(TypedDict, total=False):
    """Which tasks are wanted; `mine`: those of the signed-in person only; `due_from`, `due_to`: these days, too."""

    mine: bool
    done: bool
    contact: int
    deal: int
    company: int
    assignee: int
    type: str
    due_from: date
    due_to: date


class TaskChanges(TypedDict, total=False):
    """What a task is made of."""

    title: str
    type: str
    note: str
    due_on: date | None
    assignee_id: int | None
    contact_id: int
    deal_id: int | None
    company_id: int | None
    done: bool


def some(filters: TaskFilter, paging: Paging) -> Page[TaskView]:
    """Return tasks: open ones first, the earliest due before the others."""
    with db.transaction() as session:
        found = page(session, _filtered(filters), _ORDER, paging)
    return Page([_view(row) for row in found.items], found.next_cursor)


def find_slice(filters: TaskFilter, sort: str, *, limit: int, offset: int) -> Sequence[TaskView]:
    """Return tasks by one of `SORTS`, downwards with a minus before it: for doors that count rows to skip."""
    descending = sort.startswith("-")
    order = [Order(SORTS[sort.removeprefix("-")], descending).clause(), Order(Task.id, descending).clause()]
    with db.transaction() as session:
        rows = session.execute(_filtered(filters).order_by(*order).limit(limit).offset(offset))
        return [_view(row) for row in rows]


def _filtered(filters: TaskFilter) -> Select[*tuple[Any, ...]]:
    columns: Mapping[str, Column] = {
        "contact": Task.contact_id,
        "deal": Task.deal_id,
        "company": Task.company_id,
        "assignee": Task.assignee_id,
        "type": Task.type,
    }
    statement = _rows().where(*(column == filters[key] for key, column in columns.items() if key in filters))  # type: ignore[literal-required] # keys of the filter
    if filters.get("mine"):
        actor = permissions.signed_in()
        statement = statement.where(false() if actor.user_id is None else Task.assignee_id == actor.user_id)
    if "done" in filters:
        statement = statement.where(Task.done_at.is_not(None) if filters["done"] else Task.done_at.is_(None))
    if "due_from" in filters:
        statement = statement.where(Task.due_on >= filters["due_from"])
    if "due_to" in filters:
        statement = statement.where(Task.due_on <= filters["due_to"])
    return statement


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
        task.modified_at = datetime.now(UTC)
        session.flush()
        return get(task_id)


def remove(task_id: int) -> None:
    """Delete a task; raises NotFound."""
    with db.transaction() as session:
        if session.scalar(delete(Task).where(Task.id == task_id).returning(Task.id)) is None:
            raise NotFound.thing("task", task_id)


def _fill(task: Task, changes: TaskChanges) -> None:
    """Write what is given; raises Invalid for what does not exist."""
    with db.transaction() as session:
        references.demand(session, changes)
    for name, value in changes.items():
        if name != "done":
            setattr(task, name, value)
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
        task.type,
        task.note,
        task.due_on,
        task.done_at is not None,
        task.done_at,
        reference(task.assignee_id, assignee),
        Reference(task.contact_id, contact),
        task.deal_id,
        task.company_id,
        task.created_at,
        task.modified_at or task.created_at,
    )
