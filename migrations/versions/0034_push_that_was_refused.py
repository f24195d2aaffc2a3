"""Visitors who refused web push, and a time for "never" that every client can read.

Safe while the previous release still runs: the new column has a default, and what it still writes as `-infinity` is
read as "never", too. Rows are changed some thousand at a time, so that nobody waits.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.adapters.migrations import unhurried

revision: str = "0034"
down_revision: str | Sequence[str] | None = "0031"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_NEVER = """
    DO $$
    DECLARE last bigint := 0; most bigint := (SELECT coalesce(max(id), 0) FROM visitor);
    BEGIN
        WHILE last < most LOOP
            UPDATE visitor SET visited_at = 'epoch'
            WHERE id > last AND id <= last + 5000 AND visited_at = '-infinity';
            last := last + 5000;
            COMMIT;
        END LOOP;
    END $$
"""


def upgrade() -> None:
    op.add_column(
        "visitor",
        sa.Column("push_refused", sa.Boolean(), server_default="false", nullable=False),
        if_not_exists=True,
    )
    with unhurried():
        op.execute(_NEVER)


def downgrade() -> None:
    op.drop_column("visitor", "push_refused")
