"""What programs made for Brevo say: of tasks, notes and companies, of templates, mail and webhooks.

Safe while the previous release still runs: every new column may be empty or has a default.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.adapters.migrations import unhurried

revision: str = "0030"
down_revision: str | Sequence[str] | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_LINKED = [(table, thing) for table in ("task", "note") for thing in ("deal", "company")]


# An upgrade that is killed while it looks through tables is done again: so nothing minds what is there already.
def upgrade() -> None:
    op.add_column("task", sa.Column("type", sa.Text(), server_default="todo", nullable=False), if_not_exists=True)
    for table in ("task", "note", "company"):
        op.add_column(table, sa.Column("modified_at", sa.DateTime(timezone=True), nullable=True), if_not_exists=True)
    op.add_column("template", sa.Column("envelope", postgresql.JSONB(), nullable=True), if_not_exists=True)
    op.add_column("webhook", sa.Column("brevo", postgresql.JSONB(), nullable=True), if_not_exists=True)
    op.add_column("message", sa.Column("tags", postgresql.ARRAY(sa.Text()), nullable=True), if_not_exists=True)
    for table, thing in _LINKED:
        name = f"fk_{table}_{thing}_id"
        op.add_column(table, sa.Column(f"{thing}_id", sa.BigInteger(), nullable=True), if_not_exists=True)
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")
        op.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({thing}_id) "
            f"REFERENCES {thing} (id) ON DELETE SET NULL NOT VALID"
        )
    with unhurried():
        for table, thing in _LINKED:
            op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT fk_{table}_{thing}_id")
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS ix_{table}_{thing}")
            column = f"{thing}_id"
            op.execute(f"CREATE INDEX CONCURRENTLY ix_{table}_{thing} ON {table} ({column}) WHERE {column} IS NOT NULL")


def downgrade() -> None:
    op.drop_column("message", "tags")
    op.drop_column("webhook", "brevo")
    op.drop_column("template", "envelope")
    for table, thing in _LINKED:
        op.drop_column(table, f"{thing}_id")
    for table in ("task", "note", "company"):
        op.drop_column(table, "modified_at")
    op.drop_column("task", "type")
