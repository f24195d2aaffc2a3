"""Contact attributes."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of
from app.api.schemas.groups import Attribute, AttributeChange, NewAttribute
from app.permissions import requires
from app.services import attributes
from nodes import catalog
from nodes.catalog import Kind

blueprint = Blueprint("attributes", __name__, url_prefix="/api/attributes", description="Typed facts about contacts.")


@blueprint.get("")
@requires("contacts.view")
@blueprint.response(200, all_of(Attribute))
def every() -> dict[str, list[catalog.Attribute]]:
    """List all attributes."""
    return {"items": attributes.every()}


@blueprint.post("")
@requires("attributes.edit")
@blueprint.arguments(NewAttribute)
@blueprint.response(201, Attribute)
def create(new: dict[str, Any]) -> catalog.Attribute:
    """Make an attribute, empty for every contact."""
    return attributes.create(new["name"], Kind(new["kind"]), new.get("options", ()))


@blueprint.patch("/<name>")
@requires("attributes.edit")
@blueprint.arguments(AttributeChange)
@blueprint.response(200, Attribute)
def change(changes: dict[str, Any], name: str) -> catalog.Attribute:
    """Change an attribute's options."""
    return attributes.set_options(name, changes["options"])


@blueprint.delete("/<name>")
@requires("attributes.edit")
@blueprint.response(204)
def remove(name: str) -> None:
    """Delete an attribute with its values. Refused while automations or segments use it."""
    attributes.delete(name)
