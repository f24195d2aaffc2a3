"""moves between versions.

Who is inside can be moved to another version. Two empty columns are added in no time, so that this is safe while the
previous release still runs.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0011"
down_revision: str | Sequence[str] | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    for column in ("moves", "done"):
        op.add_column("enrollment", sa.Column(column, postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.create_table(
        "version_move",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("automation_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("choices", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["automation_id"],
            ["automation.id"],
            name=op.f("fk_version_move_automation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["automation_version.id"],
            name=op.f("fk_version_move_version_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user.id"], name=op.f("fk_version_move_created_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_move")),
    )
    op.create_index(op.f("ix_version_move_automation_id"), "version_move", ["automation_id"])
    op.create_table(
        "version_move_part",
        sa.Column("move_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.SmallInteger(), nullable=False),
        sa.Column("last_enrollment_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("moved", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["move_id"], ["version_move.id"], name=op.f("fk_version_move_part_move_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("move_id", "part", name=op.f("pk_version_move_part")),
    )
    op.create_index(
        "ix_version_move_part_open",
        "version_move_part",
        ["move_id", "part"],
        postgresql_where=sa.text("finished_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("version_move_part")
    op.drop_table("version_move")
    for column in ("done", "moves"):
        op.drop_column("enrollment", column)
