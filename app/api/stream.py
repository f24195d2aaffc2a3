"""Server-sent events: what changes, at once."""

from collections.abc import Iterator

from flask import Response, current_app, request
from flask.json.provider import JSONProvider

from app import permissions
from app.api.blueprint import Blueprint
from app.api.schemas.base import LARGEST_ID
from app.api.schemas.notifications import Notification
from app.permissions import requires
from app.services import notifications
from app.services.notifications import News

blueprint = Blueprint("stream", __name__, url_prefix="/api/stream", description="What changes, at once.")

_RETRY_MILLISECONDS = 2000


@blueprint.get("")
@requires("notifications.view")
@blueprint.doc(
    parameters=[{"in": "header", "name": "Last-Event-ID", "required": False, "schema": {"type": "string"}}],
    responses={"200": {"description": "Events as they happen", "content": {"text/event-stream": {}}}},
)
def stream() -> Response:
    """Follow `notification`, `unread`, `automation`, `stats`, `comments`, `presence`, `hook` and `import`."""
    news = notifications.follow(permissions.person(), _last_id())
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return current_app.response_class(_written(news, current_app.json), mimetype="text/event-stream", headers=headers)


def _last_id() -> int | None:
    """The alert after which the browser was cut off; anything that is no alert's id counts as none."""
    given = request.headers.get("Last-Event-ID", "")
    short = given.isascii() and given.isdigit() and len(given) <= len(str(LARGEST_ID))
    return min(int(given), LARGEST_ID) if short else None


def _written(news: Iterator[News | None], json: JSONProvider) -> Iterator[str]:
    """Write the stream; it is read when the application's context is long gone."""
    form = Notification()
    yield f"retry: {_RETRY_MILLISECONDS}\n\n"
    for each in news:
        if each is None:
            yield ": alive\n\n"
        elif each.alert is None:
            yield f"event: {each.type}\ndata: {json.dumps(each.data)}\n\n"
        else:
            data = {**each.data, "notification": form.dump(each.alert)}
            yield f"id: {each.alert.id}\nevent: {each.type}\ndata: {json.dumps(data)}\n\n"
