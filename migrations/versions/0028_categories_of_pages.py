"""categories of pages, and how far visits were told to have ended.

Safe while the previous release still runs, which knows neither; the table has one row.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0028"
down_revision: str | Sequence[str] | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("workspace", sa.Column("page_rules", postgresql.JSONB(), server_default="[]", nullable=False))
    now = sa.text("now()")
    op.add_column(
        "workspace", sa.Column("visits_ended_at", sa.DateTime(timezone=True), server_default=now, nullable=False)
    )


def downgrade() -> None:
    op.drop_column("workspace", "visits_ended_at")
    op.drop_column("workspace", "page_rules")
