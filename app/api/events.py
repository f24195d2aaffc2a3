"""Events of contacts, from our own clients."""

from typing import Any, Final

from flask import request

from app import chain, permissions
from app.api.blueprint import Blueprint
from app.api.schemas.events import EventBatch, EventProperties, RecordedEvents
from app.errors import Invalid
from app.permissions import requires
from app.services.incoming import Vocabulary, read_batch
from app.services.intake import record_events
from app.services.vocabulary import event_properties
from nodes.durations import Forms, in_number

blueprint = Blueprint("events", __name__, url_prefix="/api/events", description="What contacts do.")

_VOCABULARY: Final = Vocabulary(
    name="event",
    contact="contact",
    identifiers={"id": "id", "email": "email", "ext_id": "ext_id", "phone": "phone"},
    at="at",
    properties="properties",
    message_id="message_id",
)
_RECORDED: Final = Forms(
    ("{n} event recorded.", "{n} events recorded."),
    ("{n} événement enregistré.", "{n} événements enregistrés."),
    ("Записано {n} событие.", "Записано {n} события.", "Записано {n} событий."),
)


@blueprint.post("")
@requires("events.record")
@blueprint.doc(requestBody={"required": True, "content": {"application/json": {"schema": EventBatch}}})
@blueprint.response(202, RecordedEvents)
def record() -> dict[str, Any]:
    """Record 1 to 1000 events at once. All of them are taken, or, if one is wrong, none."""
    events = read_batch(_events(request.get_json()), _VOCABULARY)
    recorded = record_events(
        events, source=permissions.signed_in().source, causes=chain.read(request.headers.get(chain.HEADER))
    )
    return {**recorded._asdict(), "message": in_number(recorded.accepted, _RECORDED).en}


@blueprint.get("/properties")
@requires("contacts.view")
@blueprint.response(200, EventProperties(many=True))
def properties() -> list[dict[str, Any]]:
    """Read which properties events of a name have: the 100 commonest in a sample of the log, and what triggers ask."""
    return [{"event": event, "properties": names} for event, names in event_properties().items()]


def _events(body: object) -> object:
    if not isinstance(body, dict) or set(body) != {"events"}:
        raise Invalid.field("events", "required", "The body must be an object with the one key events.", "Send it so.")
    return body["events"]
