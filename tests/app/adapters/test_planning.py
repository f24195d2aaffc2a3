"""Looking for work costs the same however much waits, also in the first minute of a flood."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from app import db
from app.adapters import backlog
from app.adapters.engine import claim
from app.models import PARTITIONS
from app.services import outbox

OFTEN = 8  # statements are prepared, and planned once for all, when they were asked some times


def read_from_end_to_end(session: Session, table: str = "inbox") -> int:
    """Return how many rows of a table were read without an index in this transaction."""
    return session.scalar(text("SELECT pg_stat_get_xact_tuples_returned(to_regclass(:table))"), {"table": table}) or 0


def test_looking_for_work_reads_no_whole_inbox(committed_database: str) -> None:
    """What was asked while the inbox was empty, and known to be, is asked by its key once it is full."""
    with db.autocommit() as session:
        session.execute(text("VACUUM ANALYZE inbox"))
    with db.transaction() as session:
        for _ in range(OFTEN):
            assert claim.work_in() == []
            assert backlog.lag(session) == 0
        session.execute(
            text(
                "INSERT INTO inbox (part, id, contact_id, type_id, at, received_at, properties) "
                "SELECT 3, number, 3, 1, now(), now() - interval '1 minute', '{}' FROM generate_series(1, 5000) number"
            )
        )
        before = read_from_end_to_end(session)
        assert claim.work_in(range(PARTITIONS)) == [claim.Work(3, moving=True, entering=False)]
        assert backlog.lag(session) > 59
        assert read_from_end_to_end(session) - before < 100


def test_taking_what_is_to_be_sent_reads_no_whole_outbox(committed_database: str) -> None:
    """However much was sent before, what is due is found by its lane's index."""
    with db.autocommit() as session:
        session.execute(text("VACUUM ANALYZE outbox"))
    with db.transaction() as session:
        for _ in range(OFTEN):
            assert not outbox.anything_due()
            assert outbox.deliver_due() == 0
        session.execute(
            text(
                "INSERT INTO outbox (key, kind, payload, state, due_at) "
                "SELECT 'k' || number, 'webhook', '{}', 'sent', now() FROM generate_series(1, 5000) number"
            )
        )
        before = read_from_end_to_end(session, "outbox")
        assert not outbox.anything_due()
        assert outbox.deliver_due() == 0
        assert read_from_end_to_end(session, "outbox") == before
