"""Deals: made, found, changed, linked, deleted."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import Response, jsonify

from app.adapters.catalog import load_catalog
from app.compat.brevo.crm_words import filters, only_id, sorted_slice, text_id, text_ids, user
from app.compat.brevo.door import door
from app.compat.brevo.refusals import out_of_range, wrong
from app.compat.brevo.requests import Body, body, moment, written, written_value
from app.models import DealStatus
from app.permissions import requires
from app.services import deals, values
from app.services.deals import DealChanges, DealFilter, DealView

LARGEST_AMOUNT: Final = 1e15
_MOST_CONTACTS: Final = 200
_ONE_COMPANY: Final = "a deal here is with one company"
_DONE: Final = ("", 204)
_SORTS: Final = {
    "created_at": "created_at",
    "last_updated_date": "modified_at",
    "deal_name": "name",
    "amount": "amount",
}
_FILTERS: Final[Mapping[str, tuple[str, Callable[[str, str], object]]]] = {
    "attributes.deal_name": ("name", values.storable),
    "attributes.deal_owner": ("owner", user),
    "attributes.deal_stage": ("stage", text_id),
    "attributes.pipeline": ("pipeline", text_id),
    "linkedContactsIds": ("contact", text_id),
    "linkedCompaniesIds": ("company", text_id),
}


@door.get("/crm/deals")
@requires("deals.view")
def list_deals() -> Response:
    """List deals."""
    wanted, sort = sorted_slice(_SORTS)
    found = deals.find_slice(_filter(), sort, limit=wanted.limit, offset=wanted.offset)
    return jsonify(items=[_shown(each) for each in found])


@door.post("/crm/deals")
@requires("deals.edit")
def create_deal() -> tuple[Response, int]:
    """Make a deal."""
    sent = body()
    made = deals.create({**_changes(sent), "name": values.line("name", sent.needed_text("name"))})
    return jsonify(id=str(made.id)), 201


@door.get("/crm/deals/<id:deal_id>")
@requires("deals.view")
def read_deal(deal_id: int) -> Response:
    """Show one deal."""
    return jsonify(_shown(deals.get(deal_id)))


@door.patch("/crm/deals/<id:deal_id>")
@requires("deals.edit")
def update_deal(deal_id: int) -> tuple[str, int]:
    """Change what is given of a deal; links that are given replace those there were."""
    deals.change(deal_id, _changes(body()))
    return _DONE


@door.delete("/crm/deals/<id:deal_id>")
@requires("deals.edit")
def delete_deal(deal_id: int) -> tuple[str, int]:
    """Delete a deal."""
    deals.remove(deal_id)
    return _DONE


@door.patch("/crm/deals/link-unlink/<id:deal_id>")
@requires("deals.edit")
def link_deal(deal_id: int) -> tuple[str, int]:
    """Link contacts and companies to a deal, and take others away."""
    sent, deal = body(), deals.get(deal_id)
    contacts = {each.id for each in deal.contacts} - set(sent.numbers("unlinkContactIds"))
    company = {deal.company.id} if deal.company else set()
    companies = (company - set(text_ids(sent, "unlinkCompanyIds"))) | set(text_ids(sent, "linkCompanyIds"))
    linked = [*contacts.union(_contacts(sent, "linkContactIds"))]
    company_id = only_id("linkCompanyIds", list(companies), _ONE_COMPANY)
    deals.change(deal_id, {"contact_ids": linked, "company_id": company_id})
    return _DONE


@door.post("/crm/deals/import")
@requires("deals.edit")
def import_deals() -> Response:
    """Refuse files of deals: there is no import of them here."""
    raise wrong("file", "Deals cannot be imported as a file here; make each with POST /crm/deals")


def _filter() -> DealFilter:
    chosen: dict[str, Any] = {}
    for name, text in filters("filters").items():
        if name not in _FILTERS:
            raise wrong("filters", f"filters should be one of {', '.join(_FILTERS)}")
        key, read = _FILTERS[name]
        chosen[key] = read(name, text)
    for key, name in (("created_since", "createdSince"), ("modified_since", "modifiedSince")):
        if (since := moment(name)) is not None:
            chosen[key] = since
    made: DealFilter = chosen  # type: ignore[assignment] # keys of the filter
    return made


def _changes(sent: Body) -> DealChanges:
    """Read a deal; attributes that are none of ours are left out."""
    given = Body(sent.mapping("attributes"), "attributes.")
    changes: DealChanges = {}
    if name := sent.text("name") or given.text("deal_name"):
        changes["name"] = values.line("name", name)
    if "amount" in given.raw:
        changes["amount"] = _amount(given.raw["amount"])
    if "deal_owner" in given.raw:
        changes["owner_id"] = user("deal_owner", given.text("deal_owner")) if given.text("deal_owner") else None
    if status := given.text("deal_status"):
        changes["status"] = _status(status)
    changes.update(_place(given))
    if sent.has("linkedContactsIds"):
        changes["contact_ids"] = _contacts(sent, "linkedContactsIds")
    if sent.has("linkedCompaniesIds"):
        changes["company_id"] = only_id("linkedCompaniesIds", text_ids(sent, "linkedCompaniesIds"), _ONE_COMPANY)
    return changes


def _place(given: Body) -> DealChanges:
    """Read pipeline and stage; a stage alone says in which pipeline it is."""
    place: DealChanges = {}
    if pipeline := given.text("pipeline"):
        place["pipeline_id"] = text_id("pipeline", pipeline)
    if stage := given.text("deal_stage"):
        place["stage_id"] = text_id("deal_stage", stage)
        if not pipeline:
            place["pipeline_id"] = _pipeline_of(place["stage_id"])
    return place


def _pipeline_of(stage_id: int) -> int:
    for pipeline in load_catalog().pipelines.values():
        if any(stage.id == stage_id for stage in pipeline.stages):
            return pipeline.id
    raise wrong("deal_stage", "deal_stage is the id of no stage; see GET /crm/pipeline/details/all")


def _contacts(sent: Body, key: str) -> list[int]:
    found = sent.numbers(key)
    if len(found) > _MOST_CONTACTS:
        raise out_of_range(key, f"{key} should hold at most {_MOST_CONTACTS} ids")
    return found


def _amount(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LARGEST_AMOUNT:
        raise wrong("amount", "amount should be a number from 0 to 1000000000000000")
    return float(value)


def _status(text: str) -> str:
    if text not in set(DealStatus):
        raise wrong("deal_status", f"deal_status should be one of {', '.join(DealStatus)}")
    return text


def _shown(deal: DealView) -> dict[str, object]:
    attributes = {
        "deal_name": deal.name,
        "amount": written_value(deal.amount),
        "pipeline": str(deal.pipeline.id),
        "deal_stage": str(deal.stage.id),
        "deal_owner": str(deal.owner.id) if deal.owner else None,
        "deal_status": deal.status,
        "created_at": written(deal.created_at),
        "last_updated_date": written(deal.modified_at),
    }
    return {
        "id": str(deal.id),
        "attributes": {name: value for name, value in attributes.items() if value is not None},
        "linkedContactsIds": [each.id for each in deal.contacts],
        "linkedCompaniesIds": [str(deal.company.id)] if deal.company else [],
    }
