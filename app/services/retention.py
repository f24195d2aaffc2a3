"""How long the past is kept: room for the months to come, and old months taken away whole."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, text

from app import db
from app.adapters import erasure, mail_rates, months
from app.adapters.merging import aliases
from app.models import Visitor, Workspace
from app.services.mailing import files

# A repeated message id is known for this month and the last; one more, for a clock that differs.
_KEY_MONTHS: Final = 2
# What a browser did whose owner never said who they are.
_VISITOR_DAYS: Final = 90


def keep_house() -> None:
    """Make the months to come, and take away those that the workspace does not keep. Does nothing the second time."""
    today = datetime.now(UTC).date()
    with db.transaction() as session:
        session.execute(text("SET LOCAL lock_timeout = '2s'"))  # nobody waits behind us for long; there is another time
        months.make_room(session, today)
        months.take_away(session, first_kept(today, _KEY_MONTHS), ["event_key"])
        kept = session.get_one(Workspace, 1).keep_months
        if kept is not None:
            months.take_away(session, first_kept(today, kept), ["event", "enrollment_ended"])
        mail_rates.forget_old(session)
        files.forget_sent(session)
        long_ago = func.now() - timedelta(days=_VISITOR_DAYS)
        session.execute(delete(Visitor).where(Visitor.contact_id.is_(None), Visitor.seen_at < long_ago))


def clear_stragglers() -> None:
    """Clear away what came in while its contact was being erased; hand on what did while it was merged."""
    with db.transaction() as session:
        aliases.redirect_stragglers(session)
        erasure.clear_stragglers(session)


def first_kept(today: date, count: int) -> date:
    """Return the first day that is kept where so many whole months are, besides the one that runs."""
    years, month = divmod(today.year * 12 + today.month - 1 - count, 12)
    return date(years, month + 1, 1)
