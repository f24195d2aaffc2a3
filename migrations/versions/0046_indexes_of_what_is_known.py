"""Leave contacts out of the indexes of what is not known of them.

Most have neither an owner nor a second number. A contact that is handed over is written into every index that it is in.
What lists are sorted by stays whole.

Safe while the previous release still runs.
"""

from collections.abc import Mapping, Sequence

from alembic import op

from app.adapters.migrations import unhurried

revision: str = "0046"
down_revision: str | Sequence[str] | None = "0045"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_IDENTIFIERS = {"uq_contact_whatsapp": "whatsapp", "uq_contact_landline": "landline"}
_REFERENCES = {"ix_contact_owner_id": "owner_id", "ix_contact_company_id": "company_id"}


def upgrade() -> None:
    with unhurried():
        _build("UNIQUE INDEX", _IDENTIFIERS, " WHERE {column} IS NOT NULL")
        _build("INDEX", _REFERENCES, " WHERE {column} IS NOT NULL")
    for name in _IDENTIFIERS:
        op.execute(f"ALTER TABLE contact DROP CONSTRAINT {name}")
        _take_place(name)
    for name in _REFERENCES:
        op.execute(f"DROP INDEX {name}")
        _take_place(name)


def downgrade() -> None:
    with unhurried():
        _build("UNIQUE INDEX", _IDENTIFIERS)
        _build("INDEX", _REFERENCES)
    for name in _IDENTIFIERS:
        op.execute(f"DROP INDEX {name}")
        op.execute(f"ALTER TABLE contact ADD CONSTRAINT {name} UNIQUE USING INDEX {name}_new")
    for name in _REFERENCES:
        op.execute(f"DROP INDEX {name}")
        _take_place(name)


def _build(kind: str, indexes: Mapping[str, str], where: str = "") -> None:
    """Build them beside those that stand, which hold until all are exchanged at once: an upgrade may be killed here."""
    for name, column in indexes.items():
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}_new")
        op.execute(f"CREATE {kind} CONCURRENTLY {name}_new ON contact ({column}){where.format(column=column)}")


def _take_place(name: str) -> None:
    op.execute(f"ALTER INDEX {name}_new RENAME TO {name}")
