"""The currency that amounts of deals are in.

Safe while the previous release still runs: it does not know the column.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0043"
down_revision: str | Sequence[str] | None = "0041"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("workspace", sa.Column("currency", sa.Text(), server_default="EUR", nullable=False))


def downgrade() -> None:
    op.drop_column("workspace", "currency")
