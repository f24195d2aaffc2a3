"""Comments on automations."""

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of
from app.api.schemas.comments import CommentChanges, NewComment, Thread
from app.permissions import requires
from app.services import comments

blueprint = Blueprint("comments", __name__, url_prefix="/api", description="What people say about automations.")


@blueprint.get("/automations/<id:id>/comments")
@requires("automations.view")
@blueprint.response(200, all_of(Thread))
def some(id: int) -> dict[str, list[comments.Thread]]:
    """List the threads, those that are open first, the newest before the others; at most 500."""
    return {"items": comments.of_automation(id)}


@blueprint.post("/automations/<id:id>/comments")
@requires("automations.comment")
@blueprint.arguments(NewComment)
@blueprint.response(201, Thread)
def create(new: comments.NewComment, id: int) -> comments.Thread:
    """Begin a thread, or reply to one; those whom it mentions are told."""
    return comments.create(id, new)


@blueprint.patch("/comments/<id:id>")
@requires("automations.comment")
@blueprint.arguments(CommentChanges)
@blueprint.response(200, Thread)
def change(changes: comments.CommentChanges, id: int) -> comments.Thread:
    """Change a comment's text, resolve or reopen its thread, or move a note."""
    return comments.change(id, changes)


@blueprint.delete("/comments/<id:id>")
@requires("automations.comment")
@blueprint.response(204)
def remove(id: int) -> None:
    """Delete a comment, with its replies if it began a thread."""
    comments.remove(id)
