"""Whether an event costs the same however much there is: contacts, automations, past events.

The same lead scoring over HTTP each time, with as many events of as many contacts; only what lies around them grows.
Between turns the contacts that were busy lose their points and owners; nothing else is taken away.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from typing import Final

from psycopg import sql

from app import db
from app.adapters import months
from bench.automations import Steps, make_live
from bench.database import add_contacts, connect, demand, event_type, settle
from bench.place import Place
from bench.protocol import Cost, Figure, Result, Scenario, Sizes
from bench.s1_lead_scoring.over_http import make_requests, run
from bench.s1_lead_scoring.stage import OPENS, Stage, build_stage
from bench.usage import metered

MOST: Final = 1.2
"""How much more an event may cost than where it costs least."""

_MICROSECONDS: Final = 1_000_000
_TICK: Final = 0.01
"""Seconds in which the kernel counts processor time: a run too small to take one is held to have taken it."""

_CHUNK: Final = 1_000_000
_PAST_EVENTS: Final = """
    INSERT INTO event (contact_id, type_id, at, received_at, properties)
    SELECT 1 + n %% %(contacts)s, %(type)s, moment, moment, '{"message_kind": "campaign"}'
    FROM generate_series(%(first)s::bigint, %(last)s) AS n,
         LATERAL (SELECT now() - interval '1 year' + interval '330 days' * (n::float8 / %(all)s) AS moment) AS placed
"""
_PAST_RUNS: Final = """
    INSERT INTO enrollment (
        automation_id, version_id, contact_id, event_id, state, node, entered_at, exited_at, path
    )
    SELECT %(automation)s, %(version)s, 1 + n %% %(contacts)s, n, 'finished', 'hot', moment, moment,
           '[["opened","next",0.0,[]],["points","next",0.0,[]],["hot","no",0.0,[["SCORE",5,"gte",20,false]]]]'
    FROM generate_series(%(first)s::bigint, %(last)s) AS n,
         LATERAL (SELECT now() - interval '1 year' + interval '330 days' * (n::float8 / %(all)s) AS moment) AS placed
