"""Topics that contacts agree to, the history of that, mail that came back, and rates of senders and domains.

Safe while the previous release still runs: it writes into none of the new tables, and every new column has a default.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0015"
down_revision: str | Sequence[str] | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


_HITS = ("opened", "clicked", "unsubscribed")
_RETURNS = ("bounced", "deferred", "complained")
_REASONS = ("hard_bounce", "complaint", "by_hand")
_SOFT = ("hard_bounce", "soft_bounces", "complaint", "by_hand")


def upgrade() -> None:
    _allow("message_hit", "kind", (*_HITS, *_RETURNS))
    _allow("suppression", "reason", _SOFT)
    op.create_table(
        "send_lane",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_send_lane")),
    )
    op.create_table(
        "topic",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("channel", sa.Text(), server_default="email", nullable=False),
        sa.Column("public", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("confirm", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("channel IN ('email', 'sms', 'push')", name=op.f("ck_topic_channel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("name", name=op.f("uq_topic_name")),
    )
    op.create_table(
        "consent",
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("asks", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'given', 'withdrawn')", name=op.f("ck_consent_state")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_consent_contact_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_consent_topic_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("contact_id", "topic_id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_topic_id"), "consent", ["topic_id"], unique=False)
    op.create_table(
        "consent_change",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("channel IN ('email', 'sms', 'push')", name=op.f("ck_consent_change_channel")),
        sa.CheckConstraint(
            "source IN ('staff', 'api', 'form', 'preferences', 'unsubscribe', 'confirmation', 'complaint')",
            name=op.f("ck_consent_change_source"),
        ),
        sa.CheckConstraint("state IN ('pending', 'given', 'withdrawn')", name=op.f("ck_consent_change_state")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_consent_change_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_consent_change_topic_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_consent_change_user_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_change")),
    )
    op.create_index(op.f("ix_consent_change_contact_id_id"), "consent_change", ["contact_id", "id"], unique=False)
    op.create_index(op.f("ix_consent_change_topic_id"), "consent_change", ["topic_id"], unique=False)
    op.add_column("message", sa.Column("topic_id", sa.BigInteger(), nullable=True))
    op.add_column("message_hit", sa.Column("detail", sa.Text(), nullable=True))
    op.add_column("outbox", sa.Column("turn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "workspace",
        sa.Column("mail_rates", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
    )
    op.add_column(
        "workspace", sa.Column("returns", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False)
    )


def downgrade() -> None:
    op.execute("DELETE FROM message_hit WHERE kind IN ('bounced', 'deferred', 'complained')")
    op.execute("UPDATE suppression SET reason = 'hard_bounce' WHERE reason = 'soft_bounces'")
    _allow("message_hit", "kind", _HITS)
    _allow("suppression", "reason", _REASONS)
    op.drop_column("workspace", "returns")
    op.drop_column("workspace", "mail_rates")
    op.drop_column("outbox", "turn_at")
    op.drop_column("message_hit", "detail")
    op.drop_column("message", "topic_id")
    op.drop_index(op.f("ix_consent_change_topic_id"), table_name="consent_change")
    op.drop_index(op.f("ix_consent_change_contact_id_id"), table_name="consent_change")
    op.drop_table("consent_change")
    op.drop_index(op.f("ix_consent_topic_id"), table_name="consent")
    op.drop_table("consent")
    op.drop_table("topic")
    op.drop_table("send_lane")


def _allow(table: str, column: str, values: tuple[str, ...]) -> None:
    """Let a column hold other words; what stands in the table is looked through without keeping writers out."""
    name = f"ck_{table}_{column}"
    listed = ", ".join(f"'{each}'" for each in values)
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column} IN ({listed})) NOT VALID")
    op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")
