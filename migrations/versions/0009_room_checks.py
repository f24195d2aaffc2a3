"""room checks.

When caps change, those who wait for room look again partition by partition. Safe while the previous release still runs.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | Sequence[str] | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "room_check",
        sa.Column("part", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("part", name=op.f("pk_room_check")),
    )


def downgrade() -> None:
    op.drop_table("room_check")
