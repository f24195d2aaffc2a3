"""The automations that are live, compiled, kept in memory until the workspace's revision moves on."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app import db
from app.adapters.catalog import catalog_at
from app.models import Automation, AutomationState, AutomationVersion, Workspace
from nodes.catalog import Catalog
from nodes.registry import registry
from nodes.watches import Watch
from nodes.world import Event, Topic
from workflows import document
from workflows.plan import Plan, PlanTrigger, Source, compile_plan, heard, topics, watches

log = logging.getLogger(__name__)


# Found by leaping through the index, from version to version: it costs what there are versions, not runs.
_INHABITED: Final = text(
    """
    WITH RECURSIVE inhabited (version_id) AS (
        (SELECT version_id FROM enrollment WHERE state = 'active' ORDER BY version_id LIMIT 1)
        UNION ALL
        SELECT (
            SELECT n.version_id FROM enrollment n
            WHERE n.state = 'active' AND n.version_id > inhabited.version_id ORDER BY n.version_id LIMIT 1
        ) FROM inhabited WHERE inhabited.version_id IS NOT NULL
    )
    SELECT version_id FROM inhabited WHERE version_id IS NOT NULL
    """
)


class _Stored(NamedTuple):
    """A version as read once and for all: versions never change. Without a document it cannot be read here."""

    automation: int
    document: document.Document | None
    topics: frozenset[Topic]
    heard: frozenset[Topic]
    watches: frozenset[Watch]


class LivePlans:
    """Live automations at one revision, and what runs inside hear; each version is compiled when first met.

    `listened` are all topics that matter to some automation, `heard_changes` those that a step may give rise to.
    """

    def __init__(
        self, sources: Mapping[int, Source], stored: Mapping[int, _Stored], catalog: Catalog, hop_budget: int
    ) -> None:
        self.catalog = catalog
        self.hop_budget = hop_budget
        self._live = sources
        self._live_versions = {source.version: source for source in sources.values()}
        self._plans: dict[int, Plan | None] = {}
        self._entered: dict[Topic, list[int]] = defaultdict(list)
        self._moved: dict[Topic, set[int]] = defaultdict(set)
        self._listening: dict[tuple[Topic, ...], Sequence[tuple[Plan, Sequence[PlanTrigger]]]] = {}
        for source in sources.values():
            for topic in stored[source.version].topics:
                self._entered[topic].append(source.automation)
        for each in stored.values():
            for topic in each.heard | {Topic("automation_dismissed", str(each.automation))}:
                self._moved[topic].add(each.automation)
        self.watches = frozenset(watch for source in sources.values() for watch in stored[source.version].watches)
        self.listened = frozenset({*self._entered, *self._moved})
        self.heard_changes = frozenset(topic for topic in self.listened if topic.subject is not None)

    def listening(self, event: Event) -> Sequence[tuple[Plan, Sequence[PlanTrigger]]]:
        """Return the live plans with triggers for this event."""
        topics = event.topics
        if topics not in self._listening:
            automations = sorted({each for topic in topics for each in self._entered.get(topic, ())})
            plans = (self._compiled(self._live[each]) for each in automations)
            self._listening[topics] = [
                (plan, [each for each in plan.triggers if each.topic in topics]) for plan in plans if plan
            ]
        return self._listening[topics]

    def hearing(self, event: Event) -> frozenset[int]:
        """Return the automations in which this event may move contacts that are inside."""
        return frozenset().union(*(self._moved.get(topic, ()) for topic in event.topics))

    def live(self, automation: int) -> Plan | None:
        """Return the version of an automation that contacts enter now, if any."""
        source = self._live.get(automation)
        return self._compiled(source) if source else None

    def automations(self) -> Sequence[int]:
        """Return the automations in which contacts move."""
        return list(self._live)

    def events(self) -> Sequence[str]:
        """Return the names of the events that matter to some automation."""
        return list({topic.event for topic in self.listened})

    def versions(self, session: Session, versions: Iterable[int]) -> Mapping[int, Plan]:
        """Return the plans of these versions, live or not, by version id."""
        wanted = set(versions)
        for row in _rows(session, wanted - self._plans.keys() - self._live_versions.keys()):
            stored = _stored(row)
            if stored.document:
                self._compiled(Source(row.automation_id, row.id, 0, stored.document))
        for version in wanted & self._live_versions.keys():
            self._compiled(self._live_versions[version])
        return {version: plan for version in wanted if (plan := self._plans.get(version))}

    def _compiled(self, source: Source) -> Plan | None:
        """Return the plan; None, and a line in the log, for one that cannot run here: the others must go on."""
        if source.version not in self._plans:
            try:
                self._plans[source.version] = compile_plan(source, registry(), self.catalog)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one automation
                log.error("Automation %d, version %d cannot run: %r", source.automation, source.version, error)  # noqa: TRY400 - the message says it all
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
        select(Automation.id, Automation.first_event, Automation.live_version_id)
        .where(Automation.state == AutomationState.ACTIVE, Automation.live_version_id.is_not(None))
        .order_by(Automation.id)
    ).all()
    wanted = {version for _, _, version in live if version is not None} | set(session.scalars(_INHABITED))
    _Kept.versions = {version: _Kept.versions[version] for version in wanted & _Kept.versions.keys()}
    for row in _rows(session, wanted - _Kept.versions.keys()):
        _Kept.versions[row.id] = _stored(row)
    sources = {
        automation: Source(automation, version, first_event, known.document)
        for automation, first_event, version in live
        if version is not None and (known := _Kept.versions.get(version)) and known.document
    }
    hop_budget = session.scalars(select(Workspace.hop_budget)).one()
    return LivePlans(sources, _Kept.versions, catalog, hop_budget)


def _rows(session: Session, versions: set[int]) -> Sequence[AutomationVersion]:
    if not versions:
        return ()
    return session.scalars(select(AutomationVersion).where(AutomationVersion.id.in_(versions))).all()


def _stored(row: AutomationVersion) -> _Stored:
    try:
        loaded = document.load(row.document)
        entered = topics(row.automation_id, loaded, registry())
        return _Stored(row.automation_id, loaded, entered, heard(loaded, registry()), watches(loaded, registry()))
    except Exception as error:  # noqa: BLE001 - written by another release, or by hand
        log.error("Automation %d, version %d cannot be read: %r", row.automation_id, row.id, error)  # noqa: TRY400 - the message says it all
        return _Stored(row.automation_id, None, frozenset(), frozenset(), frozenset())
