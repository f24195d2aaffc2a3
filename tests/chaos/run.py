"""One run: an instance under load, broken again and again, brought to rest and compared with the reference."""

import contextlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any, Final, Protocol

import psycopg
from psycopg.rows import dict_row

from app import db
from app.adapters import redis
from app.instance import find
from app.services import attributes, segments
from nodes.catalog import Kind
from tests.chaos.load import Sender, stop
from tests.chaos.operator import Operator
from tests.chaos.outcome import DELIVERING, LEFT, differences, expected, happened
from tests.chaos.receiver import Receiver, receiver
from tests.chaos.scenario import CATALOG, CROWD, IN_CROWD, LIST, REPS, SEGMENT, automations, crowd
from tests.chaos.vandal import Vandal, move_clock, small_disk
from tests.factories.automations import make_automation
from tests.factories.contacts import make_contact, make_list
from tests.factories.users import make_api_key, make_user
from tests.support.database import connect
from tests.support.instance import Instance, instance

SENDERS: Final = 2
_LOOK_SECONDS: Final = 0.05  # between two batches of deliveries there is little time
_NEWS: Final = 50
LEAP: Final = timedelta(days=10)


class Addresses(Protocol):
    """Where the servers listen."""

    @property
    def database_url(self) -> str: ...

    @property
    def redis_url(self) -> str: ...


@dataclass(frozen=True)
class Options:
    """How much is broken, and on how large a world.

    `pause` is what a sender rests between two batches, `patience` how long the rest of the work may take; in seconds.
    """

    kills: int
    seed: int
    contacts: int = 200
    pause: float = 0.4
    patience: float = 900.0


@dataclass
class Report:
    """What was done, and what came of it."""

    options: Options
    seconds: float = 0.0
    rest_seconds: float = 0.0
    broken: dict[str, int] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    @property
    def exact(self) -> bool:
        return not self.differences

    def table(self) -> str:
        """The report as people read it."""
        rows = {
            "seed": self.options.seed,
            "seconds": round(self.seconds),
            "seconds until all was done": round(self.rest_seconds),
        }
        rows |= {f"broken: {kind}": times for kind, times in sorted(self.broken.items())} | self.figures
        wide = max(map(len, rows))
        lines = [f"  {name:<{wide}}  {value:>9,}" for name, value in rows.items()]
        verdict = "EXACT" if self.exact else f"NOT EXACT, {len(self.differences)} differences:"
        return "\n".join([*lines, *(f"  {each}" for each in self.skipped), verdict, *self.differences[:20]])

    def write(self, folder: Path) -> Path:
        """Keep it as JSON."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"chaos-{self.options.kills}-{self.options.seed}-{int(time.time())}.json"
        file.write_text(json.dumps(asdict(self) | {"exact": self.exact}, indent=2))
        return file


def run(options: Options, tell: Callable[[str], object] = str) -> Report:
    """Break things until `kills` processes were killed, or Ctrl-C; then wait for rest and compare.

    `tell` hears now and then how far it is.
    """
    report = Report(options)
    began = time.monotonic()
    with receiver() as hook, broken_in(hook, options) as (made, key):
        vandal = Vandal(made, options.seed)
        vandal.prepare()
        report.skipped = vandal.skipped
        senders = _senders(made, key, options)
        operator = Operator(made.url, key, len(automations(hook.url)), options.seed)
        workers: list[Sender | Operator] = [*senders, operator]
        operator.start()
        try:
            _break(vandal, options, workers, tell)
        except KeyboardInterrupt:
            tell("Enough is broken.")
        finally:
            alive = made.is_alive()
            for each in () if alive else workers:
                each.refusal = "The supervisor ended."  # or it would try for ever
            stop(workers)
        report.broken = dict(vandal.done)
        report.seconds = time.monotonic() - began
        if alive:
            _compare(report, made, senders, operator, hook)
        else:
            report.differences = ["The supervisor ended:", *made.log.read_text().splitlines()[-10:]]
    return report


def _break(vandal: Vandal, options: Options, threads: Sequence[Thread], tell: Callable[[str], object]) -> None:
    """Break things as long as somebody works with them; say now and then how far it is."""
    told = 0
    while vandal.kills < options.kills and vandal.instance.is_alive() and all(each.is_alive() for each in threads):
        vandal.break_something()
        if vandal.kills >= told + _NEWS:
            told = vandal.kills
            tell(f"{told} of {options.kills} kills")


@contextmanager
def broken_in(hook: Receiver, options: Options) -> Iterator[tuple[Instance, str]]:
    """An instance on a small disk with the automations switched on, and a program's key to it."""
    with (
        instance(WORKERS="3", WEB_PROCESSES="2", CADENZA_ALLOW_PRIVATE_HOSTS="1") as made,
        small_disk(made.data / "postgres", options.kills),
    ):
        made.start()
        try:
            announced = find(made.data)
            assert announced
            yield made, furnish(announced, automations(hook.url), crowd(options.contacts))
        finally:
            made.stop()


