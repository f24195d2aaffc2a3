"""first event that counts.

What came before an automation was switched on is told by the numbers of events: a clock may be set back.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | Sequence[str] | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Of what came before, only what still waits, or was set aside, may ask to enter.
_NUMBER = """
    WITH waiting AS MATERIALIZED (
        SELECT id, received_at FROM inbox
        UNION ALL
        SELECT e.id, e.received_at
        FROM dead_letter d JOIN event e ON e.contact_id = d.contact_id AND e.id = d.event_id
    ), before AS (
        SELECT a.id, max(waiting.id) AS last
        FROM automation a JOIN waiting ON waiting.received_at < a.activated_at
        WHERE a.activated_at > (SELECT min(received_at) FROM waiting)
        GROUP BY a.id
    )
    UPDATE automation a SET first_event = 1 + before.last FROM before WHERE before.id = a.id
"""


def upgrade() -> None:
    op.add_column("automation", sa.Column("first_event", sa.BigInteger(), server_default="0", nullable=False))
    op.execute(_NUMBER)


def downgrade() -> None:
    op.drop_column("automation", "first_event")
