"""How long one event takes: accepted, its effect committed, its alert at a browser; idle, and under half load.

The moment of a commit is told by the database itself: a trigger on the alerts notifies, and PostgreSQL sends what was
notified right after the commit. Nothing is polled. All moments are read from one clock, in this process.
"""

import contextlib
import itertools
import math
import threading
import time
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final, NamedTuple

import httpx
import orjson
from psycopg import sql

from app.services import users
from bench.automations import Steps, make_live
from bench.browser import PASSWORD, signed_in
from bench.database import add_contacts, connect, demand, empty, settle, wait_for_inbox
from bench.place import Place
from bench.protocol import Cost, Figure, Result, Scenario, Sizes
from bench.s1_lead_scoring import over_http
from bench.s1_lead_scoring.stage import OPENS, Stage, build_stage
from bench.sending import Connection, make_request
from bench.usage import metered

EMAIL: Final = "watcher@example.com"
BEFORE, POINTS, ENOUGH = 15, 5, 20
_STEPS: Final[Steps] = {
    "asked": ("custom_event", {"event": "price_asked"}),
    "points": ("update_attribute", {"attribute": "SCORE", "operation": "add", "value": POINTS}),
    "hot": ("conditional_split", {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": ENOUGH}]}}),
    "alert": ("send_alert", {"to": "users", "users": [EMAIL], "title": "Hot lead: {{ contact.email }}"}),
}
_WAYS: Final = ("asked > points", "points > hot", "hot.yes > alert")
_PATIENCE_SECONDS: Final = 30.0
_PAUSES: Final = (0.03, 0.09)  # between two events, so that no beat of ours falls in with one of the engine's
_TRIGGER: Final = """
    CREATE FUNCTION tell_of_alert() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_notify('alerts', NEW.contact_id::text); RETURN NULL; END $$;
    CREATE TRIGGER tell_of_alert AFTER INSERT ON notification FOR EACH ROW WHEN (NEW.contact_id <= {})
    EXECUTE FUNCTION tell_of_alert()
"""


class Delays(NamedTuple):
    """Milliseconds of each event: from sending to the answer, then from the answer to commit and to the browser."""

    accepted: Sequence[float]
    committed: Sequence[float]
    shown: Sequence[float]


class Moments:
    """When something was seen of each contact."""

    def __init__(self) -> None:
        self._seen: dict[int, float] = {}
        self._changed = threading.Condition()

    def see(self, contact: int) -> None:
        """Note the present moment."""
        now = time.monotonic()
        with self._changed:
            self._seen[contact] = now
            self._changed.notify_all()

    def of(self, contact: int) -> float:
        """Wait for it and return its moment. Raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(lambda: contact in self._seen, _PATIENCE_SECONDS):
                raise TimeoutError(f"Nothing was seen of contact {contact}.")
            return self._seen[contact]


class Turn(NamedTuple):
    """Both halves of a turn."""

    idle: Delays
    busy: Delays
    background: float
    cost: dict[str, float]


def run(place: Place, sizes: Sizes) -> Result:
    """Measure single events on an idle system, then beside half of the load it can bear."""
    stage, probes = build_stage(place.database_url), sizes["events"]
    users.create(EMAIL, "Watcher", ["sales_admin"], PASSWORD)
    make_live(stage.url, "Price asked", _STEPS, _WAYS)
    with connect(stage.url) as connection:
        connection.execute(sql.SQL(_TRIGGER).format(2 * probes))
    turns = [_turn(place, stage, probes, sizes["background_contacts"]) for _ in place.turns()]
    return Result(
        [
            *_figures("idle", [turn.idle for turn in turns], (12, 25)),
            *_figures("half load", [turn.busy for turn in turns], (None, 250)),
            Figure("half load: beside it", "events/s", tuple(turn.background for turn in turns)),
        ],
        [Cost("idle, single events", probes, tuple(turn.cost for turn in turns))],
    )


SCENARIO: Final = Scenario("s3", "Latency of one event", {"events": 300, "background_contacts": 10_000}, run)


def _figures(when: str, turns: Sequence[Delays], due: tuple[float | None, float | None]) -> Iterator[Figure]:
    names = ("sent to accepted", "accepted to committed", "accepted to the browser")
    for field, name in zip(Delays._fields, names, strict=True):
        for share, most in ((0.5, due[0]), (0.95, due[1])):
            values = tuple(_percentile(getattr(turn, field), share) for turn in turns)
            judged = most if field == "committed" else None
            yield Figure(f"{when}: {name}, p{share * 100:.0f}", "ms", values, at_most=judged)


def _percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[math.ceil(share * len(values)) - 1]


def _turn(place: Place, stage: Stage, probes: int, others: int) -> Turn:
    empty(stage.url)
    add_contacts(stage.url, 1, 2 * probes + others)
    with connect(stage.url) as connection:
        score = sql.Identifier(stage.score)
        connection.execute(sql.SQL("UPDATE contact SET {} = %s WHERE id <= %s").format(score), [BEFORE, 2 * probes])
    settle(stage.url)
    crowd = range(2 * probes + 1, 2 * probes + others + 1)
    requests = over_http.make_requests("api", place.key, crowd, place.options.batch, Random(place.options.seed))
    full = others * OPENS / over_http.run(place, requests, place.options.senders).done
    with _watching(place, stage) as (committed, shown):
        with metered(place.instance) as cost:
            idle = _probe(place, range(1, probes + 1), committed, shown)
        with _loaded(place, requests, full / 2) as background:
            busy = _probe(place, range(probes + 1, 2 * probes + 1), committed, shown)
    wait_for_inbox(stage.url)
    demand(
        stage.url,
        {
            f"SELECT count(*) FROM contact WHERE {stage.score} = {ENOUGH} AND id <= {2 * probes}": 2 * probes,  # noqa: S608
            f"SELECT count(*) FROM notification WHERE contact_id <= {2 * probes}": 2 * probes,  # noqa: S608
        },
    )
    return Turn(idle, busy, background[0], cost)


def _probe(place: Place, contacts: Sequence[int], committed: Moments, shown: Moments) -> Delays:
    """Send one event after another, each when the last has arrived everywhere."""
    rng, moments = Random(place.options.seed), []
    with Connection(place.instance.url) as connection:
        for number in contacts:
            event = {"event": "price_asked", "contact": {"id": number}}
            request = make_request("/api/events", place.key, orjson.dumps({"events": [event]}))
            sent = time.monotonic()
            connection.send(request)
            accepted = time.monotonic()
            moments.append((sent, accepted, committed.of(number), shown.of(number)))
            time.sleep(rng.uniform(*_PAUSES))
    return Delays(
        [1000 * (accepted - sent) for sent, accepted, _, _ in moments],
        [1000 * max(0.0, done - accepted) for _, accepted, done, _ in moments],
        [1000 * max(0.0, seen - accepted) for _, accepted, _, seen in moments],
    )


@contextlib.contextmanager
def _watching(place: Place, stage: Stage) -> Iterator[tuple[Moments, Moments]]:
    """Note commits and what a signed-in browser is told, until the end."""
    committed, shown, over = Moments(), Moments(), threading.Event()
    with signed_in(place, EMAIL) as browser:
        ready = threading.Barrier(3)
        watchers = [
            threading.Thread(target=_follow_commits, args=(stage.url, committed, ready, over)),
            threading.Thread(target=_follow_stream, args=(browser, shown, ready, over)),
        ]
        for each in watchers:
            each.start()
        ready.wait(_PATIENCE_SECONDS)
        try:
            yield committed, shown
        finally:
            over.set()
            for each in watchers:
                each.join()


def _follow_commits(url: str, committed: Moments, ready: threading.Barrier, over: threading.Event) -> None:
    with connect(url) as connection:
        connection.execute("LISTEN alerts")
        ready.wait(_PATIENCE_SECONDS)
        while not over.is_set():
            for each in connection.notifies(timeout=0.5, stop_after=1):
                committed.see(int(each.payload))


def _follow_stream(browser: httpx.Client, shown: Moments, ready: threading.Barrier, over: threading.Event) -> None:
    """Read the stream as a browser does; whatever is on it now and then lets the end be noticed."""
    with browser.stream("GET", "/api/stream") as stream:
        lines = stream.iter_lines()
        next(lines)
        ready.wait(_PATIENCE_SECONDS)
        for line in lines:
            if line.startswith("data:") and (alert := orjson.loads(line[5:]).get("notification")):
                shown.see(alert["contact"]["id"])
            if over.is_set():
                return


@contextlib.contextmanager
def _loaded(place: Place, requests: Sequence[bytes], rate: float) -> Iterator[list[float]]:
    """Send batches at so many events a second meanwhile; gives the rate that came of it at the end."""
    over, reached, events = threading.Event(), [], place.options.batch

    def send() -> None:
        began = time.monotonic()
        with Connection(place.instance.url) as connection:
            for number, request in enumerate(itertools.cycle(requests), 1):
                connection.send(request)
                if over.wait(max(0.0, began + number * events / rate - time.monotonic())):
                    reached.append(number * events / (time.monotonic() - began))
                    return

    sender = threading.Thread(target=send)
    sender.start()
    try:
        yield reached
    finally:
        over.set()
        sender.join()
