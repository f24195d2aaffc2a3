"""The signed-in person's alerts."""

from typing import Any

from app import permissions
from app.api.blueprint import Blueprint
from app.api.paging import paging
from app.api.schemas.notifications import NotificationArguments, NotificationPage, Unread
from app.permissions import requires
from app.services import notifications

blueprint = Blueprint("notifications", __name__, url_prefix="/api/notifications", description="One's own alerts.")


@blueprint.get("")
@requires("notifications.view")
@blueprint.arguments(NotificationArguments, location="query")
@blueprint.response(200, NotificationPage)
def newest(arguments: dict[str, Any]) -> dict[str, Any]:
    """List one's alerts, newest first."""
    user = permissions.person()
    found = notifications.newest(user, paging(arguments), unread=arguments["unread"])
    return {"items": found.items, "next_cursor": found.next_cursor, "unread": notifications.unread_count(user)}


@blueprint.post("/<id:id>/read")
@requires("notifications.view")
@blueprint.response(200, Unread)
def mark_read(id: int) -> dict[str, int]:
    """Mark an alert as read."""
    return _marked(id, read=True)


@blueprint.post("/<id:id>/unread")
@requires("notifications.view")
@blueprint.response(200, Unread)
def mark_unread(id: int) -> dict[str, int]:
    """Mark an alert as unread."""
    return _marked(id, read=False)


@blueprint.post("/read-all")
@requires("notifications.view")
@blueprint.response(200, Unread)
def mark_all_read() -> dict[str, int]:
    """Mark all alerts as read."""
    user = permissions.person()
    notifications.mark_all_read(user)
    return {"unread": 0}


def _marked(id: int, *, read: bool) -> dict[str, int]:
    user = permissions.person()
    notifications.mark(user, id, read=read)
    return {"unread": notifications.unread_count(user)}
