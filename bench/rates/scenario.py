"""Turn about: the bare framework, then Cadenza's doors, over as many connections."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Final, NamedTuple

import httpx
import orjson

from app.services.web import sites
from app.services.web.sites import SiteSettings
from bench import bare
from bench.database import add_contacts, connect, demand, empty, settle, wait_for_inbox
from bench.place import Place
from bench.protocol import Cost, Figure, Result, Scenario, Sizes
from bench.s1_lead_scoring import over_http
from bench.s1_lead_scoring.stage import OPENS
from bench.sending import make_request, send_all
from bench.usage import metered
from tests.support.instance import free_port

SENDERS: Final = 32
"""Connections that send single requests, each from a network address of its own: what one may send is limited."""

_START_SECONDS: Final = 60
_ORIGIN: Final = "http://shop.example"
_DOOR: Final = "/w/e"
_SITE: Final[SiteSettings] = {
    "name": "Shop",
    "domains": ["shop.example"],
    "needs_consent": False,
    "heeds_do_not_track": False,
    "push_after": None,
}


class Turn(NamedTuple):
    """Seconds until all was accepted, by the bare framework and by our doors; with processor seconds of these."""

    bare_one: float
    bare_many: float
    taken: Mapping[str, float]
    costs: Mapping[str, Mapping[str, float]]


def run(place: Place, sizes: Sizes) -> Result:
    """Measure how fast single events, page views and batches are accepted, all of them worked through meanwhile."""
    beside = place.database_beside()
    with connect(beside) as connection:
        connection.execute(bare.TABLE)
    site = sites.get(sites.create(_SITE)).key
    with _served(place, beside) as url:
        # Whoever sent events in this minute may send fewer views.
        turns = [_turn(place, sizes, beside, url, site, first=2 * turn * SENDERS) for turn in place.turns()]
    return summary(sizes, turns)


SCENARIO: Final = Scenario("rates", "How fast requests are taken", {"single_contacts": 1_500, "contacts": 25_000}, run)


def _turn(place: Place, sizes: Sizes, beside: str, url: str, site: str, *, first: int) -> Turn:
    few, many = (range(1, sizes[name] + 1) for name in ("single_contacts", "contacts"))
    rng, options = Random(place.options.seed), place.options
    singles = over_http.make_requests("api", place.key, few, 1, rng)
    batches = over_http.make_requests("api", place.key, many, options.batch, rng)
    empty(place.database_url)
    add_contacts(place.database_url, 1, max(few[-1], many[-1]))
    with connect(beside) as connection:
        connection.execute("TRUNCATE told")
    settle(place.database_url)
    costs: dict[str, Mapping[str, float]] = {}
    bare_one = _seconds(url, [_to(bare.ONE, each) for each in singles], SENDERS)
    bare_many = _seconds(url, [_to(bare.MANY, each) for each in batches], options.senders)
    taken: dict[str, float] = {}
    for name, requests, senders, address in (
        ("single events", singles, SENDERS, first),
        ("page views", _views(site, len(few) * OPENS, rng), SENDERS, first + SENDERS),
        ("batches", batches, options.senders, first),
    ):
        with metered(place.instance) as cost:
            taken[name] = _seconds(place.instance.url, requests, senders, address)
            wait_for_inbox(place.database_url)
        costs[name] = cost
    demand(beside, {"SELECT count(*) FROM told": (len(few) + len(many)) * OPENS})
    demand(
        place.database_url,
        {
            "SELECT count(*) FROM event": (len(few) + len(many)) * OPENS,
            "SELECT count(*) FROM visitor_event": len(few) * OPENS,
        },
    )
    return Turn(bare_one, bare_many, taken, costs)


def summary(sizes: Sizes, turns: Sequence[Turn]) -> Result:
    """Return speeds in events a second, each beside the bare framework's of its own turn."""
    few, many = sizes["single_contacts"] * OPENS, sizes["contacts"] * OPENS
    one = tuple(few / turn.bare_one for turn in turns)
    copied = tuple(many / turn.bare_many for turn in turns)
    return Result(
        [
            Figure(
                "single events",
                "events/s",
                _speeds(few, "single events", turns),
                one,
                at_least=0.6,
            ),
            Figure("page views", "views/s", _speeds(few, "page views", turns), one, at_least=0.6),
            Figure("batches", "events/s", _speeds(many, "batches", turns), copied, at_least=0.5),
        ],
        [
            Cost(name, many if name == "batches" else few, tuple(turn.costs[name] for turn in turns))
            for name in ("single events", "page views", "batches")
        ],
    )


def _speeds(events: int, door: str, turns: Sequence[Turn]) -> tuple[float, ...]:
    return tuple(events / turn.taken[door] for turn in turns)


def _seconds(url: str, requests: Sequence[bytes], senders: int, first: int = 1) -> float:
    began = time.monotonic()
    send_all(url, requests, senders, first)
    return time.monotonic() - began


def _to(path: str, request: bytes) -> bytes:
    """The same request, sent elsewhere."""
    _, _, rest = request.partition(b" HTTP/1.1\r\n")
    return f"POST {path} HTTP/1.1\r\n".encode() + rest


def _views(site: str, count: int, rng: Random) -> list[bytes]:
    """Return requests as the script on a page sends them, four views a visitor."""
    visitors = [f"{rng.getrandbits(96):024x}" for _ in range(count // OPENS)] * OPENS
    rng.shuffle(visitors)
    return [
        make_request(_DOOR, "", orjson.dumps(_view(site, visitor, number)), Origin=_ORIGIN)
        for number, visitor in enumerate(visitors)
    ]


def _view(site: str, visitor: str, number: int) -> object:
    properties = {"url": f"{_ORIGIN}/shoes", "path": "/shoes", "title": "Shoes", "referrer": ""}
    event = {"id": f"view{number:08}", "name": "page_viewed", "ago": 0, "properties": properties}
    return {"site": site, "visitor": visitor, "events": [event]}


@contextlib.contextmanager
def _served(place: Place, database_url: str) -> Iterator[str]:
    """Let the bare framework run in as many processes as Cadenza's web; gives its address."""
    port = free_port()
    environment = os.environ | {
        "PORT": str(port),
        "DATABASE_URL": database_url,
        "CADENZA_DATA": str(place.instance.data),
        "WEB_PROCESSES": str(place.options.web_processes),
    }
    process = subprocess.Popen([sys.executable, "-m", "bench.bare"], env=environment)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_ready(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(_START_SECONDS)


def _wait_until_ready(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            httpx.get(f"{url}{bare.READY}", timeout=5)
            return
        time.sleep(0.1)
    raise RuntimeError("The bare framework did not start.")
