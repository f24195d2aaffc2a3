"""how much may reach a contact, and how fast it may leave.

Safe while the previous release still runs: tables and columns are added, none is rewritten or read. What is locked, is
locked in the order of batches (workspace, contacts, outbox), and for an instant.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    for name in ("frequency_caps", "send_rates"):
        op.add_column("workspace", sa.Column(name, postgresql.JSONB(), server_default="[]", nullable=False))
    op.create_table(
        "message_ledger",
        sa.Column("contact_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("messages", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_message_ledger_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_message_ledger")),
    )
    op.create_table(
        "send_count",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "slot", name=op.f("pk_send_count")),
    )
    op.add_column("outbox", sa.Column("channel", sa.Text(), server_default="", nullable=False))
    op.add_column("outbox", sa.Column("priority", sa.SmallInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_table("send_count")
    op.drop_table("message_ledger")
    op.drop_column("outbox", "priority")
    op.drop_column("outbox", "channel")
    op.drop_column("workspace", "send_rates")
    op.drop_column("workspace", "frequency_caps")
