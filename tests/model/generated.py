"""Scenarios for property tests: graphs of every node type, people, and streams with repetitions and jumps of time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

from hypothesis import strategies as st

from nodes.catalog import Catalog
from nodes.registry import registry
from nodes.world import Json
from tests.model.configurations import (
    AWAITED,
    EASY,
    HOWS,
    KINDS,
    REACTIONS,
    SENT,
    TAGS,
    Configurations,
    Strategy,
    caps,
)
from tests.model.reading import HOOK
from tests.model.scenario import Change, Enter, Interruption, OwnDeal, Pass, Person, Publish, Scenario, Send, Switch
from tests.support.steps import ADMIN, REP

Act: TypeAlias = Send | Interruption
Heard: TypeAlias = tuple[str, Mapping[str, Json]]  # an event, and what it says of what it is about
SPANS: Final = (
    timedelta(minutes=30),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=40),
)
ZONES: Final = ("Europe/Paris", "Pacific/Auckland", "America/St_Johns")


@st.composite
def documents(draw: st.DrawFn, number: int, configurations: Configurations, crowd: int, theme: str) -> dict[str, Any]:
    """An automation that could be activated: each step is led to by some port of an earlier one.

    Where people compete for places, who is first hangs on the order between them: then there is no limit.
    """
    kinds = {
        kind: [key for key in configurations.known if registry()[key].kind == kind]
        for kind in ("trigger", "rule", "action")
    }
    ways_in = draw(st.lists(st.sampled_from([*kinds["trigger"], *_LOOKED_FOR]), min_size=1, max_size=2))
    steps = draw(st.lists(st.sampled_from(_STILL), max_size=1))  # where something may happen to those who came in
    steps += draw(st.lists(st.sampled_from([*kinds["rule"], *kinds["action"], *_OFTEN]), min_size=1, max_size=5))
    if theme in {"capped", "quiet"}:
        # No messages: one follows a call in the moment of its answer, and whose turn among others it then is hangs on
        # when each run was stored.
        others = [each for each in steps if each not in {"send_email", "send_sms", "send_web_push"}]
        steps = ["call_webhook", *(draw(st.sampled_from([each, "call_webhook"])) for each in others)]
    # The first names decide the order in which the engine looks at steps, not the way: some are given backwards.
    names = draw(st.permutations([f"a{number}s{index}" for index in range(len(steps))]))
    nodes = [_node(f"a{number}t{index}", key, draw(configurations.known[key])) for index, key in enumerate(ways_in)]
    if theme == "joined" and number == 1:
        nodes[0] = _node("a1t0", "joined_segment", {"of": "condition", "condition": draw(EASY)})
    edges = [{"from": node["id"], "port": "next", "to": names[0]} for node in nodes]
    open_ports: list[tuple[str, str]] = []
    for name, key in zip(names, steps, strict=True):
        if name != names[0]:
            if not open_ports:
                break
            first = draw(st.integers(0, len(open_ports) - 1))
            led = [each for index, each in enumerate(open_ports) if index == first or draw(st.integers(0, 3)) == 0]
            edges += [{"from": source, "port": port, "to": name} for source, port in led]
            open_ports = [each for each in open_ports if each not in led]
        nodes.append(_node(name, key, draw(configurations.known[key])))
        open_ports += [(name, port) for port in registry()[key].ports_of(nodes[-1]["config"])]
    return {
        "format": "cadenza.automation/1",
        "name": f"Automation {number}",
        "settings": draw(configurations.settings(theme, limited=crowd == 1)),
        "nodes": nodes,
        "edges": edges,
        "layout": {},
    }


_LOOKED_FOR: Final = ("joined_segment", "date_reached") * 2
_STILL: Final = ("wait_until_event", "wait_for_reaction", "wait_until_condition", "goal", "wait", "call_webhook")
_OFTEN: Final = (*_STILL, *_STILL, "update_attribute", "add_tag")


def _node(name: str, key: str, config: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": name, "type": key, "config": config}


def people(number: int) -> Strategy:
    """One contact, with something of everything that steps look at."""
    deal = st.builds(OwnDeal, st.sampled_from(["Alpha", "beta", "Gamma"]), st.integers(1, 9), st.integers(1, 9))
    attributes = st.fixed_dictionaries(
        {},
        optional={
            "SCORE": st.sampled_from([0.0, 15.0]),
            "PLAN": st.just("free"),
            "BIRTHDAY": st.just(date(2026, 11, 24)),
        },
    )
    return st.builds(
        Person,
        st.just(number),
        st.sampled_from(ZONES),
        attributes,
        st.sampled_from([None, None, ADMIN]),
        st.just(frozenset()),
        st.frozensets(st.sampled_from(TAGS), max_size=1),
        st.lists(deal, max_size=2, unique_by=lambda each: each.name),
    )


@st.composite
def streams(draw: st.DrawFn, crowd: int, heard: Sequence[Heard], configurations: Configurations) -> list[Act]:
    """Events of these people, mostly such as are listened to, some of them twice, and now and then what interrupts."""
    acts: list[Act] = []
    for index in range(draw(st.integers(3, 14))):
        sent = [each for each in acts if isinstance(each, Send)]
        who = draw(st.integers(1, crowd))
        match draw(st.sampled_from(_ACTS)):
            case "again" if sent:
                acts.append(draw(st.sampled_from(sent)))
            case "pass":
                acts.append(Pass(draw(st.sampled_from(SPANS))))
            case "switch":
                acts.append(Switch(draw(configurations.numbers)))
            case "enter":
                acts.append(Enter(draw(configurations.numbers), f"b{index}", draw(configurations.crowds)))
            case "change":
                acts.append(
                    Change(who, *draw(st.sampled_from(_CHANGES) | st.tuples(st.just("lists"), configurations.lists)))
                )
            case _:
                awaited = [(name, {}) for name in AWAITED]
                (name, about), kind = draw(st.sampled_from([*heard, *heard, *awaited])), draw(st.sampled_from(KINDS))
                of_message = draw(_of_message(name, configurations)) if name in REACTIONS else {}
                said = {"n": f"m{index}", "message_kind": kind, **about, **of_message}
                acts.append(Send(f"m{index}", who, name, said))
    return [*acts, Pass(draw(st.sampled_from(SPANS)))]


def _of_message(name: str, configurations: Configurations) -> Strategy:
    """Of which message an event tells: mostly one of these automations, one of a campaign, or none of ours."""
    ours = configurations.numbers.map(lambda number: {"message": 1, "automation": number})
    others = st.sampled_from([{}, {"message": 1}])
    keywords = st.sampled_from(["", "", "stop", "start"] if name == "sms_received" else [""])
    return st.builds(lambda of, keyword: {**of, **({"keyword": keyword} if keyword else {})}, ours | others, keywords)


_ACTS: Final = ("send",) * 11 + ("again",) * 2 + ("pass",) * 3 + ("change", "switch") * 2 + ("enter",)
_CHANGES: Final = (("SCORE", 0.0), ("SCORE", 20.0), ("tags", "vip"), ("owner", REP), ("owner", ADMIN))


def scenarios(catalog: Catalog, hooks: Sequence[str], *, published: bool = False) -> st.SearchStrategy[Scenario]:
    """One to three automations, one to four people, and what happens to them; new versions, too, if `published`."""
    configurations = [Configurations(catalog, how, hooks, count) for how in HOWS for count in (1, 2, 3)]
    played = [_scenarios(each) for each in configurations]
    return st.one_of([*played, *(_published(each) for each in configurations)] if published else played)


# What would come about too rarely by itself: steps that reach people while caps or quiet hours keep them from it, and
# somebody who comes to fit what is looked for.
_THEMES: Final = ("any", "any", "capped", "quiet", "joined")


@st.composite
def _scenarios(draw: st.DrawFn, configurations: Configurations) -> Scenario:
    numbers = range(1, configurations.automations + 1)
    most = draw(st.sampled_from([1, 1, 1, 2, 2, 3, 4]))
    theme = draw(st.sampled_from(_THEMES))
    automations = [draw(documents(number, configurations, most, theme)) for number in numbers]
    crowd: Sequence[Person] = [draw(people(number)) for number in range(1, most + 1)]
    heard = [each for number in numbers for each in _heard(number, automations[number - 1])]
    acts = draw(streams(len(crowd), heard, configurations))
    if theme == "joined":
        acts = [Change(1, "SCORE", 20.0), Change(1, "tags", "vip"), Pass(SPANS[0]), *acts]
    return Scenario(automations, crowd, acts, draw(caps()) if theme == "capped" else ())


@st.composite
def _published(draw: st.DrawFn, configurations: Configurations) -> Scenario:
    """A scenario in which the first automation is published anew, once or twice."""
    scenario = draw(_scenarios(configurations))
    acts, document = list(scenario.acts), scenario.automations[0]
    for at in sorted(draw(st.lists(st.integers(0, len(acts) - 1), min_size=1, max_size=2))):
        document = draw(_versions(document, configurations, len(scenario.people)))
        steps = [node["id"] for node in document["nodes"] if registry()[node["type"]].kind != "trigger"]
        way = draw(st.sampled_from(["move", "move", "move", "go", "leave", "stay"]))
        to = draw(st.sampled_from(steps)) if way == "go" else None
        acts.insert(at, Publish(1, document, way, to, draw(st.booleans())))
    return replace(scenario, acts=acts)


@st.composite
def _versions(draw: st.DrawFn, old: Mapping[str, Any], configurations: Configurations, crowd: int) -> Mapping[str, Any]:
    """Another document under the same triggers and settings: some steps as they were, some changed, others new."""
    drawn = draw(documents(1, configurations, crowd, "any"))
    ways_in = [node for node in old["nodes"] if registry()[node["type"]].kind == "trigger"]
    known = {node["id"]: node for node in old["nodes"]}
    first = drawn["edges"][0]["to"]
    steps = []
    for node in drawn["nodes"]:
        if registry()[node["type"]].kind == "trigger":
            continue
        was = known.get(node["id"], node)
        changed = _node(node["id"], was["type"], draw(configurations.known[was["type"]]))
        steps.append(draw(st.sampled_from([was, was, changed, node])))
    ports = {(node["id"], port) for node in steps for port in registry()[node["type"]].ports_of(node["config"])}
    edges = [{"from": node["id"], "port": "next", "to": first} for node in ways_in]
    edges += [edge for edge in drawn["edges"] if (edge["from"], edge["port"]) in ports]
    return {**old, "nodes": [*ways_in, *steps], "edges": edges}


def _heard(number: int, document: Mapping[str, Any]) -> Iterator[Heard]:
    """What lets people in or moves them on, as far as somebody sends it."""
    for node in document["nodes"]:
        if node["type"] == "webhook_received":
            yield node["type"], {HOOK: f"{number}/{node['id']}"}
        if node["type"] == "wait_for_reaction":
            yield from ((name, {}) for name in REACTIONS)
    steps = [node["config"].get("event", node["type"]) for node in document["nodes"]]
    ways_out = [each["event"] for each in document["settings"]["exit_events"]]
    yield from ((name, {}) for name in (*steps, *ways_out) if name in SENT)
