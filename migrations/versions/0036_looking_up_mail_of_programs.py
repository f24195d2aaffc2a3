"""Indexes by which transactional mail is looked up: by address, and by when something became of it.

Safe while the previous release still runs.
"""

from collections.abc import Sequence

from alembic import op

from app.adapters.migrations import unhurried

revision: str = "0036"
down_revision: str | Sequence[str] | None = "0035"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_INDEXES = {
    "ix_message_transactional_address": "message (address, id) WHERE kind = 'transactional'",
    "ix_message_transactional_made": "message (created_at) WHERE kind = 'transactional'",
    "ix_message_transactional_sent": "message (sent_at) WHERE kind = 'transactional'",
    "ix_message_hit_at": "message_hit USING brin (at)",
}


# An upgrade that is killed meanwhile is done again: so nothing minds what is there already.
def upgrade() -> None:
    with unhurried():
        for name, what in _INDEXES.items():
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(f"CREATE INDEX CONCURRENTLY {name} ON {what}")


def downgrade() -> None:
    for name in _INDEXES:
        op.execute(f"DROP INDEX {name}")
