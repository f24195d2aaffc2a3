"""What events of some names were lately sent along: read off a sample of the log, which no index knows by name."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

_BLOCKS: Final = 1000
"""So much of the log is looked at, eight megabytes: all of a small one, a share of each month of a large one."""

_SIZE: Final = text(
    "SELECT coalesce(sum(pg_relation_size(inhrelid)), 0) FROM pg_inherits WHERE inhparent = CAST('event' AS regclass)"
)
_SAMPLE: Final = text(
    """
    SELECT t.name, p.key, (array_agg(p.value ORDER BY e.id DESC))[1]
    FROM event e TABLESAMPLE SYSTEM (:share) REPEATABLE (1)
    JOIN event_type t ON t.id = e.type_id
    CROSS JOIN LATERAL jsonb_each(e.properties) p
    WHERE t.name = ANY(:names)
    GROUP BY t.name, p.key ORDER BY t.name, p.key
    """
)
_BLOCK_BYTES: Final = 8192


def sampled(session: Session, names: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return the properties that events of these names had, each with its latest value, as far as the sample shows."""
    if not names:
        return {}
    blocks = int(session.scalar(_SIZE) or 0) / _BLOCK_BYTES
    share = 100.0 if blocks <= _BLOCKS else 100 * _BLOCKS / blocks
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for name, key, value in session.execute(_SAMPLE, {"share": share, "names": sorted(names)}):
        found[name][key] = value
    return found
