"""turns of pending entries.

What is put off enters in the order in which it came; the number of an event tells that only of events of the log.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Those that wait already are numbered as they would have entered, crowds after events.
_NUMBER = """
    UPDATE pending_entry p SET turn = n.turn FROM (
        SELECT automation_id, contact_id, event_id, row_number() OVER (ORDER BY event_id < 0, abs(event_id)) AS turn
        FROM pending_entry
    ) AS n
    WHERE (p.automation_id, p.contact_id, p.event_id) = (n.automation_id, n.contact_id, n.event_id)
"""


def upgrade() -> None:
    op.add_column("pending_entry", sa.Column("turn", sa.BigInteger(), sa.Identity(), nullable=False))
    op.execute(_NUMBER)


def downgrade() -> None:
    op.drop_column("pending_entry", "turn")
