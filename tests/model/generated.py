"""Scenarios for property tests: graphs of every node type, people, and streams with repetitions and jumps of time."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from nodes.catalog import Catalog
from nodes.registry import registry
from tests.model.scenario import START, OwnDeal, Pass, Person, Scenario, Send
from tests.support.steps import ADMIN, GONE, REP, ZOE

Strategy = st.SearchStrategy[Any]
KINDS: Final = ("campaign", "transactional")
SPANS: Final = (
    timedelta(minutes=30),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=40),
)
OF_MESSAGES: Final = ("email_opened", "email_clicked", "web_push_clicked", "page_visited", "form_submitted")
SENT: Final = (*OF_MESSAGES, "order", "visit")
ZONES: Final = ("Europe/Paris", "Pacific/Auckland", "America/St_Johns")
HOWS: Final = ("named", "round_robin", "least_loaded")
TAGS: Final = ("vip", "cold")


def conditions() -> Strategy:
    """About everything that automations change, so that what came before decides what follows."""
    leaves = st.one_of(
        st.builds(_number, st.sampled_from(["gte", "lt", "eq"]), st.sampled_from([0, 5, 10, 20])),
        st.sampled_from(TAGS).map(lambda tag: {"tag": tag, "op": "has"}),
        st.just({"owner": True, "op": "not_empty"}),
        st.just({"attribute": "PLAN", "op": "eq", "value": "pro"}),
        st.just({"deals": {"status": "open"}, "op": "gte", "value": 1}),
        st.builds(_often, st.sampled_from(SENT), st.integers(1, 3), st.sampled_from([None, 1, 5])),
    )
    return st.lists(leaves, min_size=1, max_size=2).flatmap(
        lambda parts: st.sampled_from([{"all": parts}, {"any": parts}, {"not": {"all": parts}}])
    )


def _number(op: str, value: float) -> dict[str, Any]:
    return {"attribute": "SCORE", "op": op, "value": value}


def _often(name: str, times: int, days: int | None) -> dict[str, Any]:
    window = {"within": {"amount": days, "unit": "days"}} if days else {}
    return {"events": name, **window, "op": "gte", "value": times}


class Configurations:
    """A configuration for each node type, of what this workspace has."""

    def __init__(self, catalog: Catalog, how: str, hooks: Sequence[str]) -> None:
        pipeline = catalog.default_pipeline()
        assert pipeline is not None
        self.lists = st.sampled_from(sorted(catalog.lists))
        self.stages = st.sampled_from([each.id for each in pipeline.stages])
        self.hooks = st.sampled_from(hooks)
        self.how = how
        self.known = {**self._ways_in(), **self._steps()}

    def _ways_in(self) -> Mapping[str, Strategy]:
        known = {
            "custom_event": _some(_FILTER, event=st.sampled_from(["order", "visit"])),
            "contact_created": _some(_FILTER),
            "attribute_changed": _some(_FILTER, attribute=st.sampled_from(["SCORE", "SCORE", "PLAN"])),
            "added_to_list": _some(_FILTER, list=self.lists),
        }
        return known | dict.fromkeys(OF_MESSAGES, _some({**_FILTER, "event_filter": _KIND}))

    def _steps(self) -> Mapping[str, Strategy]:
        return {
            "conditional_split": st.fixed_dictionaries({"condition": conditions()}),
            "multi_split": _branches(),
            "random_split": st.builds(_shares, st.integers(0, 90), st.booleans()),
            "exit": st.just({}),
            "wait": _waits(),
            "update_attribute": st.sampled_from(_UPDATES),
            "add_points": st.sampled_from([5, -5, 20]).map(lambda points: {"points": points, "attribute": "SCORE"}),
            "add_tag": st.sampled_from(TAGS).map(lambda tag: {"tag": tag}),
            "remove_tag": st.sampled_from(TAGS).map(lambda tag: {"tag": tag}),
            "add_to_list": self.lists.map(lambda number: {"list": number}),
            "remove_from_list": self.lists.map(lambda number: {"list": number}),
            "add_note": st.just({"text": "{{ contact.email }} has {{ contact.SCORE }}"}),
            "create_task": st.sampled_from([{"assign_to": "owner"}, {"assign_to": "user", "user": ZOE}]).map(
                lambda who: {"title": "Call at {{ contact.SCORE }}", "due": "+2days", **who}
            ),
            "assign_owner": self._assignments(),
            "send_alert": _alerts(),
            "move_deal": self._moves(),
            "call_webhook": self.hooks.map(lambda url: {"url": url, "body": '{"score": "{{ contact.SCORE }}"}'}),
        }

    def _assignments(self) -> Strategy:
        """With turns, all steps name the same reps: who gets which turn then changes nothing but the name."""
        keep = ["chosen", "anyone"] if self.how == "least_loaded" else ["chosen", "anyone", "nobody"]
        reps = st.sampled_from([[REP], [ZOE], [GONE]]) if self.how == "named" else st.just([REP, GONE, ZOE])
        return st.fixed_dictionaries(
            {"how": st.just(self.how), "reps": reps, "keep": st.sampled_from(keep), "tell": st.booleans()}
        )

    def _moves(self) -> Strategy:
        return st.fixed_dictionaries(
            {
                "stage": self.stages,
                "sort": st.sampled_from(["modified", "created", "name"]),
                "order": st.sampled_from(["asc", "desc"]),
                "limit": st.integers(0, 2),
            },
            optional={"status": st.sampled_from(["won", "lost"])},
        )


_UPDATES: Final = (
    {"attribute": "SCORE", "operation": "add", "value": 5},
    {"attribute": "SCORE", "operation": "add", "value": 9e299},
    {"attribute": "SCORE", "operation": "subtract", "value": 10},
    {"attribute": "SCORE", "operation": "clear"},
    {"attribute": "PLAN", "operation": "set", "value": "pro"},
    {"attribute": "PLAN", "operation": "set", "value": "free"},
)
_FILTER: Final = {"contact_filter": conditions()}
_KIND: Final = st.sampled_from(KINDS).map(lambda kind: {"all": [{"event": "message_kind", "op": "eq", "value": kind}]})


def _some(optional: Mapping[str, Strategy], **fixed: Strategy) -> Strategy:
    return st.fixed_dictionaries(fixed, optional=optional)


def _branches() -> Strategy:
    by_value = {
        "by": "value",
        "attribute": "PLAN",
        "branches": [{"id": "f", "name": "Free", "values": ["free"]}, {"id": "p", "name": "Pro", "values": ["pro"]}],
    }
    by_condition = st.lists(conditions(), min_size=2, max_size=3).map(
        lambda parts: {
            "branches": [{"id": f"b{n}", "name": f"B{n}", "condition": part} for n, part in enumerate(parts)]
        }
    )
    return st.just(by_value) | by_condition


def _shares(first: int, sticky: bool) -> dict[str, Any]:
    branches = [{"id": "a", "name": "A", "share": first}, {"id": "b", "name": "B", "share": 90 - first}]
    return {"branches": branches, "control": 10, "sticky": sticky}


def _waits() -> Strategy:
    amounts = st.sampled_from([("minutes", 20), ("hours", 6), ("days", 1), ("days", 30), ("months", 1)])
    return st.one_of(
        amounts.map(lambda span: {"duration": {"amount": span[1], "unit": span[0]}}),
        st.just({"until": "date", "date": "2026-11-23", "time": "10:30"}),
        st.just({"until": "attribute", "attribute": "BIRTHDAY"}),
        st.sampled_from(["00:00", "11:00", "23:59"]).map(lambda clock: {"until": "time_of_day", "time": clock}),
    )


def _alerts() -> Strategy:
    to = st.sampled_from(
        [{"to": "owner"}, {"to": "users", "users": [REP, GONE]}, {"to": "users", "users": [GONE]}]
        + [{"to": "role", "role": role} for role in ("rep", "admin")]
    )
    return st.builds(lambda to, mail: {"title": "At {{ contact.SCORE }}", "by_mail": mail, **to}, to, st.booleans())


@st.composite
def documents(draw: st.DrawFn, number: int, configurations: Configurations) -> dict[str, Any]:
    """An automation that could be activated: each step is led to by some port of an earlier one."""
    kinds = {
        kind: [key for key, each in registry().items() if each.kind == kind] for kind in ("trigger", "rule", "action")
    }
    ways_in = draw(st.lists(st.sampled_from(kinds["trigger"]), min_size=1, max_size=2))
    steps = draw(st.lists(st.sampled_from(kinds["rule"] + kinds["action"]), min_size=1, max_size=6))
    # The first names decide the order in which the engine looks at steps, not the way: some are given backwards.
    names = draw(st.permutations([f"a{number}s{index}" for index in range(len(steps))]))
    nodes = [_node(f"a{number}t{index}", key, draw(configurations.known[key])) for index, key in enumerate(ways_in)]
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
        "settings": {"re_entry": draw(st.booleans() | st.just(True)), "exit_conditions": [], "time_zone": "contact"},
        "nodes": nodes,
        "edges": edges,
        "layout": {},
    }


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
def streams(draw: st.DrawFn, crowd: int, heard: Sequence[str]) -> list[Send | Pass]:
    """Events of these people, mostly such as are listened to, with jumps of time; some are sent twice, or later."""
    acts: list[Send | Pass] = []
    for index in range(draw(st.integers(1, 12))):
        sent = [each for each in acts if isinstance(each, Send)]
        if sent and draw(st.integers(0, 5)) == 0:
            acts.append(draw(st.sampled_from(sent)))
        elif draw(st.integers(0, 4)) == 0:
            acts.append(Pass(draw(st.sampled_from(SPANS))))
        else:
            name, who = draw(st.sampled_from([*heard, *heard, "visit"])), draw(st.integers(1, crowd))
            kind = draw(st.sampled_from(KINDS))
            acts.append(Send(f"m{index}", who, name, {"n": f"m{index}", "message_kind": kind}))
    return [*acts, Pass(draw(st.sampled_from(SPANS)))]


def scenarios(catalog: Catalog, hooks: Sequence[str]) -> st.SearchStrategy[Scenario]:
    """One to three automations, one to four people, and what happens to them."""
    return st.one_of([_scenarios(Configurations(catalog, how, hooks)) for how in HOWS])


@st.composite
def _scenarios(draw: st.DrawFn, configurations: Configurations) -> Scenario:
    automations = [draw(documents(number, configurations)) for number in range(1, draw(st.integers(1, 3)) + 1)]
    crowd: Sequence[Person] = [draw(people(number)) for number in range(1, draw(st.integers(1, 4)) + 1)]
    moments = st.sampled_from([None, None, START, START + timedelta(hours=1)])
    heard = [name for each in automations for name in _heard(each) if name in SENT]
    return Scenario(automations, [draw(moments) for _ in automations], crowd, draw(streams(len(crowd), heard)))


def _heard(document: Mapping[str, Any]) -> list[str]:
    return [node["config"].get("event", node["type"]) for node in document["nodes"]]
