"""How the editor feels with many steps: how long it takes to open, and how smoothly it is moved about, in a browser.

The browser draws without a graphics card; what it counts are frames it had ready in time. Each turn begins with a fresh
profile, so that the editor's code is fetched, too.
"""

import os
import time
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final, NamedTuple

import httpx
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from app import db
from app.services import users, workspace
from app.services.automations.drafts import add
from bench.database import NotExact
from bench.place import Place
from bench.protocol import Figure, Result, Scenario, Sizes
from nodes.runs import NEXT
from tests.e2e.acting import client_of, desk_of
from tests.support import chromium
from workflows.document import Document, Edge, NodeEntry

EMAIL: Final = "looker@example.com"
PASSWORD: Final = "only for this measurement"  # noqa: S105 - of an instance that lives as long as the measurement
NAME: Final = "Many steps"
MOST_OPENING: Final = 1_000
FEWEST_FRAMES: Final = 57
"""A screen shows sixty a second; a few are lost to whatever else the machine does."""

_BRANCHES: Final = 10
_BLOCK: Final = ("split", "note", "tag", "pause")
_PAN_SECONDS: Final = 3.0
_REACH: Final = 300  # pixels to each side
# Where the canvas can be taken hold of; the middle of the screen is often a step's.
_EMPTY: Final = """() => {
    const { left, right, top, bottom } = document.querySelector(".react-flow__pane").getBoundingClientRect();
    for (let y = top + 20; y < bottom; y += 20)
        for (let x = (left + right) / 2; x < right - 320; x += 10)
            if (document.elementFromPoint(x, y).matches(".react-flow__pane")) return { x, y };
    return null;
}"""
_WATCH_FRAMES: Final = """() => {
    const again = "frames_seen" in window;
    window.frames_seen = [];
    if (again) return;
    const next = (at) => { window.frames_seen.push(at); requestAnimationFrame(next); };
    requestAnimationFrame(next);
}"""
# On the screen, and no longer where an empty canvas begins: brought into sight as a whole.
_SHOWN: Final = """
    const shown = () => document.querySelector(".react-flow [data-node]")
        && !document.querySelector(".react-flow__viewport").style.transform.endsWith("(0px, 0px) scale(1)");
    const painted = (tell) => shown()
        ? requestAnimationFrame(() => requestAnimationFrame(tell))
        : requestAnimationFrame(() => painted(tell));
"""
_PAINTED: Final = f"() => {{ {_SHOWN} return new Promise(painted); }}"
_OPEN: Final = f"""(link) => {{ {_SHOWN}
    const began = performance.now();
    link.click();
    return new Promise(painted).then((at) => at - began);
}}"""


class Turn(NamedTuple):
    """Milliseconds until the steps were on the screen, frames a second while it was moved, the longest of 20 frames.

    `address` begins with nothing loaded; `opening` begins in the list, and the page's thread works for `working` of it.
    `frames` is with all steps in sight, `near` in their full size, when steps come into sight and leave it.
    """

    address: float
    opening: float
    working: float
    frames: float
    slow: float
    near: float


def run(place: Place, sizes: Sizes) -> Result:
    """Open an automation of so many steps from the list, and push it to and fro."""
    db.configure(place.database_url)
    workspace.setup()
    users.create(EMAIL, "Looker", ["admin"], PASSWORD)
    document = _document(sizes["steps"])
    automation = add(document).id
    with sync_playwright() as driver:
        found = chromium.find()
        browser = driver.chromium.launch(
            executable_path=found.executable, args=chromium.ARGUMENTS, env={**os.environ, **found.environment}
        )
        turns = [_turn(place, browser, automation, len(document.nodes)) for _ in place.turns()]
        browser.close()
    return Result(
        [
            Figure("opened by its address", "ms", tuple(turn.address for turn in turns), at_most=MOST_OPENING),
            Figure("opened from the list", "ms", tuple(turn.opening for turn in turns), at_most=MOST_OPENING),
            Figure("of that the page worked", "ms", tuple(turn.working for turn in turns)),
            Figure("while moved about", "frames/s", tuple(turn.frames for turn in turns), at_least=FEWEST_FRAMES),
            Figure("while moved about, near", "frames/s", tuple(turn.near for turn in turns), at_least=FEWEST_FRAMES),
            Figure("one frame in twenty took longer than", "ms", tuple(turn.slow for turn in turns)),
        ]
    )


SCENARIO: Final = Scenario("canvas", "The editor in a browser", {"steps": 500}, run)


