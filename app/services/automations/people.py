"""Contacts inside when another version is published: where they stand, where they would go, and moving them.

They are pinned to their version until somebody moves them. A million is moved in turns, partition by partition; what is
yet to be done stands in the database. docs/versions.md says what becomes of whom.
"""

import time
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters import doorbell, live, queue
from app.adapters.catalog import bump_revision
from app.adapters.engine import moving
from app.adapters.engine.claim import hold_partitions
from app.errors import Conflict, Invalid, Problem
from app.models import Automation, AutomationState, AutomationVersion, VersionMove, VersionMovePart
from app.services import audit
from app.services.automations.drafts import demand_editable, find
from nodes.registry import registry
from workflows.document import Document, load
from workflows.moving import EVERYBODY_STAYS, Choice, Choices, Passage, Place, Route

LIMIT: Final = 2000
"""How many are moved in one transaction: so long nobody else works in their partition."""

_JOB: Final = "app.jobs.people.move"


def ask(session: Session, version: AutomationVersion, choices: Choices) -> None:
    """Let those inside older versions do as chosen, once the transaction is durable.

    Raises Invalid, naming each choice that leads nowhere.
    """
    _demand_places(session, version, choices)
    if all(choice.way == "stay" for choice in (choices.everybody, *choices.places.values())):
        return
    actor = permissions.current()
    by = actor.user_id if actor else None
    move = VersionMove(
        automation_id=version.automation_id, version_id=version.id, choices=_stored(choices), created_by=by
    )
    session.add(move)
    session.flush()
    moving.open_move(session, move.id, version.automation_id, version.id)
    db.after_commit(_ring)


def move_inside(automation_id: int, choices: Choices) -> None:
    """Move people from older versions to the live one. Raises NotFound, Conflict where none is live, Invalid."""
    with db.transaction() as session:
        automation = find(session, automation_id, lock=True)
        demand_editable(automation)
        version = session.get(AutomationVersion, automation.live_version_id or 0)
        if version is None:
            raise Conflict("This automation has no live version yet.")
        ask(session, version, choices)
        audit.record("automation.people_moved", "automation", automation_id, told(version, choices))


def cancel(automation_id: int) -> int:
    """Move nobody else; who was moved stays so. Returns how many stay where they were. Raises NotFound, Conflict."""
    with db.transaction() as session:
        automation = find(session, automation_id, lock=True)
        left = moving.cancel(session, automation_id)
        if left is None:
            raise Conflict("Nobody of this automation is being moved.")
        audit.record("automation.move_cancelled", "automation", automation_id, {"left": left})
        live.publish(live.WORKSPACE, "automation", {"id": automation.id})
    return left


def told(version: AutomationVersion, choices: Choices) -> dict[str, Any]:
    """Return what the log of changes keeps of a publication."""
    detail: dict[str, Any] = {"version": version.number}
    return detail if choices == EVERYBODY_STAYS else detail | {"people": _stored(choices)}


def resume() -> None:
    """Ask again for what is left to do, in case that nobody heard."""
    with db.transaction() as session:
        left = session.scalar(select(exists().where(VersionMovePart.finished_at.is_(None))))
    if left:
        _ring()


def move_all() -> None:
    """Move people for a turn; then what came meanwhile has its own."""
    began = time.monotonic()
    guides: dict[int, _Guide] = {}
    while _move_some(guides):
        if time.monotonic() - began >= queue.TURN_SECONDS:
            _ring()
            return


def _ring() -> None:
    queue.enqueue(_JOB)


