"""numbers of pending entries.

Those that waited before there were turns are numbered as they would have entered: crowds after events, all before what
came since. Some thousand rows at a time, and rows that a batch holds later, so that nobody waits for long.
"""

from collections.abc import Sequence

from alembic import op
from sqlalchemy import text

from app.adapters.migrations import unhurried

revision: str = "0007"
down_revision: str | Sequence[str] | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_LEFT = text("SELECT EXISTS (SELECT FROM pending_entry WHERE turn = 0)")
# Crowds have negative numbers. Turns count from 1, so those that came before have negative ones.
_NUMBER = text(
    """
    UPDATE pending_entry
    SET turn = CASE WHEN event_id > 0 THEN event_id - (1::bigint << 62) ELSE -event_id - (1::bigint << 61) END
    WHERE (automation_id, contact_id, event_id) IN (
        SELECT automation_id, contact_id, event_id FROM pending_entry
        WHERE turn = 0 LIMIT 10000 FOR UPDATE SKIP LOCKED
    )
    """
)


def upgrade() -> None:
    with unhurried():
        connection = op.get_bind()
        while connection.scalar(_LEFT):
            connection.execute(_NUMBER)


def downgrade() -> None:
    op.execute("UPDATE pending_entry SET turn = 0 WHERE turn < 0")
