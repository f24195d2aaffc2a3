"""What is kept of messages and deliveries, counts of campaigns, revisions of templates, and turns by lane.

Safe while the previous release still runs: new columns have defaults, and the index it asks for turns goes last, after
which it finds them more slowly.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.adapters.migrations import unhurried

revision: str = "0029"
down_revision: str | Sequence[str] | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_LANES = {
    "mail": "kind NOT IN ('webhook', 'hook', 'push', 'sms')",
    "push": "kind = 'push'",
    "sms": "kind = 'sms'",
    "calls": "kind IN ('webhook', 'hook')",
}
_COLUMNS = (
    ("workspace", sa.Column("keep_message_months", sa.SmallInteger(), nullable=True)),
    ("workspace", sa.Column("keep_delivery_days", sa.SmallInteger(), nullable=True)),
    ("template", sa.Column("revision", sa.BigInteger(), server_default="1", nullable=False)),
    ("template", sa.Column("forgotten", sa.BigInteger(), server_default="0", nullable=False)),
    ("campaign", sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False)),
)


def upgrade() -> None:
    for table, column in _COLUMNS:
        op.add_column(table, column, if_not_exists=True)
    op.alter_column("workspace", "keep_delivery_days", server_default="90")  # who is here already keeps all, till asked
    op.create_table(
        "campaign_tally",
        sa.Column("campaign_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("counts", postgresql.JSONB(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("report", postgresql.JSONB(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("campaign_id"),
        if_not_exists=True,
    )
    with unhurried():
        for lane, kinds in _LANES.items():
            name = f"ix_outbox_turn_{lane}"
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(
                f"CREATE INDEX CONCURRENTLY {name} ON outbox (channel, priority DESC, due_at) "
                f"WHERE state = 'pending' AND {kinds}"
            )
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_outbox_turn")


def downgrade() -> None:
    op.execute("CREATE INDEX ix_outbox_turn ON outbox (channel, priority DESC, due_at) WHERE state = 'pending'")
    for lane in _LANES:
        op.execute(f"DROP INDEX ix_outbox_turn_{lane}")
    op.drop_table("campaign_tally")
    for table, column in reversed(_COLUMNS):
        op.drop_column(table, column.name)
