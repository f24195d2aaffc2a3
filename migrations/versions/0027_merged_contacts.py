"""Contacts that were merged, and what they were known by.

Safe while the previous release still runs: it knows nothing of these tables, and all of them are new.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0027"
down_revision: str | Sequence[str] | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "contact_merge",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kept_id", sa.BigInteger(), nullable=False),
        sa.Column("merged_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("api_key_id", sa.BigInteger(), nullable=True),
        sa.Column("before", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["api_key_id"], ["api_key.id"], name=op.f("fk_contact_merge_api_key_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["user.id"], name=op.f("fk_contact_merge_undone_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_contact_merge_user_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_merge")),
    )
    op.create_index(op.f("ix_contact_merge_kept_id"), "contact_merge", ["kept_id"], unique=False)
    op.create_index(op.f("ix_contact_merge_merged_id"), "contact_merge", ["merged_id"], unique=False)
    op.create_table(
        "contact_alias",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("merge_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_alias_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["contact_merge.id"], name=op.f("fk_contact_alias_merge_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_alias")),
    )
    op.create_index(op.f("ix_contact_alias_contact_id"), "contact_alias", ["contact_id"], unique=False)
    op.create_index(op.f("ix_contact_alias_kind_value"), "contact_alias", ["kind", "value"], unique=False)
    op.create_index(op.f("ix_contact_alias_merge_id"), "contact_alias", ["merge_id"], unique=False)
    op.create_table(
        "contact_merge_rows",
        sa.Column("merge_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ids", sa.ARRAY(sa.BigInteger()), nullable=False),
        sa.ForeignKeyConstraint(
            ["merge_id"], ["contact_merge.id"], name=op.f("fk_contact_merge_rows_merge_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("merge_id", "name", name=op.f("pk_contact_merge_rows")),
    )


def downgrade() -> None:
    op.drop_table("contact_merge_rows")
    op.drop_index(op.f("ix_contact_alias_merge_id"), table_name="contact_alias")
    op.drop_index(op.f("ix_contact_alias_kind_value"), table_name="contact_alias")
    op.drop_index(op.f("ix_contact_alias_contact_id"), table_name="contact_alias")
    op.drop_table("contact_alias")
    op.drop_index(op.f("ix_contact_merge_merged_id"), table_name="contact_merge")
    op.drop_index(op.f("ix_contact_merge_kept_id"), table_name="contact_merge")
    op.drop_table("contact_merge")
