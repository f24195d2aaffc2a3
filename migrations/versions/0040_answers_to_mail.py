"""Answers to mail, among what is done with messages.

Safe while the previous release still runs: it writes none.
"""

from collections.abc import Sequence

from alembic import op

from app.adapters.migrations import unhurried

revision: str = "0040"
down_revision: str | Sequence[str] | None = "0038"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_KNOWN = ("opened", "clicked", "unsubscribed", "bounced", "deferred", "complained")
_BESIDE_MAIL = ("shown", "dismissed", "delivered", "undelivered")


def upgrade() -> None:
    _allow((*_KNOWN, "replied", *_BESIDE_MAIL))


def downgrade() -> None:
    op.execute("DELETE FROM message_hit WHERE kind = 'replied'")
    _allow((*_KNOWN, *_BESIDE_MAIL))


def _allow(kinds: Sequence[str]) -> None:
    """Let the column hold these words; what stands in the table is looked through without keeping writers out."""
    listed = ", ".join(f"'{each}'" for each in kinds)
    op.execute("ALTER TABLE message_hit DROP CONSTRAINT ck_message_hit_kind")
    op.execute(f"ALTER TABLE message_hit ADD CONSTRAINT ck_message_hit_kind CHECK (kind IN ({listed})) NOT VALID")
    with unhurried():
        op.execute("ALTER TABLE message_hit VALIDATE CONSTRAINT ck_message_hit_kind")
