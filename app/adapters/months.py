"""Tables that are kept by month: room for the months to come, and taking old months away without deleting a row."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

# Each table, and the column that says a row's month.
BY_MONTH: Final[Mapping[str, str]] = {"event": "received_at", "event_key": "month", "enrollment_ended": "exited_at"}
AHEAD: Final = 2
_PART = re.compile(rf"enrollment_(active|ended)|({'|'.join(BY_MONTH)})_(default|\d{{4}}_\d\d)")
_PARTS: Final = text(
    """
    SELECT parent.relname AS parent, child.relname AS name
    FROM pg_inherits i JOIN pg_class parent ON parent.oid = i.inhparent JOIN pg_class child ON child.oid = i.inhrelid
    WHERE parent.relname = ANY(:parents) AND child.relname ~ '_[0-9]{4}_[0-9]{2}$' ORDER BY child.relname
    """
)


class Month(NamedTuple):
    """One month's part of a table."""

    table: str
    first_day: date

    @property
    def name(self) -> str:
        """The part's own name as a table."""
        return f"{self.table}_{self.first_day:%Y_%m}"

    @property
    def after(self) -> date:
        """The first day of the next month."""
        return (self.first_day + timedelta(days=32)).replace(day=1)


def is_part(table: str) -> bool:
    """Tell whether a table is only a part of another: the models know the whole."""
    return bool(_PART.fullmatch(table))


def make_room(session: Session, today: date) -> list[Month]:
    """Make the parts for this month and the next ones that do not exist yet; returns them.

    A month whose first rows went to the default part meanwhile stays there: no row is ever moved.
    """
    known = set(_known(session))
    missing = [month for month in _coming(today) if month not in known and not _has_strays(session, month)]
    for month in missing:
        bounds = f"FROM ('{month.first_day}') TO ('{month.after}')"
        session.execute(text(f"CREATE TABLE {month.name} PARTITION OF {month.table} FOR VALUES {bounds}"))
    return missing


def take_away(session: Session, first_kept: date, tables: Iterable[str]) -> list[Month]:
    """Take away the months of these tables that ended before `first_kept` (a first of a month); returns them."""
    wanted = set(tables)
    old = [month for month in _known(session) if month.table in wanted and month.first_day < first_kept]
    for month in old:
        session.execute(text(f"ALTER TABLE {month.table} DETACH PARTITION {month.name}"))
        session.execute(text(f"DROP TABLE {month.name}"))
    return old


def _known(session: Session) -> list[Month]:
    rows = session.execute(_PARTS, {"parents": list(BY_MONTH)})
    return [Month(table, date(int(name[-7:-3]), int(name[-2:]), 1)) for table, name in rows]


def _coming(today: date) -> Iterator[Month]:
    first_day = today.replace(day=1)
    for _ in range(AHEAD + 1):
        yield from (Month(table, first_day) for table in BY_MONTH)
        first_day = Month("", first_day).after


def _has_strays(session: Session, month: Month) -> bool:
    time = BY_MONTH[month.table]
    rows = f"SELECT FROM {month.table}_default WHERE {time} >= :first AND {time} < :after"
    return bool(session.scalar(text(f"SELECT EXISTS ({rows})"), {"first": month.first_day, "after": month.after}))
