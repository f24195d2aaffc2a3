"""Visitors whose identity is proven, and lanes of their own for web push and SMS.

Safe while the previous release still runs: the new column has a default, and what waits for it in the outbox is found
by another index meanwhile, more slowly.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.adapters.migrations import unhurried

revision: str = "0026"
down_revision: str | Sequence[str] | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_LANES = {
    "mail": "kind NOT IN ('webhook', 'hook', 'push', 'sms')",
    "push": "kind = 'push'",
    "sms": "kind = 'sms'",
}


def upgrade() -> None:
    op.add_column(
        "visitor", sa.Column("proven", sa.Boolean(), server_default="false", nullable=False), if_not_exists=True
    )
    # Addresses that cannot be read were taken until now; the browsers they came from had none.
    op.execute("DELETE FROM push_subscription WHERE endpoint !~* '^https?://[a-z0-9._-]+(:[0-9]{1,5})?([/?#]|$)'")
    with unhurried():
        for lane, kinds in _LANES.items():
            name = f"ix_outbox_due_{lane}"
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(f"CREATE INDEX CONCURRENTLY {name} ON outbox (due_at) WHERE state = 'pending' AND {kinds}")


def downgrade() -> None:
    for lane in _LANES:
        op.execute(f"DROP INDEX ix_outbox_due_{lane}")
    op.execute(
        "CREATE INDEX ix_outbox_due_mail ON outbox (due_at) WHERE state = 'pending' AND kind NOT IN ('webhook', 'hook')"
    )
    op.drop_column("visitor", "proven")
