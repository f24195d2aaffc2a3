"""Where those inside stand before a publication, and where each choice would take them. Nothing is changed here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, NamedTuple, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.adapters.catalog import load_catalog
from app.adapters.engine import moving
from app.adapters.engine.moving import Standing
from app.adapters.engine.residents import load_inside
from app.adapters.engine.tickets import Tickets
from app.adapters.engine.world import load_world
from app.adapters.plans import live_plans
from app.errors import Conflict
from app.models import Automation, AutomationVersion, Workspace
from app.services.automations.checking import demand_valid
from app.services.automations.drafts import find, means_the_same, now
from nodes.registry import registry
from nodes.runs import Run
from nodes.texts import Language
from nodes.world import Reads, World
from workflows import advance
from workflows.document import Document, load
from workflows.graph import targets
from workflows.moving import Choice, Passage, Route
from workflows.plan import Source, compile_plan
from workflows.sentence import summaries

Target: TypeAlias = Literal["draft", "live"]
_NEWEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Ahead:
    """When contacts go on from where they stand, the first and the last of them, and to which step.

    Without times: when an event or an answer comes. Without a step: out of the automation, or not to be told.
    """

    first: datetime | None
    last: datetime | None
    node: str | None
    words: str | None


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Those who stand at one step of one version, since when, and what is ahead of them in it (`before`).

    `fit`: what became of the step in the new version. `to`: where `move` takes them, None if there is nowhere; `after`
    is what is ahead of them then, told by the first and the last who entered. `done`: the steps of the new version that
    they may have done already.
    """

    version: int
    node: str
    words: str
    contacts: int
    since: datetime
    latest: datetime
    before: Ahead
    fit: str
    to: str | None
    after: Ahead | None
    done: list[str]


class InsideView(NamedTuple):
    """How many are inside older versions than the one they could be moved to, and where."""

    contacts: int
    places: list[PlaceView]


def look(automation_id: int, language: Language, to: Target = "draft") -> InsideView:
    """Tell where contacts inside stand, and where they would if the draft were published, or in the live version.

    Raises NotFound, Invalid for a draft that cannot run, Conflict where nothing is live.
    """
    with db.transaction() as session:
        automation = find(session, automation_id)
        before, document = _target(session, automation, to)
        demand_valid(document, language)
        standing = moving.standing(session, automation_id, before)
        scene = _Scene(session, automation_id, document, standing, language)
        places = [scene.place(each) for each in standing]
    places.sort(key=lambda place: (-place.version, -place.contacts))
    return InsideView(sum(place.contacts for place in places), places)


def _target(session: Session, automation: Automation, to: Target) -> tuple[int, Document]:
    """Return the document to move to, and the version id below which versions are older."""
    live = session.get(AutomationVersion, automation.live_version_id) if automation.live_version_id else None
    if to == "draft" and (live is None or not means_the_same(live.document, automation.draft)):
        return _NEWEST, load(automation.draft)
    if live is None:
        raise Conflict("This automation has no live version yet.")
    return live.id, load(live.document)


class _Version:
    """An older version, in words, and the passage from it to the new one."""

    def __init__(self, row: AutomationVersion, new: Document, language: Language) -> None:
        document = load(row.document)
        self.number = row.number
        self.targets = targets(document)
        self.passage = Passage(document, new, registry())
        self.words = _words(document, language)


