"""The automations that are live, compiled, kept in memory until the workspace's revision moves on."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.adapters.catalog import catalog_at
from app.models import Automation, AutomationState, AutomationVersion
from nodes.catalog import Catalog
from nodes.errors import NodeError
from nodes.registry import registry
from nodes.world import Topic
from workflows import document
from workflows.plan import Plan, PlanTrigger, Source, compile_plan, topics

log = logging.getLogger(__name__)


class _Stored(NamedTuple):
    """A version as read once and for all: versions never change."""

    document: document.Document
    topics: tuple[Topic, ...]


class LivePlans:
    """Live automations at one revision; each version is compiled when first met.

    `listened` are all topics that some live automation listens to, `heard_changes` those that a step may give rise to.
    """

    def __init__(
        self, sources: Mapping[int, Source], topics_of: Mapping[int, Sequence[Topic]], catalog: Catalog
    ) -> None:
        self.catalog = catalog
        self.listened = frozenset(topic for each in topics_of.values() for topic in each)
        self.heard_changes = frozenset(topic for topic in self.listened if topic.subject is not None)
        self._live = sources
        self._live_versions = {source.version: source for source in sources.values()}
        self._plans: dict[int, Plan | None] = {}
        self._automations: dict[str, list[int]] = defaultdict(list)
        self._listening: dict[str, Sequence[tuple[Plan, Sequence[PlanTrigger]]]] = {}
        for automation, heard in topics_of.items():
            for event in {topic.event for topic in heard}:
                self._automations[event].append(automation)

    def listening(self, event: str) -> Sequence[tuple[Plan, Sequence[PlanTrigger]]]:
        """Return the live plans with triggers for this event."""
        if event not in self._listening:
            plans = (self._compiled(self._live[each]) for each in self._automations.get(event, ()))
            self._listening[event] = [
                (plan, [each for each in plan.triggers if each.topic.event == event]) for plan in plans if plan
            ]
        return self._listening[event]

    def live(self, automation: int) -> Plan | None:
        """Return the version of an automation that contacts enter now, if any."""
        source = self._live.get(automation)
        return self._compiled(source) if source else None

    def automations(self) -> Sequence[int]:
        """Return the automations in which contacts move."""
        return list(self._live)

    def events(self) -> Sequence[str]:
        """Return the names of the events that some live automation listens to."""
        return list(self._automations)

    def versions(self, session: Session, versions: Iterable[int]) -> Mapping[int, Plan]:
        """Return the plans of these versions, live or not, by version id."""
        wanted = set(versions)
        for row in _rows(session, wanted - self._plans.keys() - self._live_versions.keys()):
            self._compiled(Source(row.automation_id, row.id, None, document.load(row.document)))
        for version in wanted & self._live_versions.keys():
            self._compiled(self._live_versions[version])
        return {version: plan for version in wanted if (plan := self._plans.get(version))}

    def _compiled(self, source: Source) -> Plan | None:
        """Return the plan; None, and a line in the log, for one that this installation cannot run."""
        if source.version not in self._plans:
            try:
                self._plans[source.version] = compile_plan(source, registry(), self.catalog)
            except NodeError as error:
                log.error("Automation %d, version %d cannot run: %s", source.automation, source.version, error)  # noqa: TRY400 - the message says it all
                self._plans[source.version] = None
        return self._plans[source.version]


class _Kept:
    """What this process remembers between batches."""

    state = (0, 0)  # the database's number and its revision
    plans: LivePlans | None = None
    versions: dict[int, _Stored] = {}  # noqa: RUF012 - shared on purpose


def live_plans(session: Session, revision: int) -> LivePlans:
    """Return the live automations as of a revision just read in this transaction."""
    state = (db.number(), revision)
    if _Kept.plans is None or _Kept.state != state:
        if _Kept.state[0] != state[0]:
            _Kept.versions = {}
        _Kept.plans, _Kept.state = _read(session, catalog_at(session, revision)), state
    return _Kept.plans


def _read(session: Session, catalog: Catalog) -> LivePlans:
    live = session.execute(
        select(Automation.id, Automation.activated_at, Automation.live_version_id)
        .where(Automation.state == AutomationState.ACTIVE, Automation.live_version_id.is_not(None))
        .order_by(Automation.id)
    ).all()
    wanted = {version for _, _, version in live if version is not None}
    _Kept.versions = {version: _Kept.versions[version] for version in wanted & _Kept.versions.keys()}
    for row in _rows(session, wanted - _Kept.versions.keys()):
        _Kept.versions[row.id] = _stored(row.document)
    sources = {
        automation: Source(automation, version, since, _Kept.versions[version].document)
        for automation, since, version in live
        if version is not None and version in _Kept.versions
    }
    return LivePlans(
        sources, {each.automation: _Kept.versions[each.version].topics for each in sources.values()}, catalog
    )


def _rows(session: Session, versions: set[int]) -> Sequence[AutomationVersion]:
    if not versions:
        return ()
    return session.scalars(select(AutomationVersion).where(AutomationVersion.id.in_(versions))).all()


def _stored(stored: Mapping[str, object]) -> _Stored:
    loaded = document.load(stored)
    return _Stored(loaded, topics(loaded, registry()))
