"""Leave contacts out of the indexes of what is not known of them.

Most have neither number nor owner. A contact that is handed over is written into every index that it is in.

Safe while the previous release still runs.
"""

from collections.abc import Sequence

from alembic import op

from app.adapters.migrations import unhurried

revision: str = "0046"
down_revision: str | Sequence[str] | None = "0045"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_IDENTIFIERS = ("ext_id", "phone", "whatsapp", "landline")
_REFERENCES = ("owner_id", "company_id")
_NEW = "contact_new_index"


# An upgrade that is killed meanwhile is done again: so nothing minds what is there already.
def upgrade() -> None:
    with unhurried():
        for column in _IDENTIFIERS:
            _build(f"UNIQUE INDEX CONCURRENTLY {_NEW} ON contact ({column}) WHERE {column} IS NOT NULL")
            op.execute(f"ALTER TABLE contact DROP CONSTRAINT IF EXISTS uq_contact_{column}")
            _take_place(f"uq_contact_{column}")
        for column in _REFERENCES:
            _build(f"INDEX CONCURRENTLY {_NEW} ON contact ({column}) WHERE {column} IS NOT NULL")
            _take_place(f"ix_contact_{column}")


def downgrade() -> None:
    with unhurried():
        for column in _IDENTIFIERS:
            _build(f"UNIQUE INDEX CONCURRENTLY {_NEW} ON contact ({column})")
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS uq_contact_{column}")
            op.execute(f"ALTER TABLE contact ADD CONSTRAINT uq_contact_{column} UNIQUE USING INDEX {_NEW}")
        for column in _REFERENCES:
            _build(f"INDEX CONCURRENTLY {_NEW} ON contact ({column})")
            _take_place(f"ix_contact_{column}")


def _build(index: str) -> None:
    op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {_NEW}")
    op.execute(f"CREATE {index}")


def _take_place(name: str) -> None:
    op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
    op.execute(f"ALTER INDEX {_NEW} RENAME TO {name}")
