"""What events of some names say: read off a sample of the whole log, which no index knows by name."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
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
_NAMES: Final = text(
    """
    SELECT name, key FROM (
        SELECT t.name, p.key, row_number() OVER (PARTITION BY t.name ORDER BY count(*) DESC, p.key) AS place
        FROM event e TABLESAMPLE SYSTEM (:share) REPEATABLE (1)
        JOIN event_type t ON t.id = e.type_id
        CROSS JOIN LATERAL jsonb_object_keys(e.properties) p(key)
        GROUP BY t.name, p.key
    ) ranked
    WHERE place <= :most ORDER BY name, place LIMIT 100 * :most
    """
)
_BLOCK_BYTES: Final = 8192


def sampled(session: Session, names: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return the properties that events of these names had, each with its latest value, as far as the sample shows."""
    if not names:
        return {}
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for name, key, value in session.execute(_SAMPLE, {"share": _share(session), "names": sorted(names)}):
        found[name][key] = value
    return found


def sampled_names(session: Session, most: int) -> Mapping[str, Sequence[str]]:
    """Return what properties events of each name have in the sample, without values: the commonest.

    At most so many of one name, and a hundred times as many in all.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, key in session.execute(_NAMES, {"share": _share(session), "most": most}):
        found[name].append(key)
    return found


def _share(session: Session) -> float:
    """Return how much of the log is looked at, in percent."""
    blocks = int(session.scalar(_SIZE) or 0) / _BLOCK_BYTES
    return 100.0 if blocks <= _BLOCKS else 100 * _BLOCKS / blocks
