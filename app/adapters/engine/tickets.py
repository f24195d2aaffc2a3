"""Numbers dealt in turn: which rep is next, how many have entered today."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import text

from app import db

_RESERVE: Final = text(
    """
    WITH hasty AS (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO rotation AS r (key, next) SELECT :rotation, :count FROM hasty
    ON CONFLICT (key) DO UPDATE SET next = r.next + excluded.next RETURNING next
    """
)


@dataclass(slots=True)
class Tickets:
    """The tickets of one batch. `again` deals the same ones anew, for the batch that is walked a second time."""

    _dealt: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _taken: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def take(self, rotation: str, count: int) -> Sequence[int]:
        """Return the next `count` numbers of a rotation; nobody else gets them."""
        dealt, taken = self._dealt[rotation], self._taken[rotation]
        if (missing := taken + count - len(dealt)) > 0:
            dealt += _reserve(rotation, missing)
        self._taken[rotation] = taken + count
        return dealt[taken : taken + count]

    def again(self) -> None:
        """Begin anew with what was dealt so far."""
        self._taken.clear()


def _reserve(rotation: str, count: int) -> Sequence[int]:
    """Reserve numbers in a transaction of its own: nobody waits for this batch to end, and none is dealt twice.

    A batch that is rolled back leaves a gap, so one turn is then skipped. There is no waiting for the disk: the batch's
    own commit, should it come, carries this one with it.
    """
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        end: int = connection.execute(_RESERVE, {"rotation": rotation, "count": count}).scalar_one()
    return range(end - count, end)
