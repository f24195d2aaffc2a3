"""Questions about what happened: the last days once more through a draft, and why a contact got what it got.

Both are asked as the screen asks them. The draft is what is live, so the replay must come to what did happen.
"""

import time
from collections.abc import Sequence
from random import Random
from typing import Any, Final, NamedTuple

import httpx

from app.services import users
from bench.browser import PASSWORD, signed_in
from bench.database import NotExact
from bench.place import Place
from bench.protocol import Cost, Figure, Result, Scenario, Sizes
from bench.s1_lead_scoring import over_http
from bench.s1_lead_scoring.stage import OPENS, Stage, build_stage, demand_exact, reset
from bench.usage import metered

REPLAY_SECONDS: Final = 10
"""“In seconds”, for 100,000 events."""

WHY_MS: Final = 200
_AUTHOR: Final = "author@example.com"
_ASKED: Final = 50
_POLL_SECONDS: Final = 0.05
_PATIENCE_SECONDS: Final = 300


class Turn(NamedTuple):
    """Seconds of the replay, with processor seconds; milliseconds of each answer to why."""

    replay: float
    cost: dict[str, float]
    why: Sequence[float]


def run(place: Place, sizes: Sizes) -> Result:
    """Measure a replay of four opens of each contact, and how long an answer to why takes."""
    stage = build_stage(place.database_url)
    users.create(_AUTHOR, "Author", ["admin"], PASSWORD)
    turns = [_turn(place, stage, sizes["contacts"]) for _ in place.turns()]
    events = sizes["contacts"] * OPENS
    return Result(
        [
            Figure(f"replay of {events:,} events", "s", tuple(turn.replay for turn in turns), at_most=REPLAY_SECONDS),
            Figure("why, p50", "ms", tuple(sorted(turn.why)[len(turn.why) // 2] for turn in turns)),
            Figure("why, the slowest", "ms", tuple(max(turn.why) for turn in turns), at_most=WHY_MS),
        ],
        [Cost("replay", events, tuple(turn.cost for turn in turns))],
    )


SCENARIO: Final = Scenario("reasons", "Replays, and answers to why", {"contacts": 25_000}, run)


def _turn(place: Place, stage: Stage, contacts: int) -> Turn:
    reset(stage, contacts)
    rng = Random(place.options.seed)
    everybody = range(1, contacts + 1)
    requests = over_http.make_requests("api", place.key, everybody, place.options.batch, rng)
    over_http.run(place, requests, place.options.senders)
    demand_exact(stage, contacts)
    with signed_in(place, _AUTHOR) as browser:
        with metered(place.instance) as cost:
            began = time.monotonic()
            replay = _replayed(browser, stage.automation)
            seconds = time.monotonic() - began
        _demand_as_it_was(replay, contacts * OPENS)
        asked = rng.choices(everybody, k=_ASKED)
        return Turn(seconds, cost, [_asked_why(browser, stage.automation, number) for number in asked])


def _replayed(browser: httpx.Client, automation: int) -> dict[str, Any]:
    """Ask for a replay and wait until it is over."""
    path = f"/api/automations/{automation}/replays"
    browser.post(path, json={"days": 7}).raise_for_status()
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found: dict[str, Any] = browser.get(f"{path}/latest").raise_for_status().json()["replay"]
        if found["state"] in ("completed", "failed"):
            return found
        time.sleep(_POLL_SECONDS)
    raise TimeoutError(f"The replay was not over within {_PATIENCE_SECONDS} s.")


def _demand_as_it_was(replay: dict[str, Any], events: int) -> None:
    """Demand every event, and of each way as many as took it. Raises NotExact."""
    told = {"state": replay["state"], "events": replay["events"]}
    if told != {"state": "completed", "events": events}:
        raise NotExact(f"The replay is {told}, not of {events} events.")
    wrong = [way for way in replay["ways"] if not way["draft"] == way["live"] == way["happened"]]
    if wrong or not replay["ways"]:
        raise NotExact(f"Ways of the replay: {wrong}")


def _asked_why(browser: httpx.Client, automation: int, contact: int) -> float:
    began = time.monotonic()
    why = browser.get(f"/api/contacts/{contact}/why", params={"automation_id": automation}).raise_for_status().json()
    taken = 1000 * (time.monotonic() - began)
    if len(why["decisions"]) != OPENS:
        raise NotExact(f"Of contact {contact} {len(why['decisions'])} decisions are told.")
    return taken
