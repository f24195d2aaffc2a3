"""visitors of websites.

Safe while the previous release still runs, which knows nothing of these tables.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0014"
down_revision: str | Sequence[str] | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "site",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("domains", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("needs_consent", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("heeds_do_not_track", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("key", name=op.f("uq_site_key")),
        sa.UniqueConstraint("name", name=op.f("uq_site_name")),
    )
    op.create_table(
        "visitor",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_visitor_contact_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_visitor_site_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor")),
    )
    op.create_index(op.f("ix_visitor_contact_id"), "visitor", ["contact_id"], unique=False)
    op.create_index(op.f("ix_visitor_seen_at"), "visitor", ["seen_at"], unique=False)
    op.create_index(op.f("ix_visitor_site_id_token"), "visitor", ["site_id", "token"], unique=True)
    op.create_table(
        "visitor_event",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("properties", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitor.id"], name=op.f("fk_visitor_event_visitor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor_event")),
    )
    op.create_index(op.f("ix_visitor_event_visitor_id_id"), "visitor_event", ["visitor_id", "id"], unique=False)
    op.create_index(op.f("ix_visitor_event_visitor_id_key"), "visitor_event", ["visitor_id", "key"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_visitor_event_visitor_id_key"), table_name="visitor_event")
    op.drop_index(op.f("ix_visitor_event_visitor_id_id"), table_name="visitor_event")
    op.drop_table("visitor_event")
    op.drop_index(op.f("ix_visitor_site_id_token"), table_name="visitor")
    op.drop_index(op.f("ix_visitor_seen_at"), table_name="visitor")
    op.drop_index(op.f("ix_visitor_contact_id"), table_name="visitor")
    op.drop_table("visitor")
    op.drop_table("site")
