"""What is played while everything breaks: automations whose outcome does not hang on when things happen."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any, Final

from nodes.catalog import Attribute, Catalog, Kind, Pipeline, Stage, User
from tests.model.scenario import Pass, Person, Scenario, Send
from tests.support.live import Step, Way, document

REPS: Final = ("ann@example.com", "ben@example.com")
LIST: Final = 1  # the first that is made in an empty workspace
DAY: Final = timedelta(days=1)
CATALOG: Final = Catalog(
    attributes={"SCORE": Attribute("SCORE", Kind.NUMBER)},
    users={email: User(number, email, email, frozenset({"rep"})) for number, email in enumerate(REPS, 1)},
    lists={LIST: "Hot"},
    pipelines={1: Pipeline(1, "Sales", (Stage(1, "New"),), default=True)},
    roles=frozenset({"rep"}),
)
MOST_VISITS: Final = 3  # each waits for a day, one after another


def automations(hook: str) -> list[dict[str, Any]]:
    """Points, turns and alerts; a webhook; a wait; and two that are set off by what the first one changed."""
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
    ]


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
    """Events of these contacts without end, the same for the same seed."""
    chance = Random(f"{seed}:{contacts[0]}")
    visits = dict.fromkeys(contacts, 0)
    for number in count(1):
        who = chance.choice(contacts)
        name = chance.choices(["email_opened", "order", "page_visited"], [6, 2, 1])[0]
        if name == "page_visited" and visits[who] >= MOST_VISITS:
            name = "email_opened"
        visits[who] += name == "page_visited"
        message = f"c{contacts[0]}-{number}"
        yield Send(message, who, name, {"n": message})


def played(documents: Sequence[dict[str, Any]], contacts: int, sent: Sequence[Send]) -> Scenario:
    """The same for the reference: all that was sent, then so many days that every wait ends."""
    people = [Person(number) for number in range(1, contacts + 1)]
    acts = [*sent, *[Pass(2 * DAY)] * (MOST_VISITS + 1)]
    return Scenario(documents, [None] * len(documents), people, acts)
