"""Making automations and working on their drafts. What runs is not touched here: see `activation`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters import live
from app.adapters.catalog import bump_revision
from app.errors import Conflict, NotFound, Problem
from app.models import Automation, AutomationState, AutomationVersion
from app.services import audit, automation_templates
from nodes.registry import registry
from nodes.texts import Language, Text
from workflows.document import LONGEST_NAME, Document, dump, load

_EDIT_SESSION: Final = timedelta(minutes=15)
_UNTITLED: Final = Text("New automation", "Nouvelle automatisation", "Новая автоматизация")
_COPY: Final = Text("{name} (copy)", "{name} (copie)", "{name} (копия)")
_MEANING: Final = ("settings", "nodes", "edges")


class AutomationView(NamedTuple):
    """An automation with its draft, and with the document that runs, if any."""

    id: int
    name: str
    state: str
    version: int | None
    draft_revision: int
    document: Mapping[str, Any]
    live_document: Mapping[str, Any] | None
    has_unpublished_changes: bool
    activated_at: datetime | None
    created_at: datetime
    updated_at: datetime


def get(automation_id: int) -> AutomationView:
    """Return one automation, its secrets masked for those who may not edit it; raises NotFound."""
    with db.transaction() as session:
        found = view(session, find(session, automation_id))
    actor = permissions.current()
    if actor is None or actor.may("automations.edit"):
        return found
    shown = found.live_document and masked(found.live_document)
    return found._replace(document=masked(found.document), live_document=shown)


def create(
    language: Language, *, name: str | None = None, document: Document | None = None, template: str | None = None
) -> AutomationView:
    """Make an automation: an empty one, one from a document, or one from a template. Raises NotFound.

    What a template needs is made with it. Where nobody says a name, it is numbered if there is one of that name.
    """
    with db.transaction() as session:
        if template is not None:
            automation_templates.furnish(template, language)
            draft = automation_templates.build(template, language)
        else:
            draft = document or Document(_UNTITLED.say(language))
        if document is None or name:
            draft = replace(draft, name=name or _free(session, draft.name))
        return add(draft)


def duplicate(automation_id: int, language: Language) -> AutomationView:
    """Make a new draft out of an automation's draft."""
    with db.transaction() as session:
        original = find(session, automation_id)
        name = _COPY.say(language).format(name=original.name)[:LONGEST_NAME]
        return add(replace(load(original.draft), name=_free(session, name)))


def save_draft(automation_id: int, document: Document, base_revision: int) -> AutomationView:
    """Keep a draft that was edited since `base_revision`; raises Conflict, changing nothing, if somebody else saved."""
    with db.transaction() as session:
        automation = find(session, automation_id, lock=True)
        demand_editable(automation)
        draft = dump(replace(document, name=automation.name))
        if draft == automation.draft:
            return view(session, automation)
        demand_current(automation, base_revision, "base_revision")
        automation.draft = draft
        automation.draft_revision += 1
        touch(session, automation)
        audit.record_once("automation.edited", "automation", automation_id, within=_EDIT_SESSION)
        return view(session, automation)


def rename(automation_id: int, name: str) -> AutomationView:
    """Give an automation another name, whatever its draft's revision."""
    with db.transaction() as session:
        automation = find(session, automation_id, lock=True)
        automation.name = name
        bump_revision()  # others may speak of it by name
        automation.draft = {**automation.draft, "name": name}
        touch(session, automation)
        audit.record("automation.renamed", "automation", automation_id, {"name": name})
        return view(session, automation)


def delete(automation_id: int) -> None:
    """Delete an archived automation that never ran; one that ran is part of its contacts' history."""
    with db.transaction() as session:
        automation = find(session, automation_id, lock=True)
        if automation.state != AutomationState.ARCHIVED:
            raise Conflict("Archive the automation first.")
        if automation.live_version_id is not None:
            raise Conflict("This automation has run: it is part of its contacts' history and stays in the archive.")
        session.delete(automation)
        bump_revision()
        audit.record("automation.deleted", "automation", automation_id, {"name": automation.name})
        live.publish(live.WORKSPACE, "automation", {"id": automation_id})


def find(session: Session, automation_id: int, *, lock: bool = False) -> Automation:
    """Return the row; raises NotFound."""
    automation = session.get(Automation, automation_id, with_for_update=lock or None, populate_existing=lock)
    if automation is None:
        raise NotFound.thing("automation", automation_id)
    return automation


def view(session: Session, automation: Automation) -> AutomationView:
    """Return the automation with the version that runs, or ran last."""
    version = session.get(AutomationVersion, automation.live_version_id) if automation.live_version_id else None
    running = version.document if version else None
    return AutomationView(
        automation.id,
        automation.name,
        automation.state,
        version.number if version else None,
        automation.draft_revision,
        automation.draft,
        running,
        running is not None and not means_the_same(automation.draft, running),
        automation.activated_at,
        automation.created_at,
        automation.updated_at,
    )


def masked(document: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the secrets of a stored document: tokens that webhooks are called with."""
    types = registry()
    nodes = [
        {**node, "config": types[node["type"]].schema().masked(node["config"])} if node["type"] in types else node
        for node in document["nodes"]
    ]
    return {**document, "nodes": nodes}


def means_the_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two canonical documents do the same, wherever their steps stand on the canvas."""
    return all(one[part] == other[part] for part in _MEANING)


def add(draft: Document) -> AutomationView:
    """Keep a document as a new automation."""
    actor = permissions.current()
    by = actor.user_id if actor else None
    with db.transaction() as session:
        automation = Automation(name=draft.name, draft=dump(draft), created_by=by, updated_by=by)
        session.add(automation)
        session.flush()
        session.refresh(automation)
        bump_revision()
        audit.record("automation.created", "automation", automation.id, {"name": draft.name})
        live.publish(live.WORKSPACE, "automation", {"id": automation.id})
        return view(session, automation)


def _free(session: Session, name: str) -> str:
    """Return a name that no automation has: this one, else numbered."""
    taken = set(session.scalars(select(Automation.name)))
    ends = ("", *(f" {number}" for number in range(2, len(taken) + 3)))
    return next(free for end in ends if (free := f"{name[: LONGEST_NAME - len(end)]}{end}") not in taken)


def demand_editable(automation: Automation) -> None:
    """Raise Conflict for an automation in the archive."""
    if automation.state == AutomationState.ARCHIVED:
        raise Conflict("This automation is in the archive. Restore it first.")


def demand_current(automation: Automation, revision: int, field: str) -> None:
    """Raise Conflict, naming the `field` that `revision` came in, if the draft is at another one by now."""
    if revision != automation.draft_revision:
        at = Problem(field, "outdated", f"The draft is at revision {automation.draft_revision}.", "Reload.")
        raise Conflict("Somebody else changed this automation meanwhile, so nothing was done.", [at])


def touch(session: Session, automation: Automation) -> None:
    """Note who changed the automation, and tell open browsers."""
    actor = permissions.current()
    automation.updated_at = now(session)
    automation.updated_by = actor.user_id if actor else None
    session.flush()
    live.publish(live.WORKSPACE, "automation", {"id": automation.id})


def now(session: Session) -> datetime:
    """Return the database's time."""
    return session.scalars(select(func.now())).one()