"""


@dataclass
class _Ground:
    """A workspace in which, each turn, `busy` of the contacts open their mail; `done` is how often that was."""

    place: Place
    stage: Stage
    busy: int
    contacts: int = 0
    done: int = 0
    rng: Random = field(default_factory=lambda: Random(2026))

    def grow(self, contacts: int) -> None:
        """Let there be so many contacts in all."""
        add_contacts(self.stage.url, self.contacts + 1, contacts)
        self.contacts = contacts

    def measure(self) -> tuple[float, dict[str, float]]:
        """Let some of the contacts open their mail; returns seconds, and processor seconds by kind."""
        options = self.place.options
        chosen = self.rng.sample(range(1, self.contacts + 1), self.busy)
        requests = make_requests("api", self.place.key, chosen, options.batch, self.rng)
        self._forget()
        with metered(self.place.instance) as cost:
            seconds = run(self.place, requests, options.senders).done
        self.done += self.busy
        self._demand_exact()
        return seconds, cost

    def _forget(self) -> None:
        score = sql.Identifier(self.stage.score)
        forget = sql.SQL("UPDATE contact SET {} = NULL, owner_id = NULL WHERE {} IS NOT NULL").format(score, score)
        with connect(self.stage.url) as connection:
            connection.execute(forget)
        settle(self.stage.url)

    def _demand_exact(self) -> None:
        answers = {
            f"SELECT count(*) FROM contact WHERE {self.stage.score} = 20": self.busy,  # noqa: S608
            f"SELECT count(*) FROM contact WHERE {self.stage.score} IS NOT NULL": self.busy,  # noqa: S608
            "SELECT count(*) FROM assignment": self.done,
            "SELECT count(*) FROM notification": self.done,
            "SELECT sum(count)::bigint FROM node_stat WHERE node = '@end'": self.done * OPENS,
        }
        demand(self.stage.url, answers)


@dataclass
class _Step:
    """One size, and what an event cost there in each turn."""

    label: str
    units: int
    seconds: list[float] = field(default_factory=list)
    costs: list[dict[str, float]] = field(default_factory=list)

    def processor(self) -> tuple[float, ...]:
        """Microseconds of workers and database for an event, a turn each."""
        taken = (cost["workers"] + cost["postgres"] for cost in self.costs)
        return tuple(max(seconds, _TICK) * _MICROSECONDS / self.units for seconds in taken)


def _of_contacts(place: Place, sizes: Sizes) -> Result:
    """A hundredth, a tenth, then all of the contacts."""
    ground = _ground(place, sizes)
    most = sizes["contacts"]
    return _compare(ground, "contacts", [max(1, most // 100), max(1, most // 10), most], ground.grow)


def _of_automations(place: Place, sizes: Sizes) -> Result:
    """One automation, a tenth, then all of them; only the first hears of what happens."""
    ground, most = _ground(place, sizes), sizes["automations"]
    ground.grow(sizes["contacts"])
    made = [1]

    def grow(automations: int) -> None:
        for number in range(made[-1] + 1, automations + 1):
            made.append(number)
            event, tag = f"unheard_{number}", {"tag": "heard"}
            steps: Steps = {"heard": ("custom_event", {"event": event}), "tag": ("add_tag", tag)}
            make_live(ground.stage.url, f"Idle {number}", steps, ["heard > tag"])

    return _compare(ground, "automations", sorted({1, max(1, most // 10), most}), grow)


def _of_past(place: Place, sizes: Sizes) -> Result:
    """Nothing past, then many events and as many runs that ended, over the last months."""
    ground = _ground(place, sizes)
    ground.grow(sizes["contacts"])
    return _compare(ground, "past events", [0, sizes["past"]], lambda events: _fill_past(ground, events))


CONTACTS: Final = Scenario("contacts", "More contacts", {"contacts": 1_000_000, "busy": 10_000}, _of_contacts)
AUTOMATIONS: Final = Scenario(
    "automations",
    "More automations",
    {"automations": 1_000, "contacts": 100_000, "busy": 10_000},
    _of_automations,
)
PAST: Final = Scenario("past", "More past events", {"past": 10_000_000, "contacts": 100_000, "busy": 10_000}, _of_past)


def _ground(place: Place, sizes: Sizes) -> _Ground:
    return _Ground(place, build_stage(place.database_url), sizes["busy"])


def _fill_past(ground: _Ground, events: int) -> None:
    """Write so many events, and the runs that came of them, into the months behind."""
    today, stage = datetime.now(UTC).date(), ground.stage
    with db.transaction() as session:
        for days in range(0, 366, 28):
            months.make_room(session, today - timedelta(days=days))
    with connect(stage.url) as connection:
        given = {"automation": stage.automation, "version": stage.version, "contacts": ground.contacts, "all": events}
        given["type"] = event_type(connection, "email_opened")
        for first in range(1, events + 1, _CHUNK):
            chunk = {**given, "first": first, "last": min(events, first + _CHUNK - 1)}
            connection.execute(_PAST_EVENTS, chunk)
            connection.execute(_PAST_RUNS, chunk)


def _compare(ground: _Ground, what: str, sizes: Sequence[int], grow: Callable[[int], None]) -> Result:
    """Grow to each size and measure there, then set all beside the cheapest."""
    steps: list[_Step] = []
    for size in sizes:
        ground.place.say(f"{size:,} {what}")
        grow(size)
        if not steps:
            ground.measure()  # what every process does once for all must not count against the smallest
        step = _Step(f"{size:,} {what}", ground.busy * OPENS)
        for _ in ground.place.turns():
            seconds, cost = ground.measure()
            step.seconds.append(seconds)
            step.costs.append(cost)
        steps.append(step)
    return Result(list(_figures(steps)), [Cost(step.label, step.units, tuple(step.costs)) for step in steps])


def _figures(steps: Sequence[_Step]) -> Iterator[Figure]:
    least = min(median(step.processor()) for step in steps)
    for step in steps:
        yield Figure(step.label, "µs/event", step.processor())
        yield Figure(f"{step.label}, to the least", "×", tuple(turn / least for turn in step.processor()), at_most=MOST)
        yield Figure(f"{step.label}, end to end", "events/s", tuple(step.units / seconds for seconds in step.seconds))
