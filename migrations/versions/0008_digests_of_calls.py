"""digests of calls.

Calls to a hook that cannot be told apart are one while they are refused. Safe while the previous release still runs,
which leaves the digest empty. No call is kept while the indexes are made: a moment, as a hook has a thousand or so.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | Sequence[str] | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("hook_call", sa.Column("digest", sa.Text(), nullable=True))
    op.create_index(op.f("ix_hook_call_hook_id_digest"), "hook_call", ["hook_id", "digest"], unique=False)
    op.create_index(
        "ix_hook_call_taken",
        "hook_call",
        ["hook_id", "id"],
        unique=False,
        postgresql_where=sa.text("result <> 'refused'"),
    )
    op.create_index(op.f("ix_hook_call_at"), "hook_call", ["at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_hook_call_at"), table_name="hook_call")
    op.drop_index("ix_hook_call_taken", table_name="hook_call")
    op.drop_index(op.f("ix_hook_call_hook_id_digest"), table_name="hook_call")
    op.drop_column("hook_call", "digest")
