"""campaigns.

Safe while the previous release still runs: it writes no campaigns, and finds what is due in the outbox by an index of
each lane.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.adapters.migrations import unhurried

revision: str = "0020"
down_revision: str | Sequence[str] | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# An upgrade that is killed here is done again from its beginning: so nothing minds what is there already.
_INDEXES = {
    "ix_message_campaign": "message (campaign_id, state, id) WHERE campaign_id IS NOT NULL",
    "ix_outbox_campaign": (
        "outbox (campaign_id, due_at) WHERE state IN ('pending', 'held') AND campaign_id IS NOT NULL"
    ),
    "ix_outbox_due_calls": "outbox (due_at) WHERE state = 'pending' AND kind IN ('webhook', 'hook')",
    "ix_outbox_due_mail": "outbox (due_at) WHERE state = 'pending' AND kind NOT IN ('webhook', 'hook')",
}


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("settings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_contact_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("total", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("lot_a", sa.BigInteger(), nullable=True),
        sa.Column("lot_b", sa.BigInteger(), nullable=True),
        sa.Column("decide_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("winner", sa.Text(), nullable=True),
        sa.Column("tie", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'scheduled', 'sending', 'paused', 'done', 'cancelled')", name=op.f("ck_campaign_state")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], name=op.f("fk_campaign_created_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("name", name=op.f("uq_campaign_name")),
        if_not_exists=True,
    )
    op.create_index(
        "ix_campaign_next",
        "campaign",
        ["next_at"],
        if_not_exists=True,
        postgresql_where=sa.text("state IN ('scheduled', 'sending')"),
    )
    op.create_table(
        "campaign_wave",
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zones", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("part", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("last_contact_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("taken", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("stage IN ('all', 'test', 'rest')", name=op.f("ck_campaign_wave_stage")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_wave_campaign_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "number", name=op.f("pk_campaign_wave")),
        if_not_exists=True,
    )
    op.add_column("message", sa.Column("campaign_id", sa.BigInteger(), nullable=True), if_not_exists=True)
    op.add_column("message", sa.Column("variant", sa.Text(), nullable=True), if_not_exists=True)
    op.add_column("outbox", sa.Column("campaign_id", sa.BigInteger(), nullable=True), if_not_exists=True)
    with unhurried():
        for name, place in _INDEXES.items():
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(f"CREATE INDEX CONCURRENTLY {name} ON {place}")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_outbox_due")


def downgrade() -> None:
    op.create_index("ix_outbox_due", "outbox", ["due_at"], postgresql_where=sa.text("state = 'pending'"))
    for name in _INDEXES:
        op.execute(f"DROP INDEX {name}")
    op.drop_column("outbox", "campaign_id")
    op.drop_column("message", "variant")
    op.drop_column("message", "campaign_id")
    op.drop_table("campaign_wave")
    op.drop_table("campaign")
