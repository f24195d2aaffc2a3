"""What waits in one lane of the outbox costs the others nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.adapters import backlog, send_rates
from app.models import LANES

WAITING = 20_000
FILL = """
    INSERT INTO outbox (key, kind, payload, channel, due_at)
    SELECT 'mail' || n, 'email', CAST('{}' AS jsonb), 'email', now() - interval '1 hour'
    FROM generate_series(1, :waiting) AS n
    UNION ALL
    SELECT kind || n, kind, CAST('{}' AS jsonb), kind, now()
    FROM unnest(ARRAY['push', 'sms', 'webhook']) WITH ORDINALITY AS x (kind, n)
"""


@pytest.fixture
def crowded(database: Session) -> Session:
    """Many mails wait, and one of each other lane, come last."""
    database.execute(text(FILL), {"waiting": WAITING})
    database.execute(text("ANALYZE outbox"))
    return database


def nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from nodes(each)


def touched(session: Session, lane: str) -> float:
    """How many rows of the outbox are read to find what leaves next by a lane, also those that are passed over."""
    given = {"limit": 16, "channels": ["email"], "most": [5], "seconds": [60.0]}
    statement = f"EXPLAIN (ANALYZE, FORMAT JSON) {send_rates._NEXT_OF[lane]}"
    (found,) = session.scalars(text(statement), given).one()
    reads = [each for each in nodes(found["Plan"]) if each.get("Relation Name") == "outbox"]
    assert reads
    return sum(each["Actual Loops"] * (each["Actual Rows"] + each.get("Rows Removed by Filter", 0)) for each in reads)


@pytest.mark.parametrize("lane", [each for each in LANES if each != "mail"])
def test_a_lane_reads_none_of_the_mail_that_waits(crowded: Session, lane: str):
    """Where channels have send rates, too: however much mail waits, some rows are read."""
    assert touched(crowded, lane) < 10


def test_mail_reads_about_what_leaves(crowded: Session):
    """Of twenty thousand, some for each that may leave now."""
    assert touched(crowded, "mail") < 50


def test_what_waits_is_counted_over_all_lanes(crowded: Session):
    """Each delivery once, whichever index tells of it."""
    assert backlog.deliveries(crowded).pending == WAITING + 3
    crowded.execute(text("""UPDATE workspace SET send_rates = '[{"channel": "email", "most": 5, "per": "minute"}]'"""))
    assert [tuple(each) for each in send_rates.waiting(crowded)] == [("email", WAITING)]