def _move_some(guides: dict[int, "_Guide"]) -> bool:
    """Move some of one partition; False when it is done everywhere, or others are at the rest."""
    with db.transaction() as session:
        part = moving.take(session)
        if part is None:
            return False
        guide = guides.setdefault(part.move, _Guide(session, part.move))
        hold_partitions(session, [part.part])
        inside = moving.next_inside(session, part, guide.automation, guide.version.id, LIMIT)
        routes = guide.routes(session, {(each.version, each.node) for each in inside})
        moved = moving.move(session, [each.run for each in inside], guide.version.id, routes) if routes else 0
        last = inside[-1].run if len(inside) == LIMIT else None
        moving.note(session, part, taken=len(inside), moved=moved, last=last)
        if moved and not _is_active(session, guide.automation):
            bump_revision()  # nobody enters this version, so nobody knows yet that somebody is inside
        db.after_commit(lambda: doorbell.ring([part.part]))
        live.publish(live.WORKSPACE, "stats", {"automation_id": guide.automation})
    return True


class _Guide:
    """Knows the way of everybody in one move."""

    def __init__(self, session: Session, number: int) -> None:
        move = session.get_one(VersionMove, number)
        self.automation = move.automation_id
        self.version = session.get_one(AutomationVersion, move.version_id)
        self._choices = _read(move.choices)
        self._new = load(self.version.document)
        self._passages: dict[int, tuple[int, Passage]] = {}
        self._known: dict[Place, Route | None] = {}

    def routes(self, session: Session, places: set[Place]) -> Mapping[Place, Route]:
        """Return where those at these places (versions by id) go; who stays is left out."""
        for version, node in places - self._known.keys():
            number, passage = self._passage(session, version)
            self._known[version, node] = passage.route(node, self._choices.at((number, node)))
        return {place: route for place in places if (route := self._known[place])}

    def _passage(self, session: Session, version: int) -> tuple[int, Passage]:
        if version not in self._passages:
            row = session.get_one(AutomationVersion, version)
            self._passages[version] = row.number, Passage(load(row.document), self._new, registry())
        return self._passages[version]


def _is_active(session: Session, automation: int) -> bool:
    return session.scalar(select(Automation.state).where(Automation.id == automation)) == AutomationState.ACTIVE


def _demand_places(session: Session, version: AutomationVersion, choices: Choices) -> None:
    """Raise Invalid for choices that lead to no step, and for places that are none."""
    new = load(version.document)
    documents = _documents(session, version, {number for number, _ in choices.places})
    problems = list(_lost("people.everybody", choices.everybody, Passage(new, new, registry()), None))
    for (number, node), choice in choices.places.items():
        field = f"people.places.{number}.{node}"
        old = documents.get(number)
        if old is None or all(each.id != node for each in old.nodes):
            problems.append(Problem(field, "unknown_place", "There is no such step of that version.", "Look again."))
        else:
            problems += _lost(field, choice, Passage(old, new, registry()), node)
    if problems:
        raise Invalid(problems[0].message, problems)


def _lost(field: str, choice: Choice, passage: Passage, node: str | None) -> list[Problem]:
    if choice.way == "go" and choice.to not in passage.places:
        message = f"Contacts cannot go to “{choice.to}”: the new version has no such step, or it is a trigger."
        return [Problem(field, "no_such_step", message, "Choose a step of the new version.")]
    if choice.way == "move" and node is not None and passage.successor(node) is None:
        message = f"The new version has neither the step “{node}” nor any that followed it."
        return [Problem(field, "no_place", message, "Choose where they go, or let them stay or leave.")]
    return []


def _documents(session: Session, version: AutomationVersion, numbers: set[int]) -> Mapping[int, Document]:
    ours = (AutomationVersion.automation_id == version.automation_id, AutomationVersion.id < version.id)
    rows = session.scalars(select(AutomationVersion).where(*ours, AutomationVersion.number.in_(numbers)))
    return {row.number: load(row.document) for row in rows}


def _stored(choices: Choices) -> dict[str, Any]:
    places = [
        {"version": number, "node": node, **choice._asdict()} for (number, node), choice in choices.places.items()
    ]
    return {"everybody": choices.everybody._asdict(), "places": places}


def _read(stored: Mapping[str, Any]) -> Choices:
    places = {(each.pop("version"), each.pop("node")): Choice(**each) for each in map(dict, stored["places"])}
    return Choices(Choice(**stored["everybody"]), places)
