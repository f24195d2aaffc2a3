"""Tasks: made, found, changed, deleted. Here they have a day, and are about one contact."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from flask import Response, jsonify

from app.compat.brevo.crm_words import filters, milliseconds, only_id, sorted_slice, text_id, text_ids, user
from app.compat.brevo.door import door
from app.compat.brevo.refusals import missing, wrong
from app.compat.brevo.requests import Body, body, read_moment, written
from app.permissions import requires
from app.services import deals, tasks, values, workspace
from app.services.tasks import TaskChanges, TaskFilter, TaskView

ONE_CONTACT: Final = "a task or note here is about one contact"
ONE_LINK: Final = "a task or note here is about one deal and one company at most"
_DONE: Final = ("", 204)
_SORTS: Final = {"createdAt": "created_at", "created_at": "created_at", "date": "due_on", "name": "title"}
_TYPES: Final = {
    "email": "Email",
    "call": "Call",
    "meeting": "Meeting",
    "todo": "Todo",
    "lunch": "Lunch",
    "deadline": "Deadline",
    "linkedin": "LinkedIn",
}
_DATES: Final = ("overdue", "today", "tomorrow", "week", "range")
_LINKS: Final[Mapping[str, tuple[str, Callable[[str, str], object]]]] = {
    "assignTo": ("assignee", user),
    "contacts": ("contact", text_id),
    "deals": ("deal", text_id),
    "companies": ("company", text_id),
}


@door.get("/crm/tasktypes")
@requires("contacts.view")
def list_task_types() -> Response:
    """List the types of tasks."""
    return jsonify([{"id": key, "title": title} for key, title in _TYPES.items()])


@door.get("/crm/tasks")
@requires("contacts.view")
def list_tasks() -> Response:
    """List tasks."""
    wanted, sort = sorted_slice(_SORTS)
    found = tasks.find_slice(_filter(), sort, limit=wanted.limit, offset=wanted.offset)
    return jsonify(items=[_shown(each) for each in found])


@door.post("/crm/tasks")
@requires("contacts.edit")
def create_task() -> tuple[Response, int]:
    """Make a task."""
    sent = body()
    for field in ("name", "taskTypeId", "date"):
        sent.needed_text(field)
    changes = _changes(sent)
    contact = changes.get("contact_id") or contact_of_deal(changes.get("deal_id"))
    if contact is None:
        raise missing("contactsIds", f"contactsIds is missing: {ONE_CONTACT}")
    made = tasks.create(contact, {**changes, "contact_id": contact, "title": changes["title"]})
    return jsonify(id=str(made.id)), 201


@door.get("/crm/tasks/<id:task_id>")
@requires("contacts.view")
def read_task(task_id: int) -> Response:
    """Show one task."""
    return jsonify(_shown(tasks.get(task_id)))


@door.patch("/crm/tasks/<id:task_id>")
@requires("contacts.edit")
def update_task(task_id: int) -> tuple[str, int]:
    """Change what is given of a task."""
    tasks.change(task_id, _changes(body()))
    return _DONE


@door.delete("/crm/tasks/<id:task_id>")
@requires("contacts.edit")
def delete_task(task_id: int) -> tuple[str, int]:
    """Delete a task."""
    tasks.remove(task_id)
    return _DONE


def links(sent: Body, contacts: str, deals_: str, companies: str) -> dict[str, Any]:
    """Read whom a task or note is about; the fields are called differently in either."""
    found: dict[str, Any] = {}
    if sent.numbers(contacts):
        found["contact_id"] = only_id(contacts, list(dict.fromkeys(sent.numbers(contacts))), ONE_CONTACT)
    if sent.has(deals_):
        found["deal_id"] = only_id(deals_, text_ids(sent, deals_), ONE_LINK)
    if sent.has(companies):
        found["company_id"] = only_id(companies, text_ids(sent, companies), ONE_LINK)
    return found


def contact_of_deal(deal_id: int | None) -> int | None:
    """Return whom a task or note is about that names a deal only; None if nobody takes part in that."""
    people = deals.get(deal_id).contacts if deal_id else []
    return people[0].id if people else None


def _changes(sent: Body) -> TaskChanges:
    for field in ("reminder", "duration"):
        if sent.has(field):
            raise wrong(field, f"Tasks here have no {field}; they are shown on their day")
    changes: TaskChanges = {}
    if sent.text("name"):
        changes["title"] = values.line("name", sent.text("name"))
    if sent.text("taskTypeId"):
        changes["type"] = _type(sent.text("taskTypeId"))
    if sent.text("date"):
        changes["due_on"] = _day(read_moment("date", sent.text("date")))
    if "notes" in sent.raw:
        changes["note"] = values.storable("notes", sent.text("notes"))
    if "assignToId" in sent.raw:
        changes["assignee_id"] = user("assignToId", sent.text("assignToId")) if sent.has("assignToId") else None
    if sent.has("done"):
        changes["done"] = sent.flag("done")
    about: TaskChanges = links(sent, "contactsIds", "dealsIds", "companiesIds")  # type: ignore[assignment] # its keys
    return {**changes, **about}


def _type(text: str) -> str:
    if text not in _TYPES:
        raise wrong("taskTypeId", f"taskTypeId should be one of {', '.join(_TYPES)}; see GET /crm/tasktypes")
    return text


def _filter() -> TaskFilter:
    chosen: dict[str, Any] = {}
    asked = dict(filters("filter"))
    if kind := asked.pop("type", ""):
        chosen["type"] = _type(kind)
    if status := asked.pop("status", ""):
        if status not in {"done", "undone"}:
            raise wrong("filter[status]", "filter[status] should be done or undone")
        chosen["done"] = status == "done"
    if when := asked.pop("date", ""):
        chosen |= _days(when)
    for name, text in asked.items():
        if name not in _LINKS:
            raise wrong("filter", f"filter should be one of type, status, date, {', '.join(_LINKS)}")
        key, read = _LINKS[name]
        chosen[key] = read(name, text)
    made: TaskFilter = chosen  # type: ignore[assignment] # keys of the filter
    return made


def _days(when: str) -> dict[str, Any]:
    """Read from which day to which; a week is the seven days from today on."""
    today = _day(datetime.now(UTC))
    if when == "range":
        bounds = {"due_from": milliseconds("dateFrom"), "due_to": milliseconds("dateTo")}
        return {key: _day(at) for key, at in bounds.items() if at is not None}
    known: dict[str, dict[str, Any]] = {
        "overdue": {"due_to": today - timedelta(days=1), "done": False},
        "today": {"due_from": today, "due_to": today},
        "tomorrow": {"due_from": today + timedelta(days=1), "due_to": today + timedelta(days=1)},
        "week": {"due_from": today, "due_to": today + timedelta(days=6)},
    }
    if when not in known:
        raise wrong("filter[date]", f"filter[date] should be one of {', '.join(_DATES)}")
    return known[when]


def _day(at: datetime) -> date:
    """Return the day in the workspace's zone."""
    try:
        return at.astimezone(workspace.time_zone()).date()
    except OverflowError as error:
        raise wrong("date", "date should lie between the years 1 and 9999") from error


def _shown(task: TaskView) -> dict[str, object]:
    """A task without a day is shown on the day when it was made: clients cannot read one without."""
    day = task.due_on or _day(task.created_at)
    return {
        "id": str(task.id),
        "taskTypeId": task.type,
        "name": task.title,
        "date": written(datetime.combine(day, time(), workspace.time_zone())),
        "notes": task.note,
        "done": task.done,
        "assignToId": str(task.assignee.id) if task.assignee else "",
        "contactsIds": [task.contact.id],
        "dealsIds": [str(task.deal_id)] if task.deal_id else [],
        "companiesIds": [str(task.company_id)] if task.company_id else [],
        "createdAt": written(task.created_at),
        "updatedAt": written(task.modified_at),
    }
