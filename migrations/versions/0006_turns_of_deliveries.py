"""turns of deliveries.

The outbox is asked by channel and priority. Nobody waits while the index is made, however large the outbox is.
"""

from collections.abc import Sequence

from alembic import op

from app.adapters.migrations import unhurried

revision: str = "0006"
down_revision: str | Sequence[str] | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_DROP = "DROP INDEX CONCURRENTLY IF EXISTS ix_outbox_turn"
_MAKE = """
    CREATE INDEX CONCURRENTLY ix_outbox_turn ON outbox (channel, priority DESC, due_at) WHERE state = 'pending'
"""


def upgrade() -> None:
    with unhurried():
        op.execute(_DROP)  # an upgrade that was killed leaves one that nobody may use
        op.execute(_MAKE)


def downgrade() -> None:
    with unhurried():
        op.execute(_DROP)
