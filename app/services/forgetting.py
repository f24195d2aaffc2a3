"""Taking away, at night and little by little, old messages and what has left the outbox (docs/adr/0016)."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import TextClause, select, text

from app import db
from app.adapters.locks import alone
from app.adapters.queue import TURN_SECONDS, enqueue
from app.models import Workspace
from app.services.campaigns import reports
from app.services.retention import first_kept

JOB: Final = "app.jobs.forgetting.go_on"
NIGHT: Final = range(1, 5)
"""The hours, by the workspace's clock, in which something is taken away."""

_LOCK: Final = 770_041
_LOOKED_AT: Final = 2000

# A delivery that waits or is held stays, however old it is.
_DELIVERIES: Final = text(
    """
    WITH looked_at AS (SELECT id, state, created_at, settled_at FROM outbox WHERE id > :after ORDER BY id LIMIT :most),
    gone AS (
        DELETE FROM outbox o USING looked_at l
        WHERE o.id = l.id AND o.state IN ('sent', 'kept', 'failed') AND o.settled_at < :before
    )
    SELECT max(id) AS last, coalesce(bool_or(created_at >= :before), true) AS done FROM looked_at
    """
)
# A message whose delivery still waits is about to change. What a program had sent was written for that message alone.
_GONE: Final = """
    gone AS (
        DELETE FROM message m USING looked_at l
        WHERE m.id = l.id AND {which} AND NOT EXISTS (
            SELECT FROM outbox o WHERE o.key = m.key AND o.state IN ('pending', 'held')
        )
        RETURNING m.version_id, m.key
    ), words AS (
        DELETE FROM template_version v USING gone WHERE v.id = gone.version_id AND gone.key LIKE 'transactional:%'
    ), counted AS (
        UPDATE template t SET forgotten = t.forgotten + x.number
        FROM (
            SELECT v.template_id, count(*) AS number FROM gone JOIN template_version v ON v.id = gone.version_id
            GROUP BY v.template_id
        ) AS x
        WHERE t.id = x.template_id
    )
"""
_MESSAGES: Final = text(
    f"""
    WITH looked_at AS (
        SELECT id, created_at FROM message WHERE campaign_id IS NULL AND id > :after ORDER BY id LIMIT :most
    ),
    {_GONE.format(which="m.created_at < :before")}
    SELECT max(id) AS last, coalesce(bool_or(created_at >= :before), true) AS done FROM looked_at
    """  # noqa: S608 - a constant of ours
)
_OF_CAMPAIGN: Final = text(
    f"""
    WITH looked_at AS (
        SELECT id FROM message WHERE campaign_id = :campaign AND id > :after ORDER BY id LIMIT :most
    ),
    {_GONE.format(which="true")}
    SELECT max(id) AS last, count(*) = 0 AS done FROM looked_at
    """  # noqa: S608 - a constant of ours
)
_OVER: Final = text(
    """
    SELECT id FROM campaign c
    WHERE state IN ('done', 'cancelled') AND finished_at < :before
        AND EXISTS (SELECT FROM message m WHERE m.campaign_id = c.id)
    ORDER BY id
    """
)


class _Kept(NamedTuple):
    """From when on messages and deliveries are kept; None: all are."""

    messages: datetime | None
    deliveries: datetime | None


def ask() -> None:
    """Let a worker take away what is not kept, if it is night. The clock asks hourly, and each turn for the next."""
    with db.transaction() as session:
        home = session.scalars(select(Workspace.time_zone)).one()
    if datetime.now(ZoneInfo(home)).hour in NIGHT:
        enqueue(JOB)


def go_on() -> bool:
    """Take away for a turn; True if there may be more. Nothing while another worker does."""
    end = time.monotonic() + TURN_SECONDS
    with alone(_LOCK) as ours:
        return ours and any(time.monotonic() >= end for _ in _steps())


def _steps() -> Iterator[None]:
    """Take away batch by batch, each a transaction of its own."""
    kept = _kept()
    if kept.deliveries is not None:
        yield from _batches(_DELIVERIES, before=kept.deliveries)
    if kept.messages is not None:
        yield from _batches(_MESSAGES, before=kept.messages)
        for campaign in _over(kept.messages):
            yield from _batches(_OF_CAMPAIGN, campaign=campaign)


def _batches(statement: TextClause, **given: object) -> Iterator[None]:
    last, done = 0, False
    while not done:
        with db.transaction() as session:
            row = session.execute(statement, {"after": last, "most": _LOOKED_AT, **given}).one()
        last, done = row.last, row.done
        yield


def _over(before: datetime) -> Iterator[int]:
    """Go through the campaigns that ended before, each once what came of it is kept without its messages."""
    with db.transaction() as session:
        campaigns = session.scalars(_OVER, {"before": before}).all()
    for each in campaigns:
        reports.keep(each)
        yield each


def _kept() -> _Kept:
    now = datetime.now(UTC)
    with db.transaction() as session:
        columns = (Workspace.keep_message_months, Workspace.keep_delivery_days)
        months, days = session.execute(select(*columns)).one()
    return _Kept(
        None if months is None else datetime.combine(first_kept(now.date(), months), datetime.min.time(), UTC),
        None if days is None else now - timedelta(days=days),
    )
