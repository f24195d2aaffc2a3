"""Tasks about contacts."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.paging import paging
from app.api.schemas.base import PageArguments, page_of
from app.api.schemas.sales import NewTask, Task, TaskArguments, TaskChange
from app.permissions import requires
from app.services import tasks
from app.services.paging import Page
from app.services.tasks import TaskChanges, TaskFilter, TaskView

blueprint = Blueprint("tasks", __name__, url_prefix="/api", description="What is to be done about contacts.")


@blueprint.get("/tasks")
@requires("contacts.view")
@blueprint.arguments(TaskArguments, location="query")
@blueprint.response(200, page_of(Task))
def some(arguments: dict[str, Any]) -> Page[TaskView]:
    """List tasks: open ones first, the earliest due before the others."""
    wanted = paging(arguments)
    filters: TaskFilter = arguments  # type: ignore[assignment] # what is left of the form
    return tasks.some(filters, wanted)


@blueprint.patch("/tasks/<id:id>")
@requires("contacts.edit")
@blueprint.arguments(TaskChange)
@blueprint.response(200, Task)
def change(changes: TaskChanges, id: int) -> TaskView:
    """Change a task, or mark it as done."""
    return tasks.change(id, changes)


@blueprint.delete("/tasks/<id:id>")
@requires("contacts.edit")
@blueprint.response(204)
def remove(id: int) -> None:
    """Delete a task."""
    tasks.remove(id)


@blueprint.get("/contacts/<id:id>/tasks")
@requires("contacts.view")
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, page_of(Task))
def of_contact(arguments: dict[str, Any], id: int) -> Page[TaskView]:
    """List the tasks about a contact."""
    return tasks.some({"contact": id}, paging(arguments))


@blueprint.post("/contacts/<id:id>/tasks")
@requires("contacts.edit")
@blueprint.arguments(NewTask)
@blueprint.response(201, Task)
def create(new: TaskChanges, id: int) -> TaskView:
    """Make a task about a contact."""
    return tasks.create(id, new)
