"""visits that begin.

Safe while the previous release still runs, which leaves the new column empty; so do all rows from before: empty is read
as `seen_at`, because to fill a large table would keep its writers waiting.
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


def downgrade() -> None:
    op.drop_column("visitor", "visited_at")
