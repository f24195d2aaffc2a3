"""Which category pages of the websites belong to."""

from collections.abc import Sequence
from typing import Any, TypedDict

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of
from app.api.schemas.web import Applying, Backwards, KeptPageRules, PageRules, SeenPage
from app.permissions import requires
from app.services.web import category_rules, recategorising
from app.services.web.categories import Rule

blueprint = Blueprint(
    "page_categories", __name__, url_prefix="/api/page-categories", description="Categories of the websites’ pages."
)


class Rules(TypedDict):
    """Rules as sent."""

    rules: Sequence[Rule]


@blueprint.get("")
@requires("settings.view")
@blueprint.response(200, KeptPageRules)
def read() -> dict[str, Any]:
    """Read the rules, and how far they were applied to the past."""
    return {"rules": category_rules.read(), "applying": recategorising.latest()}


@blueprint.put("")
@requires("settings.edit")
@blueprint.arguments(PageRules)
@blueprint.response(200, KeptPageRules)
def save(given: Rules) -> dict[str, Any]:
    """Keep these rules instead; they hold for views that come from now on."""
    return {"rules": category_rules.save(given["rules"]), "applying": recategorising.latest()}


@blueprint.post("/preview")
@requires("settings.view")
@blueprint.arguments(PageRules)
@blueprint.response(200, all_of(SeenPage))
def preview(given: Rules) -> dict[str, Any]:
    """Try rules on the pages that were seen last; nothing is kept."""
    return {"items": category_rules.preview(given["rules"])}


@blueprint.post("/apply")
@requires("settings.edit")
@blueprint.arguments(Backwards)
@blueprint.response(202, Applying)
def apply(given: dict[str, int]) -> recategorising.Applying:
    """Apply the kept rules to the views of the last days; reading the rules tells how far that has come."""
    return recategorising.start(given["days"])


@blueprint.post("/cancel")
@requires("settings.edit")
@blueprint.response(200, Applying)
def cancel() -> recategorising.Applying:
    """Stop applying the rules to the past; views that were told anew stay so."""
    return recategorising.cancel()
