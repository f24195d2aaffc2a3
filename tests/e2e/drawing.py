"""Drawn automations for the editor's stories, and a hand that draws."""

import re
import time
from collections.abc import Mapping, Sequence
from typing import Any

import httpx
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import canvas, step

CONFIGS: dict[str, dict[str, Any]] = {
    "update_attribute": {"attribute": "SCORE", "operation": "add", "value": 5},
    "conditional_split": {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}},
    "add_note": {"text": "Looked at twice"},
    "add_tag": {"tag": "looked-at"},
    "wait": {"until": "duration", "duration": {"amount": 2, "unit": "days"}},
}
LEAD_SCORING: dict[str, dict[str, Any]] = {
    "email_opened": {},
    "web_push_clicked": {},
    "update_attribute": CONFIGS["update_attribute"],
    "conditional_split": CONFIGS["conditional_split"],
    "assign_owner": {"how": "named", "keep": "chosen", "reps": ["rep@example.com"], "tell": True},
}
"""What the steps of the lead-scoring automation are set to do, each with the id that the editor gives it."""
REP = "Ruth Adeyemi Rep · rep@example.com"
"""Its owner, as lists of people show her."""
LEAD_SCORING_WAYS = {
    "email_opened > update_attribute",
    "web_push_clicked > update_attribute",
    "update_attribute > conditional_split",
    "conditional_split.yes > assign_owner",
}
OPENED, POINTS, SPLIT, NOTE, TAG = "Email opened", "Update attribute", "Conditional split", "Add note", "Add tag"

MIDDLE = """async (element) => {
    for (let before; ; await new Promise(requestAnimationFrame)) {
        const { x, y, width, height } = element.getBoundingClientRect();
        if (!element.isConnected) return null;
        if (before?.x === x && before.y === y) return { x: x + width / 2, y: y + height / 2 };
        before = { x, y };
    }
}"""


def draw(
    admin: httpx.Client,
    nodes: Mapping[str, str],
    *ways: str,
    name: str = "Drawn here",
    re_entry: bool = False,
    configs: Mapping[str, Mapping[str, Any]] = CONFIGS,
) -> int:
    """Make a draft of steps by id and type, and ways written `from > to` or `from.port > to`; returns its id.

    A type without one of the `configs` is not filled in.
    """
    document = {
        "format": "cadenza.automation/1",
        "name": name,
        "settings": {"re_entry": re_entry, "exit_conditions": [], "time_zone": "contact"},
        "nodes": [{"id": id_, "type": type_, "config": configs.get(type_, {})} for id_, type_ in nodes.items()],
        "edges": [edge(way) for way in ways],
        "layout": {},
    }
    made = admin.post("/api/automations", json={"name": name, "document": document}).raise_for_status()
    return int(made.json()["id"])


def edge(way: str) -> dict[str, str]:
    source, target = way.split(" > ")
    node, _, exit_ = source.partition(".")
    return {"from": node, "port": exit_ or "next", "to": target}


def draft_of(admin: httpx.Client, flow: int) -> dict[str, Any]:
    document: dict[str, Any] = admin.get(f"/api/automations/{flow}").json()["document"]
    return document


def put_groups(admin: httpx.Client, flow: int, groups: Sequence[Mapping[str, object]]) -> None:
    """Let the draft have these groups."""
    read = admin.get(f"/api/automations/{flow}").json()
    changed = {"document": {**read["document"], "groups": groups}, "base_revision": read["draft_revision"]}
    admin.put(f"/api/automations/{flow}/draft", json=changed).raise_for_status()


def edges_of(admin: httpx.Client, flow: int) -> set[str]:
    """The ways of the draft, written as `draw` takes them: with the port where a step has several."""
    return {f"{_exit(each)} > {each['to']}" for each in draft_of(admin, flow)["edges"]}


def _exit(edge: Mapping[str, str]) -> str:
    return edge["from"] if edge["port"] == "next" else f"{edge['from']}.{edge['port']}"


def configs_of(admin: httpx.Client, flow: int) -> dict[str, dict[str, Any]]:
    """What each step of the draft is set to do, by its id."""
    return {each["id"]: each["config"] for each in draft_of(admin, flow)["nodes"]}


def note_of(admin: httpx.Client, flow: int) -> str:
    return next(str(each["config"]["text"]) for each in draft_of(admin, flow)["nodes"] if each["id"] == "note")


def show(desk: Page, flow: int) -> None:
    """Open the automation and wait until it stands still."""
    desk.goto(f"/automations/{flow}")
    # A browser that has seen nothing of it yet fetches all of the editor.
    expect(canvas(desk)).to_be_visible(timeout=30_000)
    expect(desk.locator(".react-flow__node").first).to_be_visible()
    expect(desk.get_by_text(re.compile(r"problem|error|warning|running|to do")).first).to_be_visible()


def flow_of(desk: Page) -> int:
    """The automation that is open."""
    found = re.search(r"/automations/(\d+)", desk.url)
    assert found
    return int(found[1])


def use_tool(desk: Page, name: str) -> None:
    """Open what a tool of the bar opens; where the screen is narrow, its menu has the tool."""
    if desk.evaluate("innerWidth <= 768"):
        desk.get_by_role("button", name="Automation actions").click()
        desk.get_by_role("menuitem", name=name).click()
    else:
        desk.get_by_role("button", name=name).click()


def palette(desk: Page) -> Locator:
    return desk.get_by_role("region", name="Steps", exact=True)


def between(desk: Page, source: str, target: str) -> Locator:
    """The + on the line from one step to another."""
    return desk.get_by_role("button", name=f"Add a step between {source} and {target}")


def after(desk: Page, source: str, exit_: str) -> Locator:
    """The + at an open end."""
    return desk.get_by_role("button", name=f"Add a step after {source} ({exit_})")


def port(desk: Page, label: str) -> Locator:
    return step(desk, label).locator(".react-flow__handle.source")


def entry(desk: Page, label: str) -> Locator:
    return step(desk, label).locator(".react-flow__handle.target")


def write_note(desk: Page, text: str) -> None:
    step(desk, NOTE).click()
    note_field(desk).fill(text)


def add_by_word(desk: Page, words: str) -> None:
    """Search the list of steps, which is open or about to open, and take the first."""
    expect(desk.get_by_role("combobox", name="Search steps")).to_be_focused()
    desk.keyboard.type(words)
    desk.keyboard.press("Enter")


def note_field(desk: Page) -> Locator:
    return desk.get_by_role("region", name=f"Settings of {NOTE}").get_by_role("textbox").first


def centre(place: Locator) -> tuple[float, float]:
    """The middle of it, once it stands still. What is drawn anew at this very moment has no place for an instant."""
    deadline = time.monotonic() + 15
    while not (found := place.evaluate(MIDDLE)):
        assert time.monotonic() < deadline, "It is not shown."
    return found["x"], found["y"]


def drag(desk: Page, thing: Locator, *, to: tuple[float, float]) -> None:
    """Press, move and let go, the way a hand does it."""
    desk.mouse.move(*centre(thing))
    desk.mouse.down()
    desk.mouse.move(to[0] - 30, to[1] - 30, steps=8)
    desk.mouse.move(*to, steps=5)
    desk.mouse.up()
