"""Indexes by which mail of programs is looked up while it is in the outbox: by batch, and by the call it came with.

Safe while the previous release still runs.
"""

from collections.abc import Sequence

from alembic import op

from app.adapters.migrations import unhurried

revision: str = "0045"
down_revision: str | Sequence[str] | None = "0043"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_WHERE = "kind = 'email' AND automation_id IS NULL AND campaign_id IS NULL"
_INDEXES = {
    f"ix_outbox_of_programs_{name}": f"outbox ((payload ->> '{name}')) WHERE {_WHERE}" for name in ("batch", "letter")
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
