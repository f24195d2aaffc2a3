"""Web push and SMS: browsers that take push, and what is known of either channel.

Safe while the previous release still runs: it knows nothing of the table, and every new column has a default.
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.adapters.migrations import unhurried

revision: str = "0021"
down_revision: str | Sequence[str] | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_HITS = ("opened", "clicked", "unsubscribed", "bounced", "deferred", "complained")
_NEW_HITS = ("shown", "dismissed", "delivered", "undelivered")
_SOURCES = ("staff", "api", "form", "preferences", "unsubscribe", "confirmation", "complaint")


# An upgrade that is killed while it looks through tables is done again: so nothing minds what is there already.
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
        if_not_exists=True,
    )
    op.create_index(
        op.f("ix_push_subscription_visitor_id"), "push_subscription", ["visitor_id"], unique=False, if_not_exists=True
    )
    op.add_column("site", sa.Column("push_after", sa.SmallInteger(), nullable=True), if_not_exists=True)
    for name in ("push", "sms"):
        settings = sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False)
        op.add_column("workspace", settings, if_not_exists=True)
    _allow({("message_hit", "kind"): (*_HITS, *_NEW_HITS), ("consent_change", "source"): (*_SOURCES, "reply")})


def downgrade() -> None:
    op.execute("DELETE FROM message_hit WHERE kind IN ('shown', 'dismissed', 'delivered', 'undelivered')")
    op.execute("UPDATE consent_change SET source = 'unsubscribe' WHERE source = 'reply'")
    _allow({("consent_change", "source"): _SOURCES, ("message_hit", "kind"): _HITS})
    op.drop_column("workspace", "sms")
    op.drop_column("workspace", "push")
    op.drop_column("site", "push_after")
    op.drop_index(op.f("ix_push_subscription_visitor_id"), table_name="push_subscription")
    op.drop_table("push_subscription")


def _allow(columns: Mapping[tuple[str, str], Sequence[str]]) -> None:
    """Let columns hold other words; what stands in the tables is looked through without keeping writers out."""
    for (table, column), words in columns.items():
        name = f"ck_{table}_{column}"
        listed = ", ".join(f"'{each}'" for each in words)
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column} IN ({listed})) NOT VALID")
    with unhurried():
        for table, column in columns:
            op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT ck_{table}_{column}")
