"""Companies."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.paging import paging
from app.api.schemas.base import page_of
from app.api.schemas.groups import Company, CompanyArguments, CompanyChange, NewCompany
from app.permissions import requires
from app.services import companies
from app.services.companies import CompanyView
from app.services.paging import Page

blueprint = Blueprint("companies", __name__, url_prefix="/api/companies", description="Whom contacts work for.")


@blueprint.get("")
@requires("contacts.view")
@blueprint.arguments(CompanyArguments, location="query")
@blueprint.response(200, page_of(Company, total=True))
def some(arguments: dict[str, Any]) -> Page[CompanyView]:
    """List companies by name."""
    return companies.find(paging(arguments), arguments["search"])


@blueprint.post("")
@requires("contacts.edit")
@blueprint.arguments(NewCompany)
@blueprint.response(201, Company)
def create(new: dict[str, Any]) -> CompanyView:
    """Make a company."""
    return companies.get(companies.create(new))


@blueprint.get("/<id:id>")
@requires("contacts.view")
@blueprint.response(200, Company)
def read(id: int) -> CompanyView:
    """Read one company."""
    return companies.get(id)


@blueprint.patch("/<id:id>")
@requires("contacts.edit")
@blueprint.arguments(CompanyChange)
@blueprint.response(200, Company)
def change(changes: dict[str, Any], id: int) -> CompanyView:
    """Change a company."""
    companies.change(id, changes)
    return companies.get(id)


@blueprint.delete("/<id:id>")
@requires("contacts.edit")
@blueprint.response(204)
def remove(id: int) -> None:
    """Delete a company; its contacts stay."""
    companies.delete(id)
