"""Companies: made, found, changed, linked, deleted."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from flask import Response, jsonify, request

from app import db
from app.compat.brevo.crm_words import CRM_LIMIT, filters, sorted_slice, text_id, text_ids
from app.compat.brevo.door import door
from app.compat.brevo.refusals import out_of_range, wrong
from app.compat.brevo.requests import LARGEST_ID, Body, body, moment, numbers, whole, written
from app.permissions import requires
from app.services import companies, contacts, deals, values
from app.services.companies import CompanyFilter, CompanyView, Links
from app.services.contacts import ContactInput, Identifier

_DONE: Final = ("", 204)
_SORTS: Final = {"created_at": "created_at", "last_updated_at": "modified_at", "name": "name"}
_FIELDS: Final = {
    "name": "name",
    "domain": "domain",
    "country": "country",
    "industry": "industry",
    "number_of_employees": "size",
}
"""Our fields by the names of Brevo's attributes; attributes of other names are left out."""


@door.get("/companies")
@requires("contacts.view")
def list_companies() -> Response:
    """List companies, by pages that count from 1."""
    wanted, sort = sorted_slice(_SORTS)
    page = whole("page", 1)
    if not 1 <= page <= LARGEST_ID // (wanted.limit or CRM_LIMIT):
        raise out_of_range("page", "page should be 1 or more")
    found = companies.find_slice(_filter(), sort, limit=wanted.limit, offset=(page - 1) * wanted.limit)
    links = companies.links([each.id for each in found])
    return jsonify(items=[_shown(each, links[each.id]) for each in found])


@door.post("/companies")
@requires("contacts.edit")
def create_company() -> Response:
    """Make a company."""
    sent = body()
    with db.transaction():
        company_id = companies.create(_fields(sent) | {"name": sent.needed_text("name")})
        _replace_links(company_id, sent)
    return jsonify(id=str(company_id))


@door.get("/companies/<id:company_id>")
@requires("contacts.view")
def read_company(company_id: int) -> Response:
    """Show one company."""
    return jsonify(_one(company_id))


@door.patch("/companies/<id:company_id>")
@requires("contacts.edit")
def update_company(company_id: int) -> Response:
    """Change what is given of a company; links that are given replace those there were."""
    sent = body()
    with db.transaction():
        companies.change(company_id, _fields(sent))
        _replace_links(company_id, sent)
        return jsonify(_one(company_id))


@door.delete("/companies/<id:company_id>")
@requires("contacts.edit")
def delete_company(company_id: int) -> tuple[str, int]:
    """Delete a company; its contacts and deals stay."""
    companies.delete(company_id)
    return _DONE


@door.patch("/companies/link-unlink/<id:company_id>")
@requires("contacts.edit")
def link_company(company_id: int) -> tuple[str, int]:
    """Link contacts and deals to a company, and take others away."""
    sent = body()
    with db.transaction():
        companies.get(company_id)
        there = companies.links([company_id])[company_id]
        _link_contacts(company_id, sent.numbers("linkContactIds"))
        _set_company(set(sent.numbers("unlinkContactIds")) & set(there.contacts), None)
        _link_deals(company_id, text_ids(sent, "linkDealsIds"))
        _unlink_deals(set(text_ids(sent, "unlinkDealsIds")) & set(there.deals))
    return _DONE


@door.post("/companies/import")
@requires("contacts.edit")
def import_companies() -> Response:
    """Refuse files of companies: there is no import of them here."""
    raise wrong("file", "Companies cannot be imported as a file here; make each with POST /companies")


def _filter() -> CompanyFilter:
    chosen: dict[str, Any] = {}
    for name, text in filters("filters").items():
        if name != "attributes.name":
            raise wrong("filters", "filters should be filters[attributes.name]")
        chosen["name"] = values.storable(name, text)
    if linked := numbers("linkedContactsIds"):
        chosen["contact"] = linked[0]
    if linked_deal := request.args.get("linkedDealsIds"):
        chosen["deal"] = text_id("linkedDealsIds", linked_deal)
    for key, name in (("created_since", "createdSince"), ("modified_since", "modifiedSince")):
        if (since := moment(name)) is not None:
            chosen[key] = since
    made: CompanyFilter = chosen  # type: ignore[assignment] # keys of the filter
    return made


def _fields(sent: Body) -> dict[str, object]:
    """Read a company; the name stands beside its attributes or among them."""
    given = sent.mapping("attributes")
    fields = {_FIELDS[name]: value for name, value in given.items() if name in _FIELDS}
    return fields | ({"name": sent.text("name")} if sent.text("name") else {})


def _replace_links(company_id: int, sent: Body) -> None:
    there = companies.links([company_id])[company_id]
    if sent.has("linkedContactsIds"):
        wanted = sent.numbers("linkedContactsIds")
        _set_company(set(there.contacts) - set(wanted), None)
        _link_contacts(company_id, wanted)
    if sent.has("linkedDealsIds"):
        wanted = text_ids(sent, "linkedDealsIds")
        _unlink_deals(set(there.deals) - set(wanted))
        _link_deals(company_id, wanted)


def _link_contacts(company_id: int, wanted: Sequence[int]) -> None:
    """A contact works for one company here: from another one it is not taken away unasked."""
    for contact in contacts.fetch(wanted):
        if contact.company and contact.company.id != company_id:
            reason = "a contact here is with one company; unlink it from that one first"
            raise wrong("contacts", f"Contact {contact.id} is with company {contact.company.id}: {reason}")
    _set_company(wanted, company_id)


def _set_company(contact_ids: Collection[int], company_id: int | None) -> None:
    rows = [ContactInput(who=Identifier("id", each), fields={"company_id": company_id}) for each in sorted(contact_ids)]
    for outcome in contacts.write(rows, "update"):
        if outcome.refusal is not None:
            raise wrong("contacts", outcome.refusal.message)


def _link_deals(company_id: int, wanted: Sequence[int]) -> None:
    for number in wanted:
        deal = deals.get(number)
        if deal.company and deal.company.id != company_id:
            reason = "a deal here is with one company; unlink it from that one first"
            raise wrong("deals", f"Deal {deal.id} is with company {deal.company.id}: {reason}")
        deals.change(number, {"company_id": company_id})


def _unlink_deals(deal_ids: Collection[int]) -> None:
    for number in sorted(deal_ids):
        deals.change(number, {"company_id": None})


def _one(company_id: int) -> dict[str, object]:
    return _shown(companies.get(company_id), companies.links([company_id])[company_id])


def _shown(company: CompanyView, links: Links) -> dict[str, object]:
    attributes = {name: getattr(company, field) for name, field in _FIELDS.items()}
    moments = {"created_at": written(company.created_at), "last_updated_at": written(company.modified_at)}
    return {
        "id": str(company.id),
        "attributes": {name: value for name, value in attributes.items() if value is not None} | moments,
        "linkedContactsIds": list(links.contacts),
        "linkedDealsIds": [str(each) for each in links.deals],
    }
