"""Both readings of the scenario, turn about on one server, and what came of them."""

from random import Random
from typing import Final, NamedTuple

from bench.place import Place
from bench.protocol import Cost, Figure, Result, Scenario, Sizes
from bench.s1_lead_scoring import in_sql, over_http
from bench.s1_lead_scoring.in_sql import Limit
from bench.s1_lead_scoring.over_http import Run
from bench.s1_lead_scoring.stage import OPENS, Stage, build_stage, demand_exact, reset
from bench.usage import metered

# So many that wait for an answer at once: more than the web has threads for, as when many pages report what they see.
SINGLE_SENDERS: Final = 32


class Turn(NamedTuple):
    """The limit, then batches, then single events; with processor seconds of each."""

    limit: Limit
    limit_cost: dict[str, float]
    bulk: Run
    bulk_cost: dict[str, float]
    singles: Run
    singles_cost: dict[str, float]


def run(place: Place, sizes: Sizes) -> Result:
    """Measure batches of events beside the limit, and single events."""
    limit = build_stage(place.database_beside())
    stage = build_stage(place.database_url)
    turns = [_turn(place, sizes, stage, limit) for _ in place.turns()]
    return summary(sizes["contacts"] * OPENS, sizes["single_contacts"] * OPENS, turns)


SCENARIO: Final = Scenario("s1", "Lead scoring over HTTP", {"contacts": 100_000, "single_contacts": 2_000}, run)


def _turn(place: Place, sizes: Sizes, stage: Stage, limit: Stage) -> Turn:
    options, contacts, single = place.options, sizes["contacts"], sizes["single_contacts"]
    reset(limit, contacts)
    with metered(place.instance) as limit_cost:
        alone = in_sql.run(limit, contacts, options.sql_batch, Random(options.seed))
    demand_exact(limit, contacts)
    bulk, bulk_cost = _over_http(place, stage, contacts, options.batch, options.senders)
    singles, singles_cost = _over_http(place, stage, single, 1, SINGLE_SENDERS)
    return Turn(alone, limit_cost, bulk, bulk_cost, singles, singles_cost)


def _over_http(place: Place, stage: Stage, contacts: int, batch: int, senders: int) -> tuple[Run, dict[str, float]]:
    options = place.options
    numbers = range(1, contacts + 1)
    requests = over_http.make_requests(options.door, place.key, numbers, batch, Random(options.seed))
    reset(stage, contacts)
    with metered(place.instance) as cost:
        done = over_http.run(place, requests, senders)
    demand_exact(stage, contacts)
    return done, cost


def summary(events: int, singles: int, turns: list[Turn]) -> Result:
    """Return speeds in events a second, each beside the limit of its own turn."""
    bulk = tuple(events / turn.bulk.done for turn in turns)
    drained = tuple(events / turn.limit.work for turn in turns)
    both = tuple(events / (turn.limit.intake + turn.limit.work) for turn in turns)
    taken_in = tuple(events / turn.limit.intake for turn in turns)
    return Result(
        [
            Figure("end to end", "events/s", bulk, drained, at_least=0.6),
            Figure("end to end, SQL with its intake", "events/s", bulk, both),
            Figure("accepted", "events/s", tuple(events / turn.bulk.accepted for turn in turns), taken_in),
            Figure("single events, end to end", "events/s", tuple(singles / turn.singles.done for turn in turns)),
            Figure("single events, accepted", "events/s", tuple(singles / turn.singles.accepted for turn in turns)),
        ],
        [
            Cost("end to end", events, tuple(turn.bulk_cost for turn in turns)),
            Cost("single events", singles, tuple(turn.singles_cost for turn in turns)),
            Cost("SQL alone, with its intake", events, tuple(turn.limit_cost for turn in turns)),
        ],
    )
