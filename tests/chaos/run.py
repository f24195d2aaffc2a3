"""One run: an instance under load, broken again and again, brought to rest and compared with the reference."""

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Protocol

import psycopg

from app import db
from app.adapters import redis
from app.instance import find
from tests.chaos.load import Sender, stop
from tests.chaos.outcome import LEFT, differences, expected, happened
from tests.chaos.receiver import Receiver, receiver
from tests.chaos.scenario import LIST, REPS, automations
from tests.chaos.vandal import Vandal, move_clock, small_disk
from tests.factories.automations import make_automation, make_score
from tests.factories.contacts import make_list
from tests.factories.users import make_api_key, make_user
from tests.support.database import connect
from tests.support.instance import Instance, instance

SENDERS: Final = 2
REST_SECONDS: Final = 600.0


class Addresses(Protocol):
    """Where the servers listen."""

    @property
    def database_url(self) -> str: ...

    @property
    def redis_url(self) -> str: ...


@dataclass(frozen=True)
class Options:
    """How much is broken, and on how large a world. `pause` is what a sender rests between two batches, in seconds."""

    kills: int
    seed: int
    contacts: int = 200
    pause: float = 0.4


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


def run(options: Options) -> Report:
    """Break things until `kills` processes were killed, then wait for rest and compare."""
    report = Report(options)
    began = time.monotonic()
    with receiver() as hook, broken_in(hook) as (made, key):
        vandal = Vandal(made, options.seed)
        vandal.prepare()
        report.skipped = vandal.skipped
        senders = _senders(made, key, options)
        try:
            while vandal.kills < options.kills and all(each.is_alive() for each in senders):
                vandal.break_something()
        finally:
            stop(senders)
        report.broken = dict(vandal.done)
        report.seconds = time.monotonic() - began
        _compare(report, made, senders, hook)
    return report


@contextmanager
def broken_in(hook: Receiver) -> Iterator[tuple[Instance, str]]:
    """An instance on a small disk with the automations switched on, and a program's key to it."""
    with (
        instance(WORKERS="3", WEB_PROCESSES="2", CADENZA_ALLOW_PRIVATE_HOSTS="1") as made,
        small_disk(made.data / "postgres"),
    ):
        made.start()
        try:
            announced = find(made.data)
            assert announced
            yield made, furnish(announced, automations(hook.url))
        finally:
            made.stop()


def furnish(where: Addresses, documents: list[dict[str, Any]]) -> str:
    """Make reps, an attribute and a list, and switch the automations on; returns a program's key."""
    db.configure(where.database_url)
    redis.configure(where.redis_url)
    try:
        for email in REPS:
            make_user("rep", email=email)
        make_score()
        assert make_list() == LIST
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


def _compare(report: Report, made: Instance, senders: list[Sender], hook: Receiver) -> None:
    began = time.monotonic()
    settled = rest(lambda: connect(made))
    report.rest_seconds = time.monotonic() - began
    sent = [each for sender in senders for each in sender.sent]
    report.figures = {
        "events": len(sent),
        "requests tried again": sum(each.retries for each in senders),
        "acknowledged batches sent twice": sum(each.repeated for each in senders),
        "webhook requests": hook.calls.total(),
        "webhook keys": len(hook.calls),
    }
    report.differences = [each.refusal for each in senders if each.refusal]
    report.differences += [] if settled else ["It did not come to rest."]
    with connect(made) as connection:
        facts = happened(connection, hook)
    report.differences += differences(facts, expected(automations(hook.url), report.options.contacts, sent))


def rest(connected: Callable[[], psycopg.Connection], seconds: float = REST_SECONDS) -> bool:
    """Wait until nothing is left to be done; what waits for its time is waited for by moving the clock."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        # The database may be away, or lie in recovery.
        with contextlib.suppress(psycopg.Error, AssertionError), connected() as connection:
            inbox, *others = connection.execute(LEFT).fetchone() or (1,)
            if not inbox and not any(others[:3]):
                return True
            if not inbox:
                move_clock(connection, timedelta(hours=6))
        time.sleep(1)
    return False
