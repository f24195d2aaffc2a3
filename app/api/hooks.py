"""Steps that other tools call: their addresses, and what was sent to them."""

from typing import Any

from flask import current_app

from app.api.blueprint import Blueprint
from app.api.schemas.hooks import HookAddress, HookCall, HookCalls, ReplayedCalls
from app.permissions import requires
from app.services import hooks
from app.services.hooks import Address, Calls, CallView, Replayed
from app.settings import Settings

blueprint = Blueprint("hooks", __name__, url_prefix="/api/automations", description="Steps that other tools call.")


@blueprint.put("/<id:id>/hooks/<step>")
@requires("automations.edit")
@blueprint.response(200, HookAddress)
def address(id: int, step: str) -> dict[str, Any]:
    """Say where a step is called, making its address if it has none yet."""
    return _shown(hooks.address(id, step))


@blueprint.post("/<id:id>/hooks/<step>/rotate")
@requires("automations.edit")
@blueprint.response(200, HookAddress)
def rotate(id: int, step: str) -> dict[str, Any]:
    """Give a step another address; the old one stops at once."""
    return _shown(hooks.rotate(id, step))


@blueprint.get("/<id:id>/hooks/<step>/calls")
@requires("automations.edit")
@blueprint.response(200, HookCalls)
def calls(id: int, step: str) -> Calls:
    """List the last calls, the newest first."""
    return hooks.some(id, step)


@blueprint.post("/<id:id>/hooks/<step>/calls/<id:call_id>/replay")
@requires("automations.enter")
@blueprint.response(200, HookCall)
def replay(id: int, step: str, call_id: int) -> CallView:
    """Take a call once more that was refused, or came before the step ran."""
    return hooks.replay(id, step, call_id)


@blueprint.post("/<id:id>/hooks/<step>/replay")
@requires("automations.enter")
@blueprint.response(200, ReplayedCalls)
def replay_refused(id: int, step: str) -> Replayed:
    """Take all refused calls once more, the oldest first."""
    return hooks.replay_refused(id, step)


def _shown(address: Address) -> dict[str, Any]:
    settings: Settings = current_app.extensions["cadenza-settings"]
    return {"step": address.step, "url": f"{settings.public_url}{hooks.PATH}/{address.token}", "since": address.since}
