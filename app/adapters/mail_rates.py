"""How fast mail leaves by sender and by domain of recipients: each mail that is over gets a time of its own, and waits.

A lane (`from a@example.com`, `to gmail.com`) lets one mail through at even distances. The time is given once: what
waits is looked at again when it has come, so that thousands that wait cost nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.adapters import send_rates
from app.adapters.bulk import among
from app.models import Outbox, SendLane, Workspace

Of: TypeAlias = Literal["sender", "domain"]
Per: TypeAlias = Literal["minute", "hour", "day"]
EVERY: Final = "*"
_SECONDS: Final[Mapping[str, int]] = {"minute": 60, "hour": 3600, "day": 86_400}
_WORDS: Final[Mapping[Of, str]] = {"sender": "from", "domain": "to"}
_OF: Final[Mapping[str, Of]] = {word: of for of, word in _WORDS.items()}
# Whoever comes much later than its time takes another: an outage is not to end with everything at once.
_LATE: Final = timedelta(minutes=1)
_PUT_OFF: Final = text(
    """
    UPDATE outbox o SET due_at = given.turn, turn_at = given.turn, tries = o.tries - 1, sending = false
    FROM unnest(CAST(:ids AS bigint[]), CAST(:turns AS timestamptz[])) AS given (id, turn)
    WHERE o.id = given.id AND o.state = 'pending'
    """
)

_LAST_TURNS: Final = text(
    """
    SELECT 'to ' || lower(substring(c.email FROM '[^@]*$')) AS lane, max(o.turn_at) AS turn
    FROM outbox o JOIN contact c ON c.id = o.contact_id
    WHERE o.state = 'pending' AND o.turn_at > now()
    GROUP BY lane
    """
)


class MailRate(NamedTuple):
    """At most so many mails `of` a sender (an address) or to a domain, `*` for each that has no rate of its own."""

    of: Of
    name: str
    most: int
    per: Per

    @property
    def distance(self) -> timedelta:
        """The time between two mails."""
        return timedelta(seconds=_SECONDS[self.per] / self.most)


class Leaving(NamedTuple):
    """A mail about to leave: in whose name, and where to."""

    delivery: Outbox
    sender: str
    to: str


def rates(session: Session) -> Sequence[MailRate]:
    """Return the rates."""
    stored: Sequence[dict[str, Any]] = session.scalar(select(Workspace.mail_rates)) or ()
    return [MailRate(**each) for each in stored]


def put_off(session: Session, leaving: Sequence[Leaving]) -> set[int]:
    """Give each mail its time, and let those wait whose time is still to come; returns these, by their delivery's id.

    What waits has not used up the rate of its channel. A fixed number of statements, whatever the number of mails. To
    be called by one worker at a time.
    """
    known = {(each.of, each.name): each for each in rates(session)}
    if not known or not leaving:
        return set()
    now: datetime = session.scalars(select(func.clock_timestamp())).one()
    fresh = [each for each in leaving if each.delivery.turn_at is None or each.delivery.turn_at < now - _LATE]
    lanes = {each.delivery.id: _lanes(each, known) for each in fresh}
    keys = {key for each in lanes.values() for key in each}
    rows = session.execute(select(SendLane.key, SendLane.next_at).where(among(SendLane.key, keys)))
    free = {row.key: row.next_at for row in rows}
    turns: dict[int, datetime] = {}
    for number, mine in lanes.items():
        turns[number] = max((max(free.get(key, now), now) for key in mine), default=now)
        free.update({key: max(free.get(key, now), now) + distance for key, distance in mine.items()})
    _keep(session, {key: free[key] for key in keys})
    waiting = {number: turn for number, turn in turns.items() if turn > now}
    if waiting:
        send_rates.give_back(session, [each.delivery.channel for each in leaving if each.delivery.id in waiting])
        session.execute(_PUT_OFF, {"ids": list(waiting), "turns": list(waiting.values())})
    return set(waiting)


def make_room(session: Session) -> None:
    """Give back the turns of what is held or dropped: each lane is free after the last mail that still waits in it.

    A sender's after the last of all: whose mail it is, is only known as it leaves.
    """
    known = {(each.of, each.name): each for each in rates(session)}
    ahead = select(SendLane.key, SendLane.next_at).where(SendLane.next_at > func.now())
    in_order = ahead.order_by(SendLane.key.collate("C")).with_for_update()  # as `_keep` takes them
    lanes: dict[str, datetime] = dict(session.execute(in_order).all())
    if not lanes:
        return
    now: datetime = session.scalars(select(func.clock_timestamp())).one()
    last: dict[str, datetime] = dict(session.execute(_LAST_TURNS).all())
    of_all = max(last.values(), default=now)
    free: dict[str, datetime] = {}
    for key, was in lanes.items():
        word, _, name = key.partition(" ")
        of = _OF[word]
        rate = known.get((of, name)) or known.get((of, EVERY))
        after = max(now, of_all if of == "sender" else last.get(key, now))
        free[key] = min(was, after + rate.distance if rate else now)
    _keep(session, free)


def forget_old(session: Session) -> None:
    """Forget lanes that are free."""
    session.execute(delete(SendLane).where(SendLane.next_at < func.now()))


def _lanes(leaving: Leaving, known: Mapping[tuple[Of, str], MailRate]) -> Mapping[str, timedelta]:
    named: Mapping[Of, str] = {"sender": leaving.sender.lower(), "domain": leaving.to.rpartition("@")[2].lower()}
    found = {of: known.get((of, name)) or known.get((of, EVERY)) for of, name in named.items()}
    return {f"{_WORDS[of]} {named[of]}": rate.distance for of, rate in found.items() if rate}


def _keep(session: Session, free: Mapping[str, datetime]) -> None:
    if free:
        statement = insert(SendLane).values([{"key": key, "next_at": at} for key, at in sorted(free.items())])
        given = {"next_at": statement.excluded.next_at}
        session.execute(statement.on_conflict_do_update(index_elements=[SendLane.key], set_=given))