class _Scene:
    """All that is needed to tell about the places: versions, example runs, and where the new plan takes these."""

    def __init__(
        self, session: Session, automation: int, new: Document, standing: Sequence[Standing], language: Language
    ) -> None:
        self._versions = _versions(session, {each.version for each in standing}, new, language)
        self._plan = compile_plan(Source(automation, 0, 0, new), registry(), load_catalog())
        self._words = _words(new, language)
        moment = now(session)
        self._timers = moving.timers(session, {run for each in standing for run in each.examples})
        world = _world(session, {contact for contact, _ in self._timers.values()}, self._plan.reads, moment)
        self._runs = _runs(session, automation, self._timers.keys(), world)
        self._ahead = self._walk(standing, world, moment)

    def place(self, standing: Standing) -> PlaceView:
        """Tell about those at one place."""
        version, node = self._versions[standing.version], standing.node
        route = version.passage.route(node, Choice("move"))
        return PlaceView(
            version.number,
            node,
            version.words.get(node, node),
            standing.contacts,
            standing.first_arrival,
            standing.last_arrival,
            self._as_it_is(standing, version.targets, version.words),
            version.passage.fit(node),
            route.to if route else None,
            self._moved(standing, route) if route else None,
            sorted(version.passage.done_before(node)),
        )

    def _as_it_is(self, standing: Standing, ways: Mapping[tuple[str, str], str], words: Mapping[str, str]) -> Ahead:
        """Tell by the timers that are set."""
        ports = [self._timers[run][1] for run in standing.examples if run in self._timers]
        following = ways.get((standing.node, ports[0])) if ports and ports[0] else None
        return Ahead(standing.first_wake, standing.last_wake, following, words.get(following or ""))

    def _moved(self, standing: Standing, route: Route) -> Ahead:
        if not route.looks:
            return self._as_it_is(standing, self._plan.targets, self._words)
        told = [self._ahead[run] for run in standing.examples if run in self._ahead]
        times = [at for at, _ in told if at]
        following = told[0][1] if told else None
        return Ahead(min(times, default=None), max(times, default=None), following, self._words.get(following or ""))

    def _walk(
        self, standing: Sequence[Standing], world: World, moment: datetime
    ) -> dict[int, tuple[datetime | None, str | None]]:
        """Let the examples go where they would be moved; returns when they go on from there, and to which step."""
        batch = [
            advance.Standing(self._arrived(run, route.to, moment), route.to, None)
            for each in standing
            if (route := self._versions[each.version].passage.route(each.node, Choice("move"))) and route.looks
            for run in set(each.examples) & self._runs.keys()
            if route.to
        ]
        result = advance.advance(self._plan, batch, world, moment, guarded=True)
        waits = {wait.run: wait for wait in result.waits}
        ahead: dict[int, tuple[datetime | None, str | None]] = {}
        for run, node, _ in batch:
            wait = waits.get(run)
            if wait and wait.node == node:
                ahead[run.enrollment or 0] = wait.until, self._plan.targets.get((node, wait.port or ""))
            else:
                following = next((step.node for step in run.path if step.node != node), None)
                ahead[run.enrollment or 0] = moment, following
        return ahead

    def _arrived(self, run: int, node: str, moment: datetime) -> Run:
        found = self._runs[run]
        return found if found.stands_at == node else replace(found, stands_at=node, arrived_at=moment)


def _world(session: Session, contacts: set[int], reads: Reads, moment: datetime) -> World:
    """Load what is read of these contacts; numbers of rotations are made up, so that no turn is used."""
    plans = live_plans(session, session.scalars(select(Workspace.revision)).one())
    world = load_world(session, contacts, reads, plans, moment, Tickets())
    return replace(world, tickets=lambda _rotation, count: range(count))


def _runs(session: Session, automation: int, wanted: Collection[int], world: World) -> Mapping[int, Run]:
    inside = load_inside(session, [automation], world.contacts)
    return {each.enrollment: each.run(world.contacts[each.contact]) for each in inside if each.enrollment in wanted}


def _versions(session: Session, ids: set[int], new: Document, language: Language) -> Mapping[int, _Version]:
    rows = session.scalars(select(AutomationVersion).where(AutomationVersion.id.in_(ids)))
    return {row.id: _Version(row, new, language) for row in rows}


def _words(document: Document, language: Language) -> Mapping[str, str]:
    phrases = summaries(document, registry(), load_catalog())
    return {node: phrase.say(language) for node, phrase in phrases.items()}
