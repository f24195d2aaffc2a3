"""sources.

Safe while the previous release still runs, which knows nothing of these tables and gives every visitor a site.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0016"
down_revision: str | Sequence[str] | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "source",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('server', 'website')", name=op.f("ck_source_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("key", name=op.f("uq_source_key")),
        sa.UniqueConstraint("name", name=op.f("uq_source_name")),
    )
    op.create_table(
        "source_message",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("problems", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "result IN ('taken', 'waiting', 'repeated', 'refused')", name=op.f("ck_source_message_result")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_source_message_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_message")),
    )
    op.create_index(op.f("ix_source_message_at"), "source_message", ["at"], unique=False)
    op.create_index(op.f("ix_source_message_contact_id"), "source_message", ["contact_id"], unique=False)
    op.create_index(op.f("ix_source_message_source_id_id"), "source_message", ["source_id", "id"], unique=False)
    op.create_table(
        "source_trait",
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("example", sa.Text(), nullable=False),
        sa.Column("attribute_id", sa.BigInteger(), nullable=True),
        sa.Column("ignored", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["attribute_id"], ["attribute.id"], name=op.f("fk_source_trait_attribute_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_source_trait_source_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", "name", name=op.f("pk_source_trait")),
    )
    op.create_index(op.f("ix_source_trait_attribute_id"), "source_trait", ["attribute_id"], unique=False)
    op.add_column("visitor", sa.Column("source_id", sa.BigInteger(), nullable=True))
    op.alter_column("visitor", "site_id", existing_type=sa.BIGINT(), nullable=True)
    op.create_index(op.f("ix_visitor_source_id_token"), "visitor", ["source_id", "token"], unique=True)
    op.create_foreign_key(op.f("fk_visitor_source_id"), "visitor", "source", ["source_id"], ["id"], ondelete="CASCADE")


def downgrade() -> None:
    op.execute("DELETE FROM visitor WHERE site_id IS NULL")
    op.drop_constraint(op.f("fk_visitor_source_id"), "visitor", type_="foreignkey")
    op.drop_index(op.f("ix_visitor_source_id_token"), table_name="visitor")
    op.alter_column("visitor", "site_id", existing_type=sa.BIGINT(), nullable=False)
    op.drop_column("visitor", "source_id")
    op.drop_index(op.f("ix_source_trait_attribute_id"), table_name="source_trait")
    op.drop_table("source_trait")
    op.drop_index(op.f("ix_source_message_source_id_id"), table_name="source_message")
    op.drop_index(op.f("ix_source_message_contact_id"), table_name="source_message")
    op.drop_index(op.f("ix_source_message_at"), table_name="source_message")
    op.drop_table("source_message")
    op.drop_table("source")
