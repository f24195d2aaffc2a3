"""revisions of campaigns.

Safe while the previous release still runs, which counts none.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | Sequence[str] | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("campaign", sa.Column("revision", sa.BigInteger(), server_default="1", nullable=False))


def downgrade() -> None:
    op.drop_column("campaign", "revision")
