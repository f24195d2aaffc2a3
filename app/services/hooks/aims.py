"""What a call to a step leads to, as its automation stands now."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.errors import Conflict, Gone
from app.models import Automation, AutomationState, AutomationVersion, Hook
from nodes.contract import Trigger
from nodes.fields import PayloadMap, PayloadMapping
from nodes.registry import registry
from workflows.plan import place


class Paused(Conflict):
    """The automation is paused: calls are kept until it is on again."""

    def __init__(self) -> None:
        super().__init__("This automation is paused: nobody enters. Take the call again once it is on.")


class Aim(NamedTuple):
    """The event that a call becomes, and how to read it; no mapping: the step does not run yet, it only looks on."""

    event: str
    place: str
    mapping: PayloadMap | None


def aim_of(session: Session, hook: Hook) -> Aim:
    """Return what a call leads to.

    Raises Gone once the automation is in the archive or without the step, Paused while it is.
    """
    automation = session.get_one(Automation, hook.automation_id)
    if automation.state == AutomationState.ARCHIVED:
        raise Gone("This automation is in the archive. Nobody enters, and the call was not kept.")
    live = session.get(AutomationVersion, automation.live_version_id) if automation.live_version_id else None
    running = live and _step(live.document, hook.step)
    found = running or _step(automation.draft, hook.step)
    if found is None:
        raise Gone("The step that this address belongs to was removed. Nobody enters, and the call was not kept.")
    trigger, config = found
    event, at = trigger.topic(config).event, place(hook.automation_id, hook.step)
    if not running:
        return Aim(event, at, None)
    if automation.state != AutomationState.ACTIVE:
        raise Paused
    return Aim(event, at, _mapping(trigger, config))


def _step(document: Mapping[str, Any], step: str) -> tuple[Trigger, Mapping[str, Any]] | None:
    """Return the trigger at that step of a stored document, if it is one that is called."""
    node = next((node for node in document["nodes"] if node["id"] == step), None)
    trigger = registry().get(node["type"]) if node else None
    return (trigger, node["config"]) if node and isinstance(trigger, Trigger) and trigger.addressed else None


def _mapping(trigger: Trigger, config: Mapping[str, Any]) -> PayloadMap:
    form = trigger.schema().form
    return next(field.convert(config[name]) for name, field in form.items() if isinstance(field, PayloadMapping))
