"""Sources: streams of events by Segment's protocol, what they sent last, and where their traits go."""

from typing import Any

from flask import current_app

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of
from app.api.schemas.sources import NewSource, Source, SourceChange, SourceMessage, SourceTrait, TraitDecision
from app.permissions import requires
from app.services.sources import history, keeping, traits
from app.settings import Settings

blueprint = Blueprint(
    "sources", __name__, url_prefix="/api/sources", description="Streams of events by Segment's protocol."
)


@blueprint.get("")
@requires("settings.edit")
@blueprint.response(200, all_of(Source))
def every() -> dict[str, Any]:
    """List all sources, each with its write key."""
    return {"items": [_shown(each) for each in keeping.every()]}


@blueprint.post("")
@requires("settings.edit")
@blueprint.arguments(NewSource)
@blueprint.response(201, Source)
def create(new: keeping.NewSource) -> dict[str, Any]:
    """Add a source."""
    return _shown(keeping.get(keeping.create(new)))


@blueprint.get("/<id:id>")
@requires("settings.edit")
@blueprint.response(200, Source)
def read(id: int) -> dict[str, Any]:
    """Read one source."""
    return _shown(keeping.get(id))


@blueprint.patch("/<id:id>")
@requires("settings.edit")
@blueprint.arguments(SourceChange)
@blueprint.response(200, Source)
def change(given: keeping.SourceChange, id: int) -> dict[str, Any]:
    """Rename a source, or switch it on or off."""
    keeping.change(id, given)
    return _shown(keeping.get(id))


@blueprint.post("/<id:id>/roll")
@requires("settings.edit")
@blueprint.response(200, Source)
def roll(id: int) -> dict[str, Any]:
    """Give a source another write key; the old one stops at once."""
    keeping.roll(id)
    return _shown(keeping.get(id))


@blueprint.delete("/<id:id>")
@requires("settings.edit")
@blueprint.response(204)
def remove(id: int) -> None:
    """Stop listening to a source, and forget those whom it knew by anonymous ids only."""
    keeping.delete(id)


@blueprint.get("/<id:id>/messages")
@requires("settings.edit")
@blueprint.response(200, all_of(SourceMessage))
def messages(id: int) -> dict[str, Any]:
    """List the last messages, the newest first, with what was not taken and why."""
    return {"items": history.last(id)}


@blueprint.get("/<id:id>/traits")
@requires("settings.edit")
@blueprint.response(200, all_of(SourceTrait))
def traits_of(id: int) -> dict[str, Any]:
    """List the traits that were met, and where each goes."""
    return {"items": traits.every(id)}


@blueprint.put("/<id:id>/traits")
@requires("settings.edit")
@blueprint.arguments(TraitDecision)
@blueprint.response(204)
def decide(decision: dict[str, Any], id: int) -> None:
    """Say where a trait goes from now on."""
    traits.decide(id, decision["name"], decision["attribute"], ignored=decision["ignored"])


def _shown(source: keeping.SourceView) -> dict[str, Any]:
    settings: Settings = current_app.extensions["cadenza-settings"]
    return {**source._asdict(), "host": settings.public_url}
