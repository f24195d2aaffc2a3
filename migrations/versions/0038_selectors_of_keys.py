"""What a key of a domain is called, which no other key ever is; those that are there keep being called by their number.

While the previous release still runs, keys that it makes have none, and both releases call them by their number. A key
that this release makes the previous one calls by its number, too, where no record is: if it is made to sign meanwhile,
what the previous release sends is signed in vain. Change keys and add domains when all processes are of this release.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0038"
down_revision: str | Sequence[str] | None = "0036"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("mail_key", sa.Column("label", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("mail_key", "label")
