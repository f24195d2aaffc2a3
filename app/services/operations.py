"""How the instance fares: what waits, who works, how much is done, and what fails."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from redis.exceptions import RedisError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db
from app.adapters import backlog, doorbell, processes, pulse, queue, redis, workers
from app.adapters.backlog import Deliveries, Partition
from app.adapters.processes import Process
from app.adapters.workers import Seen
from app.models import Automation, Enrollment, EnrollmentState
from app.services import dead_letters
from app.services.views import Reference
from nodes.registry import registry
from nodes.texts import Language

QUEUES: Final = (doorbell.DRAIN, doorbell.SEND, queue.DEFAULT)
_RECENT: Final = timedelta(days=1)
_MOST_FAILING: Final = 10


class Minute(NamedTuple):
    """One minute: events received, events and due runs that automations acted upon, runs that failed."""

    at: datetime
    received: int
    worked: int
    failed: int


class StepTime(NamedTuple):
    """How long one type of step took in the last hour."""

    type: str
    label: str
    runs: int
    seconds: float


class QueueDepth(NamedTuple):
    """How many jobs wait in a queue of Redis."""

    name: str
    jobs: int


class Failing(NamedTuple):
    """An automation in which runs failed within a day."""

    automation: Reference
    runs: int


@dataclass(frozen=True, slots=True)
class Activity:
    """What Redis knows."""

    queues: Sequence[QueueDepth]
    workers: Sequence[Seen]
    processes: Sequence[Process]
    minutes: Sequence[Minute]
    steps: Sequence[StepTime]


@dataclass(frozen=True, slots=True)
class Operations:
    """The whole picture; `activity` is None while Redis is away."""

    at: datetime
    lag_seconds: float
    partitions: Sequence[Partition]
    deliveries: Deliveries
    dead_letters: int
    failing: Sequence[Failing]
    activity: Activity | None


def overview(language: Language) -> Operations:
    """Look at everything now."""
    with db.transaction() as session:
        partitions = backlog.partitions(session)
        deliveries, failing = backlog.deliveries(session), _failing(session)
    return Operations(
        datetime.now(UTC),
        max(each.lag_seconds for each in partitions),
        partitions,
        deliveries,
        sum(each.count for each in dead_letters.groups()),
        failing,
        _activity(language),
    )


def _failing(session: Session) -> list[Failing]:
    count = func.count()
    rows = session.execute(
        select(Automation.id, Automation.name, count)
        .join(Enrollment, Enrollment.automation_id == Automation.id)
        .where(Enrollment.state == EnrollmentState.FAILED, Enrollment.exited_at > func.now() - _RECENT)
        .group_by(Automation.id)
        .order_by(count.desc(), Automation.id)
        .limit(_MOST_FAILING)
    )
    return [Failing(Reference(id_, name), runs) for id_, name, runs in rows]


def _activity(language: Language) -> Activity | None:
    try:
        hour = pulse.last_hour()
        queues = [QueueDepth(name, queue.depth(name)) for name in QUEUES]
        seen, others = workers.everyone(), processes.everyone()
    except (RedisError, redis.NotConfigured):
        return None
    minutes = [
        Minute(datetime.fromtimestamp(at, UTC), figures.received, figures.worked, figures.failed)
        for at, figures in hour
    ]
    return Activity(queues, seen, others, minutes, _step_times([figures for _, figures in hour], language))


def _step_times(hour: Sequence[pulse.Figures], language: Language) -> list[StepTime]:
    """Add up the hour by type of step, the one that took longest first."""
    runs: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    for figures in hour:
        for type_, (worked_on, microseconds) in figures.steps.items():
            runs[type_] += worked_on
            spent[type_] += microseconds
    labels = {key: node.label.say(language) for key, node in registry().items()}
    ordered = sorted(runs, key=lambda type_: (-spent[type_], type_))
    return [StepTime(type_, labels.get(type_, type_), runs[type_], spent[type_] / 1e6) for type_ in ordered]