def _turn(place: Place, browser: Browser, automation: int, steps: int) -> Turn:
    with client_of(place.instance, EMAIL, PASSWORD) as client:
        with desk_of(browser, client) as page:
            page.goto(f"/automations/{automation}", wait_until="commit")
            address = page.evaluate(_PAINTED)
        return _moved(browser, client, address, steps)


def _moved(browser: Browser, client: httpx.Client, address: float, steps: int) -> Turn:
    with desk_of(browser, client) as page:
        devtools = page.context.new_cdp_session(page)
        devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto("/automations")
        link = page.get_by_role("link", name=NAME)
        link.wait_for()
        page.wait_for_load_state("networkidle")
        before = _worked(devtools)
        opening = link.evaluate(_OPEN)
        working = _worked(devtools) - before
        page.wait_for_load_state("networkidle")
        drawn = page.locator(".react-flow [data-node]").count()
        if drawn != steps:
            raise NotExact(f"{drawn} of {steps} steps are drawn.")
        frames, slow = _pan(page)
        page.get_by_role("application", name="Canvas").press("0")
        page.locator(".react-flow__node").first.wait_for()
        near, _ = _pan(page)
        return Turn(address, opening, working, frames, slow, near)


def _worked(devtools: CDPSession) -> float:
    """How many ms the page's main thread has worked, whatever else the machine was busy with."""
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return 1000 * next(float(metric["value"]) for metric in metrics if metric["name"] == "TaskDuration")


def _pan(page: Page) -> tuple[float, float]:
    """Move the canvas to and fro; returns frames a second, and the length in ms that one frame in twenty exceeds."""
    hold = page.evaluate(_EMPTY)
    if hold is None:
        raise NotExact("There is no room to take hold of the canvas.")
    middle, height = hold["x"], hold["y"]
    page.mouse.move(middle, height)
    page.mouse.down()
    page.evaluate(_WATCH_FRAMES)
    began = time.monotonic()
    for shift in _swing():
        page.mouse.move(middle + shift, height)
        if time.monotonic() - began > _PAN_SECONDS:
            break
    seen: list[float] = page.evaluate("window.frames_seen")
    page.mouse.up()
    lengths = sorted(later - earlier for earlier, later in pairwise(seen))
    return 1000 * len(lengths) / sum(lengths), lengths[len(lengths) * 19 // 20]


def _swing() -> Iterator[float]:
    """Return pixels from the middle, to the right and back, for as long as asked."""
    while True:
        yield from range(0, _REACH, 6)
        yield from range(_REACH, -_REACH, -6)
        yield from range(-_REACH, 0, 6)


def _document(steps: int) -> Document:
    """Return an automation of that many steps: branches side by side, each of splits that meet again."""
    branches = [{"id": f"b{number}", "name": f"Branch {number}", "condition": _has(number)} for number in range(10)]
    nodes = [NodeEntry("opened", "email_opened"), NodeEntry("many", "multi_split", {"branches": branches})]
    edges = [Edge("opened", NEXT, "many")]
    ends = {f"b{number}": ("many", f"b{number}") for number in range(_BRANCHES)}
    ways = list(ends)
    for number in range(max(steps - len(nodes), 0)):
        way = ways[number // len(_BLOCK) % _BRANCHES]
        kind, block = _BLOCK[number % len(_BLOCK)], number // len(_BLOCK)
        nodes.append(NodeEntry(f"{kind}{block}", *_step(kind, number)))
        edges += _edges(kind, block, ends[way])
        ends[way] = (f"pause{block}", NEXT) if kind == "pause" else ends[way]
    return Document(NAME, nodes=tuple(nodes), edges=tuple(edges))


def _edges(kind: str, block: int, end: tuple[str, str]) -> list[Edge]:
    here = f"{kind}{block}"
    if kind == "split":
        return [Edge(*end, here)]
    if kind == "pause":
        return [Edge(f"note{block}", NEXT, here), Edge(f"tag{block}", NEXT, here)]
    return [Edge(f"split{block}", "yes" if kind == "note" else "no", here)]


def _step(kind: str, number: int) -> tuple[str, Mapping[str, Any]]:
    steps: dict[str, tuple[str, Mapping[str, Any]]] = {
        "split": ("conditional_split", {"condition": _has(number + _BRANCHES)}),
        "note": ("add_note", {"text": f"Came by step {number}"}),
        "tag": ("add_tag", {"tag": f"step {number}"}),
        "pause": ("wait", {"duration": {"amount": 1, "unit": "days"}}),
    }
    return steps[kind]


def _has(number: int) -> Mapping[str, Any]:
    return {"all": [{"tag": f"mark {number}", "op": "has"}]}
