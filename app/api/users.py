"""The people who work here."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of
from app.api.schemas.settings import NewUser, User, UserChange
from app.models import User as UserRow
from app.permissions import requires
from app.services import users
from app.services.users import UserChanges

blueprint = Blueprint("users", __name__, url_prefix="/api/users", description="The people who work here.")


@blueprint.get("")
@requires("users.manage")
@blueprint.response(200, all_of(User))
def every() -> dict[str, list[UserRow]]:
    """List everybody."""
    return {"items": users.all_users()}


@blueprint.post("")
@requires("users.manage")
@blueprint.arguments(NewUser)
@blueprint.response(201, User)
def create(new: dict[str, Any]) -> UserRow:
    """Add somebody."""
    return users.create(**new)


@blueprint.patch("/<id:id>")
@requires("users.manage")
@blueprint.arguments(UserChange)
@blueprint.response(200, User)
def change(changes: UserChanges, id: int) -> UserRow:
    """Change somebody's name, roles, password, or whether they may sign in."""
    return users.update(id, changes)


@blueprint.delete("/<id:id>")
@requires("users.manage")
@blueprint.response(204)
def deactivate(id: int) -> None:
    """Shut somebody out; their name stays in the history."""
    users.deactivate(id)
