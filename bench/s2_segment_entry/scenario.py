"""Both readings of the scenario, turn about on one server, and what came of them."""

import time
from typing import Final, NamedTuple

import orjson

from bench.database import wait_for_none
from bench.place import Place
from bench.protocol import Cost, Figure, Result, Scenario, Sizes
from bench.s2_segment_entry import in_sql
from bench.s2_segment_entry.stage import Stage, build_stage, demand_exact, reset
from bench.sending import make_request, send_all
from bench.usage import metered


class Turn(NamedTuple):
    """Seconds of the limit and of the engine, with processor seconds of each."""

    limit: float
    limit_cost: dict[str, float]
    engine: float
    engine_cost: dict[str, float]


def run(place: Place, sizes: Sizes) -> Result:
    """Let the segment enter by one request, beside the limit."""
    limit = build_stage(place.database_beside())
    stage = build_stage(place.database_url)
    contacts = sizes["contacts"]
    turns = [_turn(place, contacts, stage, limit) for _ in place.turns()]
    engine = tuple(contacts / turn.engine for turn in turns)
    alone = tuple(contacts / turn.limit for turn in turns)
    return Result(
        [Figure("entered and went through", "contacts/s", engine, alone, at_least=0.6)],
        [
            Cost("engine", contacts, tuple(turn.engine_cost for turn in turns)),
            Cost("SQL alone", contacts, tuple(turn.limit_cost for turn in turns)),
        ],
    )


SCENARIO: Final = Scenario("s2", "A segment enters an automation", {"contacts": 1_000_000}, run)


def _turn(place: Place, contacts: int, stage: Stage, limit: Stage) -> Turn:
    reset(limit, contacts)
    with metered(place.instance) as limit_cost:
        alone = in_sql.run(limit, place.options.sql_batch)
    demand_exact(limit, contacts)
    reset(stage, contacts)
    with metered(place.instance) as engine_cost:
        engine = _enter(place, stage)
    demand_exact(stage, contacts)
    return Turn(alone, limit_cost, engine, engine_cost)


def _enter(place: Place, stage: Stage) -> float:
    """Ask for the segment as the screen does, and wait until everybody's turn has come; returns the seconds."""
    path, body = f"/api/automations/{stage.live.automation}/entries", {"crowd": {"segment": stage.segment}}
    request = make_request(path, place.key, orjson.dumps(body))
    began = time.monotonic()
    send_all(place.instance.url, [request], 1)
    wait_for_none(stage.url, "SELECT FROM bulk_entry_part WHERE finished_at IS NULL")
    return time.monotonic() - began
