"""What programs ask for: files of contacts, and addresses to be confirmed; and what mail asks of events.

Safe while the previous release still runs, which knows nothing of them and writes no mail that asks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0041"
down_revision: str | Sequence[str] | None = "0040"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "process_piece",
        sa.Column("process_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name=op.f("fk_process_piece_process_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("process_id", "number", name=op.f("pk_process_piece")),
    )
    op.create_table(
        "opt_in",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("wish", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_opt_in_contact_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opt_in")),
    )
    op.add_column(
        "template_version",
        sa.Column("event_asked", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
    )
    op.create_index(op.f("ix_opt_in_contact_id"), "opt_in", ["contact_id"])


def downgrade() -> None:
    op.drop_column("template_version", "event_asked")
    op.drop_table("opt_in")
    op.drop_table("process_piece")
