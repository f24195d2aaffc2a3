"""Steps that other tools call: their addresses, and what was sent to them."""

from typing import Any

from flask import current_app

from app.api.blueprint import Blueprint
from app.api.schemas.hooks import (
    HookAddress,
    HookCall,
    HookCalls,
    HookExample,
    HookMapping,
    HookPreview,
    ReplayedCalls,
)
from app.permissions import requires
from app.services import hooks
from app.services.hooks import Address, Calls, CallView, Preview, Replayed
from app.settings import Settings
from nodes.fields import PayloadMap

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


@blueprint.post("/<id:id>/hooks/<step>/calls")
@requires("automations.edit")
@blueprint.arguments(HookExample)
@blueprint.response(201, HookCall)
def keep_example(given: dict[str, Any], id: int, step: str) -> CallView:
    """Keep an example of what will be sent, to choose from. Nobody enters."""
    return hooks.keep_example(id, step, given["payload"])


@blueprint.post("/<id:id>/hooks/<step>/calls/<id:call_id>/preview")
@requires("automations.edit")
@blueprint.arguments(HookMapping)
@blueprint.response(200, HookPreview)
def preview(given: dict[str, PayloadMap], id: int, step: str, call_id: int) -> Preview:
    """Say what would come of a call by a mapping that is not in force yet; nothing is written."""
    return hooks.preview(id, step, call_id, given["mapping"])


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
