"""Brevo's tracker, `/api/v2`: people and what they do, by the key of a source instead of an API key."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, request
from sqlalchemy import select

from app import db
from app.adapters.catalog import load_catalog
from app.compat.brevo.contact_forms import contact_input
from app.compat.brevo.refusals import taken
from app.compat.brevo.requests import Body, body
from app.errors import NotSignedIn
from app.models import Source
from app.models.source import SourceKind
from app.permissions import public
from app.services import contacts
from app.services.incoming import Vocabulary, read_one
from app.services.intake import record_events
from app.services.sources import keeping

PREFIX: Final = "/api/v2"
_DONE: Final = ("", 204)
_VOCABULARY: Final = Vocabulary(
    name="event",
    contact="identifiers",
    identifiers={"email": "email"},
    at="date",
    properties="properties",
    attributes="attributes",
    unknown_refused=False,
)
_PAGE: Final = {"ma_title": "title", "ma_path": "path", "ma_referrer": "referrer"}

blueprint = Blueprint("brevo_tracker", __name__, url_prefix=PREFIX)


@blueprint.post("/identify")
@public
def identify() -> tuple[str, int]:
    """Make a contact, or change what is said of it."""
    _source()
    sent = body()
    row = contact_input(sent, load_catalog().attributes, email=sent.needed_text("email"))
    (outcome,) = contacts.write([row], "upsert", tolerant=True)
    if outcome.refusal is not None:
        raise taken(outcome.refusal.problems, "update") or outcome.refusal
    return _DONE


@blueprint.post("/trackEvent")
@public
def track_event() -> tuple[str, int]:
    """Record an event; `properties` are news of the contact, `eventdata` those of the event."""
    source, sent = _source(), body()
    given = Body(sent.mapping("eventdata"), "eventdata.")
    said = {**given.mapping("data"), **({"id": given.raw["id"]} if given.has("id") else {})}
    _record(source, sent, sent.needed_text("event"), said, sent.mapping("properties"))
    return _DONE


@blueprint.post("/trackLink")
@public
def track_link() -> tuple[str, int]:
    """Record that a link was followed."""
    source, sent = _source(), body()
    _record(source, sent, "link_clicked", {**sent.mapping("properties"), "link": sent.needed_text("link")})
    return _DONE


@blueprint.post("/trackPage")
@public
def track_page() -> tuple[str, int]:
    """Record that a page was visited, as the websites' own script does."""
    source, sent = _source(), body()
    name, given = sent.needed_text("page"), dict(sent.mapping("properties"))
    address = Body(given, "properties.").text("ma_url") or name
    said = {_PAGE.get(key, key): value for key, value in given.items() if key != "ma_url"}
    # What stands behind the path may be somebody's: it is kept of no page.
    page = address.partition("?")[0].partition("#")[0]
    _record(source, sent, "page_visited", {**said, "name": name, "page": page})
    return _DONE


def usual_key() -> str:
    """Return the key that the account names: that of the first source on a server; empty if there is none."""
    with db.transaction() as session:
        usable = select(Source.key).where(Source.kind == SourceKind.SERVER, Source.enabled)
        return session.scalar(usable.order_by(Source.id).limit(1)) or ""


def _source() -> str:
    """Return whose message ids these are. A website's key is read by everybody: it may not say who somebody is."""
    key = request.headers.get("ma-key", "")
    if not key:
        raise NotSignedIn("ma-key not found in headers")
    with db.transaction() as session:
        usable = (Source.key == key, Source.enabled, Source.kind == SourceKind.SERVER)
        source = session.scalar(select(Source).where(*usable))
        if source is None:
            raise NotSignedIn("Key not found")
        keeping.note_seen(source)
        return f"source{source.id}"


def _record(
    source: str, sent: Body, name: str, properties: Mapping[str, Any], attributes: Mapping[str, object] | None = None
) -> None:
    event = {
        "event": name,
        "identifiers": {"email": sent.needed_text("email")},
        "properties": properties,
        "attributes": attributes or {},
    }
    record_events([read_one(event, _VOCABULARY)], source=source)
