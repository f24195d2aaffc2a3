"""How contacts fare in one automation, step by step."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from app import db
from app.errors import NotFound
from app.models import END, AutomationVersion, Enrollment, EnrollmentState, NodeStat
from app.services.automations.drafts import find
from app.services.lately import first_moment
from nodes.contract import Trigger
from nodes.registry import registry
from nodes.runs import NEXT


@dataclass(slots=True)
class StepCount:
    """One step: contacts that stand there now, that have passed it, and whose run has failed there."""

    waiting: int = 0
    passed: int = 0
    failed: int = 0


@dataclass(slots=True)
class Stats:
    """One automation, or one version of it. `edges` are counts by `step:port`."""

    nodes: dict[str, StepCount] = field(default_factory=lambda: defaultdict(StepCount))
    edges: dict[str, int] = field(default_factory=dict)
    inside: int = 0
    entered: int = 0
    finished: int = 0
    failed: int = 0


class _Version(NamedTuple):
    id: int
    triggers: frozenset[str]


def of_automation(automation_id: int, version: int | None = None, days: int | None = None) -> Stats:
    """Count over all versions, steps told apart by their id, or over the version of that number.

    `days`: what passed, entered, finished and failed is counted of the last days only (UTC, today included); who waits
    somewhere stands there now.
    """
    since = first_moment(days) if days is not None else None
    with db.transaction() as session:
        find(session, automation_id)
        versions = _versions(session, automation_id, version)
        stats = Stats()
        _count_passed(session, stats, versions, since)
        _count_waiting(session, stats, automation_id, versions)
        _count_failed(session, stats, automation_id, versions, since)
    return stats


def _versions(session: Session, automation_id: int, number: int | None) -> Mapping[int, _Version]:
    wanted: ColumnElement[bool] = AutomationVersion.number == number if number is not None else true()
    rows = session.scalars(select(AutomationVersion).where(AutomationVersion.automation_id == automation_id, wanted))
    found = {row.id: _Version(row.id, _triggers(row)) for row in rows}
    if number is not None and not found:
        raise NotFound.thing("version", number)
    return found


def _triggers(version: AutomationVersion) -> frozenset[str]:
    nodes = version.document["nodes"]
    return frozenset(node["id"] for node in nodes if isinstance(registry().get(node["type"]), Trigger))


def _count_passed(session: Session, stats: Stats, versions: Mapping[int, _Version], since: datetime | None) -> None:
    lately: ColumnElement[bool] = NodeStat.day >= since.date() if since is not None else true()
    rows = session.execute(
        select(NodeStat.version_id, NodeStat.node, NodeStat.port, func.sum(NodeStat.count))
        .where(NodeStat.version_id.in_(versions), NodeStat.port != EnrollmentState.FAILED, lately)
        .group_by(NodeStat.version_id, NodeStat.node, NodeStat.port)
    )
    for version, node, port, summed in rows:
        count = int(summed)
        if node == END:
            stats.finished += count
        else:
            stats.nodes[node].passed += count
            stats.edges[f"{node}:{port}"] = stats.edges.get(f"{node}:{port}", 0) + count
            stats.entered += count if port == NEXT and node in versions[version].triggers else 0


def _count_waiting(session: Session, stats: Stats, automation_id: int, versions: Mapping[int, _Version]) -> None:
    for node, count in _standing(session, automation_id, versions, Enrollment.state == EnrollmentState.ACTIVE):
        stats.nodes[node].waiting += count
        stats.inside += count


def _count_failed(
    session: Session, stats: Stats, automation_id: int, versions: Mapping[int, _Version], since: datetime | None
) -> None:
    # Months that ended before are not read: runs that ended are kept by the month in which they did.
    lately: ColumnElement[bool] = Enrollment.exited_at >= since if since is not None else true()
    failed = Enrollment.state == EnrollmentState.FAILED
    for node, count in _standing(session, automation_id, versions, failed, lately):
        stats.nodes[node].failed += count
        stats.failed += count


def _standing(
    session: Session, automation_id: int, versions: Mapping[int, _Version], *wanted: ColumnElement[bool]
) -> list[tuple[str, int]]:
    rows = session.execute(
        select(Enrollment.node, func.count())
        .where(Enrollment.automation_id == automation_id, Enrollment.version_id.in_(versions), *wanted)
        .group_by(Enrollment.node)
    )
    return [(node, count) for node, count in rows]
