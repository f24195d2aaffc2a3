"""Pages of contacts: all, those of lists or of a segment, those with a value."""

import re
from datetime import date
from typing import Final

from flask import Response, jsonify, request

from app.adapters.catalog import load_catalog
from app.compat.brevo.contact_forms import shown
from app.compat.brevo.door import door
from app.compat.brevo.identifiers import attribute_identifier
from app.compat.brevo.refusals import absent, out_of_range, wrong
from app.compat.brevo.requests import moment, numbers, slice_of
from app.errors import Invalid
from app.permissions import requires
from app.services.attribute_values import read_loosely
from app.services.contacts.finding import ContactQuery, find_slice
from nodes.catalog import Kind
from nodes.world import Json

_MOST_IDS: Final = 20
_EQUALS = re.compile(r'equals\(\s*([A-Za-z0-9_]+)\s*,\s*"(.*)"\s*\)', re.DOTALL)


@door.get("/contacts")
@requires("contacts.view")
def list_contacts() -> Response:
    """List contacts."""
    ids, list_ids, segments = numbers("ids"), numbers("listIds"), numbers("segmentId")
    if len(ids) > _MOST_IDS:
        raise out_of_range("ids", f"ids should hold at most {_MOST_IDS} ids")
    if list_ids and segments:
        raise wrong("segmentId", "Only one of listIds and segmentId can be given")
    return _page(
        ContactQuery(
            condition=_filter(),
            segment_id=segments[0] if segments else None,
            contact_ids=ids or None,
            list_ids=list_ids or None,
            created_since=moment("createdSince"),
            modified_since=moment("modifiedSince"),
        ),
        most=1000,
    )


@door.get("/contacts/lists/<id:list_id>/contacts")
@requires("contacts.view")
def list_members(list_id: int) -> Response:
    """List the contacts of one list."""
    if list_id not in load_catalog().lists:
        raise absent("List ID")
    return _page(ContactQuery(list_ids=[list_id], modified_since=moment("modifiedSince")), most=500)


def _page(query: ContactQuery, *, most: int) -> Response:
    wanted = slice_of(50, most)
    found, count = find_slice(query, limit=wanted.limit, offset=wanted.offset, newest_first=wanted.newest_first)
    return jsonify(contacts=[shown(contact) for contact in found], count=count)


def _filter() -> Json:
    """Read `filter=equals(ATTRIBUTE,"value")` as a condition."""
    text = request.args.get("filter")
    if not text:
        return None
    matched = _EQUALS.fullmatch(text.strip())
    if matched is None:
        raise wrong("filter", 'filter should be like equals(FIRSTNAME,"Antoine")')
    return _condition(matched[1].upper(), matched[2])


def _condition(name: str, value: str) -> Json:
    field = attribute_identifier(name)
    if field in {"email", "phone", "ext_id"}:
        return {"field": field, "op": "eq", "value": value}
    attribute = load_catalog().attributes.get(name)
    if attribute is None:
        raise wrong("filter", "filter names an attribute that does not exist")
    try:
        stored = read_loosely(attribute, value)
    except Invalid as error:
        raise wrong("filter", error.message) from error
    if stored is None:
        return {"attribute": name, "op": "empty"}
    operator = "any_of" if attribute.kind == Kind.MULTIPLE_CHOICE else "eq"
    return {"attribute": name, "op": operator, "value": stored.isoformat() if isinstance(stored, date) else stored}
