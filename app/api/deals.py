"""Deals."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.paging import paging
from app.api.schemas.base import page_of
from app.api.schemas.sales import Deal, DealArguments, DealChange, NewDeal
from app.permissions import requires
from app.services import deals
from app.services.deals import DealChanges, DealFilter, DealView
from app.services.paging import Page

blueprint = Blueprint("deals", __name__, url_prefix="/api/deals", description="Possible sales.")


@blueprint.get("")
@requires("deals.view")
@blueprint.arguments(DealArguments, location="query")
@blueprint.response(200, page_of(Deal))
def some(arguments: dict[str, Any]) -> Page[DealView]:
    """List deals."""
    wanted, sort = paging(arguments), arguments.pop("sort")
    filters: DealFilter = arguments  # type: ignore[assignment] # what is left of the form
    return deals.some(filters, sort, wanted)


@blueprint.post("")
@requires("deals.edit")
@blueprint.arguments(NewDeal)
@blueprint.response(201, Deal)
def create(new: DealChanges) -> DealView:
    """Make a deal."""
    return deals.create(new)


@blueprint.get("/<id:id>")
@requires("deals.view")
@blueprint.response(200, Deal)
def read(id: int) -> DealView:
    """Read one deal."""
    return deals.get(id)


@blueprint.patch("/<id:id>")
@requires("deals.edit")
@blueprint.arguments(DealChange)
@blueprint.response(200, Deal)
def change(changes: DealChanges, id: int) -> DealView:
    """Change a deal."""
    return deals.change(id, changes)


@blueprint.delete("/<id:id>")
@requires("deals.edit")
@blueprint.response(204)
def remove(id: int) -> None:
    """Delete a deal."""
    deals.remove(id)