def furnish(where: Addresses, documents: list[dict[str, Any]], members: Iterable[int] = ()) -> str:
    """Make reps, attributes, lists and the crowd, and switch the automations on; returns a program's key."""
    db.configure(where.database_url)
    redis.configure(where.redis_url)
    try:
        for email in REPS:
            make_user("rep", email=email)
        for name in CATALOG.attributes:
            attributes.create(name, Kind.NUMBER)
        assert [make_list(name) for name in CATALOG.lists.values()] == [LIST, CROWD]
        assert segments.create("Crowd", IN_CROWD) == SEGMENT
        for number in members:
            make_contact(email=f"p{number}@example.com", lists=[CROWD])
        for each in documents:
            make_automation(each, active=True)
        return make_api_key()
    finally:
        redis.dispose()
        db.dispose()


def _senders(made: Instance, key: str, options: Options) -> list[Sender]:
    """Each contact belongs to one sender, so that its events keep their order."""
    people = [list(range(first, options.contacts + 1, SENDERS)) for first in range(1, SENDERS + 1)]
    senders = [Sender(made.url, key, options.seed + mine[0], mine, options.pause) for mine in people]
    for each in senders:
        each.start()
    return senders


def _compare(report: Report, made: Instance, senders: list[Sender], operator: Operator, hook: Receiver) -> None:
    began = time.monotonic()
    left = rest(lambda: connect(made), report.options.patience)
    report.rest_seconds = time.monotonic() - began
    sent = [each for sender in senders for each in sender.sent]
    report.figures = {
        "events": len(sent),
        "events sent twice": len(sent) - len({each.message for each in sent}),
        "requests tried again": sum(each.retries for each in senders),
        "acknowledged batches sent twice": sum(each.repeated for each in senders),
        "crowds let in": operator.rounds,
        "contacts of each": len(crowd(report.options.contacts)),
        "pauses": len(operator.silences),
        "webhook requests": hook.calls.total(),
        "webhook keys": len(hook.calls),
    }
    workers: list[Sender | Operator] = [*senders, operator]
    report.differences = [each.refusal for each in workers if each.refusal]
    report.differences += [f"It did not come to rest: {left}."] if left else []
    if spoken := [each for each in hook.crowd if any(begin < each < end for begin, end in operator.silences)]:
        report.differences.append(f"{len(spoken)} calls while their automation was paused.")
    with connect(made) as connection:
        facts = happened(connection, hook)
    wanted = expected(automations(hook.url), report.options.contacts, sent, operator.rounds)
    report.figures |= {"runs": sum(wanted["runs"].values()), "notes": sum(wanted["notes"].values())}
    report.figures |= {"calls": sum(wanted["calls"].values()), "alerts": sum(wanted["alerts"].values())}
    report.differences += differences(facts, wanted)


def rest(connected: Callable[[], psycopg.Connection], seconds: float) -> str:
    """Wait until nothing is left to be done, and say what is if that lasts too long.

    What waits for its time is waited for by moving the clock, but not while something is on its way: a leap would end
    its lease, and it would be sent again.
    """
    deadline = time.monotonic() + seconds
    left = "the database was never there"
    while time.monotonic() < deadline:
        # The database may be away, or lie in recovery.
        with contextlib.suppress(psycopg.Error, AssertionError), connected() as connection:
            waiting = connection.cursor(row_factory=dict_row).execute(LEFT).fetchone()
            assert waiting
            if not any(count for kind, count in waiting.items() if kind != "set_aside"):
                return ""
            (delivering,) = connection.execute(DELIVERING).fetchone() or (True,)
            left = ", ".join(f"{kind} {count}" for kind, count in waiting.items() if count)
            left += ", something on its way" if delivering else ""
            if not waiting["inbox"] and not delivering:
                move_clock(connection, LEAP)
                time.sleep(1)
        time.sleep(_LOOK_SECONDS)
    return left
