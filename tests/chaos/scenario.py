"""What is played while everything breaks: automations whose outcome does not hang on when things happen."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import count
from math import inf
from random import Random
from typing import Any, Final

from nodes.catalog import Attribute, Catalog, Kind, Pipeline, Stage, User
from nodes.world import Json
from tests.model.scenario import Enter, Pass, Person, Scenario, Send
from tests.support.live import Step, Way, document

REPS: Final = ("ann@example.com", "ben@example.com")
LIST, CROWD, SEGMENT = 1, 2, 1  # the first lists and the first segment that are made in an empty workspace
IN_CROWD: Final[dict[str, Json]] = {"list": CROWD, "op": "in"}
CATALOG: Final = Catalog(
    attributes={name: Attribute(name, Kind.NUMBER) for name in ("SCORE", "ROUNDS")},
    users={email: User(number, email, email, frozenset({"rep"})) for number, email in enumerate(REPS, 1)},
    lists={LIST: "Hot", CROWD: "Crowd"},
    pipelines={1: Pipeline(1, "Sales", (Stage(1, "New"),), default=True)},
    roles=frozenset({"rep"}),
)
MOST: Final = {"page_visited": 3, "cart": 2}  # of each contact: each waits for a while, one after another
CALLED_ROUNDS: Final = 2
# Longer than the clock is moved while events are sent, so that only who gets no order is too late.
PATIENCE: Final = {"amount": 60, "unit": "days"}
AGES: Final = timedelta(days=100)
REPEATED: Final = 0.03


def automations(hook: str) -> list[dict[str, Any]]:
    """Points and turns; a webhook; waits; two that are set off by what others changed; the last is for a crowd."""
    scoring: Sequence[Step] = [
        ("opened", "email_opened", {}),
        ("points", "add_points", {"points": 5, "attribute": "SCORE"}),
        ("hot", "conditional_split", {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}}),
        ("assign", "assign_owner", {"how": "round_robin", "reps": list(REPS), "tell": False}),
        ("alert", "send_alert", {"to": "role", "role": "rep", "title": "{{ contact.email }} is hot", "by_mail": True}),
    ]
    split: Sequence[Way] = [("points", "next", "hot"), ("hot", "yes", "assign"), ("assign", "next", "alert")]
    return [
        _named("Scoring", scoring, [("opened", "next", "points"), *split]),
        _line("Calling", ("custom_event", {"event": "order"}), ("call_webhook", {"url": hook}), _note("called")),
        _line("Waiting", ("page_visited", {}), ("wait", {"duration": {"amount": 1, "unit": "days"}}), _note("waited")),
        _line("Chained", ("attribute_changed", {"attribute": "SCORE"}), ("add_to_list", {"list": LIST})),
        _line("Listed", ("added_to_list", {"list": LIST}), ("add_tag", {"tag": "listed"}), _note("listed")),
        _awaiting(),
        _crowd(hook),
    ]


def _awaiting() -> dict[str, Any]:
    steps: Sequence[Step] = [
        ("cart", "custom_event", {"event": "cart"}),
        ("order", "wait_until_event", {"event": "order", "at_most": PATIENCE}),
        ("bought", *_note("bought")),
        ("left", *_note("left it")),
    ]
    ways = [("cart", "next", "order"), ("order", "happened", "bought"), ("order", "timed_out", "left")]
    return _named("Awaiting", steps, ways)


def _crowd(hook: str) -> dict[str, Any]:
    few = {"all": [{"attribute": "ROUNDS", "op": "lte", "value": CALLED_ROUNDS}]}
    steps: Sequence[Step] = [
        ("nobody", "custom_event", {"event": "nobody_sends_this"}),
        ("round", "add_points", {"points": 1, "attribute": "ROUNDS"}),
        ("minute", "wait", {"duration": {"amount": 1, "unit": "minutes"}}),
        ("few", "conditional_split", {"condition": few}),
        ("call", "call_webhook", {"url": f"{hook}/crowd"}),
        ("done", *_note("was in the crowd")),
    ]
    ways = [("nobody", "next", "round"), ("round", "next", "minute"), ("minute", "next", "few"), ("few", "yes", "call")]
    return _named("Crowd", steps, [*ways, ("few", "no", "done"), ("call", "next", "done")])


def crowd(contacts: int) -> range:
    """Return the numbers of those in the crowd: half of those whom events are about, and others."""
    return range(contacts // 2 + 1, 4 * contacts + 1)


def _note(text: str) -> tuple[str, dict[str, Any]]:
    return ("add_note", {"text": text})


def _line(name: str, *steps: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    numbered = [(f"s{number}", key, config) for number, (key, config) in enumerate(steps)]
    ways = [(f"s{number}", "next", f"s{number + 1}") for number in range(len(steps) - 1)]
    return _named(name, numbered, ways)


def _named(name: str, steps: Sequence[Step], ways: Sequence[Way]) -> dict[str, Any]:
    stored = document(steps, ways)
    return stored | {"name": name, "settings": stored["settings"] | {"exit_events": [], "run_key": ""}}


def stream(seed: int, contacts: Sequence[int]) -> Iterator[Send]:
    """Events of these contacts without end, the same for the same seed; some come again a little later."""
    chance = Random(f"{seed}:{contacts[0]}")
    met: Counter[tuple[int, str]] = Counter()
    recent: deque[Send] = deque(maxlen=50)
    for number in count(1):
        if recent and chance.random() < REPEATED:
            yield chance.choice(recent)
        who = chance.choice(contacts)
        name = chance.choices(["email_opened", "order", "page_visited", "cart"], [6, 2, 1, 1])[0]
        if met[who, name] >= MOST.get(name, inf):
            name = "email_opened"
        met[who, name] += 1
        message = f"c{contacts[0]}-{number}"
        recent.append(Send(message, who, name, {"n": message}))
        yield recent[-1]


def played(documents: Sequence[dict[str, Any]], contacts: int, sent: Sequence[Send], rounds: int) -> Scenario:
    """The same for the reference: all that was sent, every round of the crowd, then so long that every wait ends."""
    members, nowhere = frozenset({CROWD}), frozenset[int]()
    numbers = range(1, (crowd(contacts).stop if rounds else contacts + 1))
    people = [Person(number, lists=members if rounds and number in crowd(contacts) else nowhere) for number in numbers]
    entries = [Enter(len(documents), f"round {number}", IN_CROWD) for number in range(rounds)]
    ages = [Pass(AGES)] * (max(rounds, *MOST.values()) + 1)
    return Scenario(documents, people, [*sent, *entries, *ages])
