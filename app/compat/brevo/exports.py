"""Exporting contacts: written by the workers as a process that can be watched, fetched at an address of its own."""

from collections.abc import Iterator, Sequence
from typing import Final

from flask import Blueprint, Response, current_app, jsonify

from app.adapters.catalog import load_catalog
from app.compat.brevo.door import PREFIX, door
from app.compat.brevo.identifiers import attribute_identifier
from app.compat.brevo.imports import notify_url
from app.compat.brevo.refusals import missing, wrong
from app.compat.brevo.requests import Body, body
from app.permissions import public, requires
from app.services import contact_files
from app.services.contact_files import Column, Wanted
from app.settings import Settings
from nodes.catalog import Catalog

_FILES: Final = f"{PREFIX}/files"
_SUBSCRIBED: Final[dict[str, bool | None]] = {"allContacts": None, "subscribed": True, "unsubscribed": False}
_ELSEWHERE: Final = ("actionForEmailCampaigns", "actionForSmsCampaigns")
_MANDATORY: Final = (Column("CONTACT ID", "field", "id"), Column("EMAIL", "field", "email"))
_MOMENTS: Final = (Column("ADDED_TIME", "moment", "created_at"), Column("MODIFIED_TIME", "moment", "modified_at"))
_METADATA: Final = {"_listIds": Column("_listIds", "lists"), **{each.header: each for each in _MOMENTS}}
_STATUSES: Final = {
    "email_marketing": Column("EMAIL_MARKETING", "silent", "email_blacklisted"),
    "sms_marketing": Column("SMS_MARKETING", "silent", "sms_blacklisted"),
}
_NUMBERS: Final = frozenset({"phone", "whatsapp", "landline"})

# Whoever has the address of a file may fetch it: clients call it without their key.
files = Blueprint("brevo_files", __name__, url_prefix=_FILES)


@door.post("/contacts/export")
@requires("contacts.export")
def export_contacts() -> tuple[Response, int]:
    """Begin an export."""
    sent = body()
    settings: Settings = current_app.extensions["cadenza-settings"]
    fetched_at = f"{settings.public_url.rstrip('/')}{_FILES}/"
    return jsonify(processId=contact_files.start(_wanted(sent), fetched_at, notify_url(sent))), 202


@files.get("/<token>")
@public
def fetch(token: str) -> Response:
    """Give a file that was written."""
    answer = Response(contact_files.pieces(token), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename="contacts.csv")
    return answer


def _wanted(sent: Body) -> Wanted:
    if not sent.has("customContactFilter"):
        raise missing("customContactFilter")
    asked = Body(sent.mapping("customContactFilter"), "customContactFilter.")
    for field in _ELSEWHERE:
        if asked.has(field):
            raise wrong(field, f"{field} is not known here; use actionForContacts with a segmentId")
    action = asked.needed_text("actionForContacts")
    if action not in _SUBSCRIBED:
        known = ", ".join(_SUBSCRIBED)
        raise wrong("actionForContacts", f"actionForContacts should be one of {known}: nobody leaves a list alone here")
    if asked.has("listId") and asked.has("segmentId"):
        raise wrong("segmentId", "Only one of listId and segmentId can be given")
    catalog = load_catalog()
    list_id, segment_id = asked.number("listId"), asked.number("segmentId")
    if list_id is not None and list_id not in catalog.lists:
        raise wrong("listId", "List ID does not exist")
    if segment_id is not None and segment_id not in catalog.segments:
        raise wrong("segmentId", "Segment ID does not exist")
    zone = "UTC" if sent.flag("exportDateInUTC") else str(catalog.time_zone)
    return Wanted(_columns(sent, catalog), zone, list_id, segment_id, _SUBSCRIBED[action])


def _columns(sent: Body, catalog: Catalog) -> Sequence[Column]:
    """Return the columns, each once."""
    mandatory = sent.flag("exportMandatoryAttributes", default=True)
    if not mandatory and not sent.texts("exportAttributes"):
        raise missing("exportAttributes", "exportAttributes is missing, as exportMandatoryAttributes is false")
    named = [each.upper() for each in sent.texts("exportAttributes")] or sorted({*catalog.attributes, "SMS"})
    found = [
        *(_MANDATORY if mandatory else ()),
        *(_column(name, catalog) for name in named),
        *_chosen(sent, "exportMetadata", _METADATA),
        *_chosen(sent, "exportSubscriptionStatus", _STATUSES),
        *(_MOMENTS if mandatory else ()),
    ]
    return list({each.header: each for each in found}.values())


def _column(name: str, catalog: Catalog) -> Column:
    kind = attribute_identifier(name)
    if kind is not None:
        return Column(name, "number" if kind in _NUMBERS else "field", kind)
    if name not in catalog.attributes:
        raise wrong("exportAttributes", f"Attribute {name} not found")
    return Column(name, "attribute", name)


def _chosen(sent: Body, field: str, known: dict[str, Column]) -> Iterator[Column]:
    for each in sent.texts(field):
        if each not in known:
            raise wrong(field, f"{field} should hold {', '.join(known)} only")
        yield known[each]
