"""The keys of programs."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of
from app.api.schemas.settings import ApiKey, ApiKeyName, CreatedApiKey
from app.models import ApiKey as ApiKeyRow
from app.permissions import requires
from app.services import api_keys

blueprint = Blueprint("api_keys", __name__, url_prefix="/api/api-keys", description="The keys of programs.")


@blueprint.get("")
@requires("api_keys.manage")
@blueprint.response(200, all_of(ApiKey))
def every() -> dict[str, list[ApiKeyRow]]:
    """List the keys that work."""
    return {"items": api_keys.all_keys()}


@blueprint.post("")
@requires("api_keys.manage")
@blueprint.arguments(ApiKeyName)
@blueprint.response(201, CreatedApiKey)
def create(wanted: dict[str, str]) -> dict[str, Any]:
    """Make a key; its text is in this answer only."""
    stored, key = api_keys.create(wanted["name"])
    return {**{name: getattr(stored, name) for name in ApiKey().fields}, "key": key}


@blueprint.delete("/<id:id>")
@requires("api_keys.manage")
@blueprint.response(204)
def revoke(id: int) -> None:
    """End a key at once."""
    api_keys.revoke(id)
