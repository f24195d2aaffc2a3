"""The comment that an alert is about, so that whoever is mentioned comes to it.

Safe while the previous release still runs: it does not know the column.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0047"
down_revision: str | Sequence[str] | None = "0046"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("notification", sa.Column("comment_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("notification", "comment_id")
