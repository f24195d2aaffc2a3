"""Contacts."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from flask import Response

from app.api.blueprint import Blueprint
from app.api.csv_answers import csv_answer
from app.api.language import Localised, language
from app.api.paging import paging
from app.api.schemas.base import all_of, page_of
from app.api.schemas.contacts import (
    Contact,
    ContactArguments,
    ContactChange,
    ContactCount,
    ContactDetail,
    ContactEnrollment,
    CountQuestion,
    ExportArguments,
    Refusal,
    TimelineArguments,
    TimelineItem,
)
from app.errors import NotFound
from app.permissions import requires
from app.services import contacts, exports, journeys, lists, timeline
from app.services.contacts import ContactInput, ContactView, Identifier
from app.services.contacts.detail import detail
from app.services.contacts.finding import ContactQuery, count_condition, find
from app.services.paging import Page

blueprint = Blueprint("contacts", __name__, url_prefix="/api/contacts", description="People.")

_NO_FIELDS: Final = {"attributes", "lists", "tags"}


@blueprint.get("")
@requires("contacts.view")
@blueprint.arguments(ContactArguments, location="query")
@blueprint.response(200, page_of(Contact, total=True))
def some(arguments: dict[str, Any]) -> Page[ContactView]:
    """List contacts."""
    return find(query(arguments), paging(arguments), arguments["sort"])


@blueprint.post("")
@requires("contacts.edit")
@blueprint.arguments(ContactChange)
@blueprint.response(201, ContactDetail)
def create(new: dict[str, Any]) -> dict[str, Any]:
    """Make a contact. It needs at least one of email, phone and ext_id."""
    row = ContactInput(
        fields=_fields(new),
        attributes=new.get("attributes", {}),
        add_lists=new.get("lists", ()),
        add_tags=new.get("tags", ()),
    )
    return shown(contacts.create(row))


@blueprint.post("/count")
@requires("contacts.view")
@blueprint.arguments(CountQuestion)
@blueprint.response(200, ContactCount)
def count(question: dict[str, Any]) -> dict[str, int]:
    """Count the contacts that a condition holds for."""
    return {"count": count_condition(question["condition"])}


@blueprint.get("/export")
@requires("contacts.export")
@blueprint.arguments(ExportArguments, location="query")
@blueprint.response(200, {"type": "string"}, content_type="text/csv")
def export(arguments: dict[str, Any]) -> Response:
    """Download contacts as CSV."""
    return csv_answer(exports.export(query(arguments)), "contacts.csv")


@blueprint.get("/<id:id>")
@requires("contacts.view")
@blueprint.response(200, ContactDetail)
def read(id: int) -> dict[str, Any]:
    """Read one contact; by the number of one that was merged, the one that it became part of."""
    return shown(contacts.one(Identifier("id", id)))


@blueprint.patch("/<id:id>")
@requires("contacts.edit")
@blueprint.arguments(ContactChange)
@blueprint.response(200, ContactDetail)
def change(changes: dict[str, Any], id: int) -> dict[str, Any]:
    """Change a contact."""
    row = ContactInput(
        who=Identifier("id", id),
        fields=_fields(changes),
        attributes=changes.get("attributes", {}),
        only_lists=changes.get("lists"),
        only_tags=changes.get("tags"),
    )
    return shown(contacts.update(row))


@blueprint.delete("/<id:id>")
@requires("contacts.edit")
@blueprint.response(204)
def remove(id: int) -> None:
    """Delete a contact with all that is known of it."""
    if not contacts.delete([id]):
        raise NotFound.thing("contact", id)


@blueprint.get("/<id:id>/timeline")
@requires("contacts.view")
@blueprint.arguments(TimelineArguments, location="query")
@blueprint.response(200, page_of(TimelineItem))
def show_timeline(arguments: dict[str, Any], id: int) -> Page[timeline.TimelineItem]:
    """Tell what happened to a contact, newest first."""
    return timeline.of_contact(id, paging(arguments), language(arguments["lang"]))


@blueprint.get("/<id:id>/enrollments")
@requires("contacts.view")
@blueprint.arguments(TimelineArguments, location="query")
@blueprint.response(200, page_of(ContactEnrollment))
def show_enrollments(arguments: dict[str, Any], id: int) -> Page[journeys.JourneyView]:
    """Tell how a contact went through automations, and why each step led where it did."""
    return journeys.of_contact(id, paging(arguments), language(arguments["lang"]))


@blueprint.get("/<id:id>/enrollments/<id:enrollment_id>")
@requires("contacts.view")
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, ContactEnrollment)
def show_enrollment(arguments: dict[str, Any], id: int, enrollment_id: int) -> journeys.JourneyView:
    """Tell how a contact went through an automation that one time."""
    return journeys.one(id, enrollment_id, language(arguments["lang"]))


@blueprint.get("/<id:id>/refusals")
@requires("contacts.view")
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, all_of(Refusal))
def show_refusals(arguments: dict[str, Any], id: int) -> dict[str, Any]:
    """Tell why automations did not let a contact in."""
    return {"items": journeys.refusals(id, language(arguments["lang"]))}


@blueprint.put("/<id:id>/lists/<id:list_id>")
@requires("contacts.edit")
@blueprint.response(204)
def join_list(id: int, list_id: int) -> None:
    """Put a contact on a list."""
    lists.add(list_id, [contacts.one(Identifier("id", id))])


@blueprint.delete("/<id:id>/lists/<id:list_id>")
@requires("contacts.edit")
@blueprint.response(204)
def leave_list(id: int, list_id: int) -> None:
    """Take a contact off a list."""
    lists.remove(list_id, [contacts.one(Identifier("id", id))])


@blueprint.put("/<id:id>/tags/<path:tag>")
@requires("contacts.edit")
@blueprint.response(204)
def add_tag(id: int, tag: str) -> None:
    """Give a contact a tag; one met for the first time is made."""
    contacts.update(ContactInput(who=Identifier("id", id), add_tags=[tag]))


@blueprint.delete("/<id:id>/tags/<path:tag>")
@requires("contacts.edit")
@blueprint.response(204)
def remove_tag(id: int, tag: str) -> None:
    """Take a tag off a contact."""
    contacts.update(ContactInput(who=Identifier("id", id), remove_tags=[tag]))


def query(arguments: Mapping[str, Any]) -> ContactQuery:
    """Return the query that the arguments of a request ask for."""
    return ContactQuery(condition=arguments["condition"], segment_id=arguments["segment"], search=arguments["search"])


def shown(contact_id: int) -> dict[str, Any]:
    """Return a contact for its page."""
    found = detail(contact_id)
    return {**asdict(found.contact), "lists": found.lists, "counts": found.counts}


def _fields(given: Mapping[str, Any]) -> dict[Any, Any]:
    return {name: value for name, value in given.items() if name not in _NO_FIELDS}
