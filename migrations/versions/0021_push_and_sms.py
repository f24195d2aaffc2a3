"""Web push and SMS: browsers that take push, and what is known of either channel.

Safe while the previous release still runs: it knows nothing of the table, and every new column has a default.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0021"
down_revision: str | Sequence[str] | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_HITS = ("opened", "clicked", "unsubscribed", "bounced", "deferred", "complained")
_NEW_HITS = ("shown", "dismissed", "delivered", "undelivered")
_SOURCES = ("staff", "api", "form", "preferences", "unsubscribe", "confirmation", "complaint")


def upgrade() -> None:
    op.create_table(
        "push_subscription",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.Text(), nullable=False),
        sa.Column("auth", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitor.id"], name=op.f("fk_push_subscription_visitor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscription")),
        sa.UniqueConstraint("endpoint", name=op.f("uq_push_subscription_endpoint")),
    )
    op.create_index(op.f("ix_push_subscription_visitor_id"), "push_subscription", ["visitor_id"], unique=False)
    op.add_column("site", sa.Column("push_after", sa.SmallInteger(), nullable=True))
    for name in ("push", "sms"):
        settings = sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False)
        op.add_column("workspace", settings)
    _allow("message_hit", "kind", (*_HITS, *_NEW_HITS))
    _allow("consent_change", "source", (*_SOURCES, "reply"))


def downgrade() -> None:
    op.execute("DELETE FROM message_hit WHERE kind IN ('shown', 'dismissed', 'delivered', 'undelivered')")
    op.execute("UPDATE consent_change SET source = 'unsubscribe' WHERE source = 'reply'")
    _allow("consent_change", "source", _SOURCES)
    _allow("message_hit", "kind", _HITS)
    op.drop_column("workspace", "sms")
    op.drop_column("workspace", "push")
    op.drop_column("site", "push_after")
    op.drop_index(op.f("ix_push_subscription_visitor_id"), table_name="push_subscription")
    op.drop_table("push_subscription")


def _allow(table: str, column: str, values: Sequence[str]) -> None:
    """Let a column hold other words; what stands in the table is looked through without keeping writers out."""
    name = f"ck_{table}_{column}"
    listed = ", ".join(f"'{each}'" for each in values)
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column} IN ({listed})) NOT VALID")
    op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")
