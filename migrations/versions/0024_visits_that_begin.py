"""visits that begin.

Safe while the previous release still runs, which leaves the new column empty.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | Sequence[str] | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("visitor", sa.Column("visited_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE visitor SET visited_at = seen_at")


def downgrade() -> None:
    op.drop_column("visitor", "visited_at")
