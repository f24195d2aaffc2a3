"""What deals and companies are made of; that is fixed here."""

from typing import Final

from flask import Response, jsonify

from app.adapters.catalog import load_catalog
from app.compat.brevo.door import door
from app.compat.brevo.refusals import wrong
from app.models import DealStatus
from app.permissions import requires
from app.services import pipelines

_FIXED: Final = (
    "Deals and companies have the attributes of GET /crm/attributes and no others; contacts can have more: "
    "see POST /contacts/attributes"
)
_READ_ONLY: Final = frozenset({"created_at", "last_updated_date", "last_updated_at"})
_COMPANIES: Final = {
    "name": ("Name", "text"),
    "domain": ("Domain", "text"),
    "country": ("Country", "text"),
    "industry": ("Industry", "text"),
    "number_of_employees": ("Number of employees", "number"),
    "created_at": ("Created at", "date"),
    "last_updated_at": ("Last updated at", "date"),
}


@door.get("/crm/attributes/deals")
@requires("deals.view")
def list_deal_attributes() -> Response:
    """List the attributes of deals; pipelines, stages and people are the options of theirs."""
    every = pipelines.every()
    people = {str(each.id): each.name for each in load_catalog().users.values() if each.active}
    stages = {str(stage.id): stage.name for each in every for stage in each.stages}
    shown = [
        _attribute("deal_name", "Deal name", "text", required=True),
        _attribute("amount", "Amount", "number"),
        _attribute("pipeline", "Pipeline", "single-select", {str(each.id): each.name for each in every}),
        _attribute("deal_stage", "Deal stage", "single-select", stages),
        _attribute("deal_owner", "Deal owner", "user", people),
        _attribute("deal_status", "Deal status", "single-select", {each.value: each.value for each in DealStatus}),
        _attribute("created_at", "Created at", "date"),
        _attribute("last_updated_date", "Last updated date", "date"),
    ]
    return jsonify(shown)


@door.get("/crm/attributes/companies")
@door.get("/companies/attributes")
@requires("contacts.view")
def list_company_attributes() -> Response:
    """List the attributes of companies."""
    return jsonify(
        [_attribute(name, label, kind, required=name == "name") for name, (label, kind) in _COMPANIES.items()]
    )


@door.post("/crm/attributes")
@requires("attributes.edit")
def create_crm_attribute() -> Response:
    """Refuse attributes of one's own."""
    raise wrong("label", _FIXED)


@door.patch("/crm/attributes/<attribute>")
@door.delete("/crm/attributes/<attribute>")
@requires("attributes.edit")
def change_crm_attribute(attribute: str) -> Response:
    """Refuse to change an attribute or to take it away."""
    raise wrong(attribute, _FIXED)


def _attribute(
    name: str, label: str, kind: str, options: dict[str, str] | None = None, *, required: bool = False
) -> dict[str, object]:
    return {
        "internalName": name,
        "label": label,
        "attributeTypeName": kind,
        "attributeOptions": [{"key": key, "value": value} for key, value in (options or {}).items()],
        "isRequired": required,
        "isValueReadonly": name in _READ_ONLY,
    }
