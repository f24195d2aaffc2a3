"""One node, a few contacts, no flow: a harness for tests of node types."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any, Final
from zoneinfo import ZoneInfo

from nodes.catalog import Attribute, Catalog, ConsentTopic, Kind, Pipeline, Stage, User
from nodes.contract import Step, Trigger, Walkable
from nodes.effects import Effect
from nodes.registry import registry
from nodes.runs import Run
from nodes.texts import Text
from nodes.world import Contact, Deal, Event, World

NOW: Final = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PARIS: Final = ZoneInfo("Europe/Paris")
REP, ZOE, GONE, ADMIN = "rep@example.com", "zoe@example.com", "gone@example.com", "admin@example.com"

CATALOG: Final = Catalog(
    attributes={
        each.name: each
        for each in (
            Attribute("SCORE", Kind.NUMBER),
            Attribute("FIRSTNAME", Kind.TEXT),
            Attribute("COUNTRY", Kind.TEXT),
            Attribute("BIRTHDAY", Kind.DATE),
            Attribute("NEWSLETTER", Kind.BOOLEAN),
            Attribute("PLAN", Kind.CATEGORY, ("free", "pro")),
            Attribute("INTERESTS", Kind.MULTIPLE_CHOICE, ("bikes", "books")),
        )
    },
    users={
        each.email: each
        for each in (
            User(1, REP, "Rep One", frozenset({"rep"})),
            User(2, ZOE, "Zoé", frozenset({"rep"})),
            User(3, GONE, "Gone", frozenset({"rep"}), active=False),
            User(4, ADMIN, "Admin", frozenset({"admin"})),
        )
    },
    lists={1: "Newsletter", 2: "Customers"},
    automations={1: "Welcome", 2: "Win back"},
    segments={1: "VIP"},
    templates={1: "Welcome mail"},
    senders={1: "Anna from Example"},
    consent_topics={
        1: ConsentTopic("News", "email"),
        2: ConsentTopic("Alerts", "sms"),
        3: ConsentTopic("Offers", "push"),
    },
    pipelines={
        7: Pipeline(7, "Sales", (Stage(1, "New"), Stage(2, "Talks")), default=True),
        8: Pipeline(8, "Partners", (Stage(3, "New"), Stage(4, "Signed"))),
    },
    roles=frozenset({"admin", "rep"}),
    time_zone=PARIS,
)
_numbers = count(1)


def person(number: int | None = None, **facts: Any) -> Contact:
    """A contact; capital names are attributes, the others are fields of `Contact`."""
    number = number or next(_numbers)
    attributes = {name: value for name, value in facts.items() if name.isupper()}
    others: dict[str, Any] = {"email": f"p{number}@example.com", "time_zone": PARIS}
    others |= {name: value for name, value in facts.items() if not name.isupper()}
    return Contact(number, attributes=attributes, **others)


def deal(number: int, **facts: Any) -> Deal:
    """An open deal of the default pipeline, made and changed on the day of its number."""
    day = NOW.replace(day=number)
    known = {"name": f"Deal {number}", "pipeline": 7, "stage": 1, "status": "open", "amount": None}
    return Deal(**{"id": number, "created_at": day, "modified_at": day, **known, **facts})


def event(name: str = "email_opened", **properties: Any) -> Event:
    """Something that happened just now."""
    return Event(next(_numbers), name, NOW, properties)


def runs_of(people: Sequence[Contact]) -> list[Run]:
    """A run of automation 5, version 1, for each contact."""
    return [Run(5, 1, each, event(), NOW) for each in people]


def walk(
    key: str, config: Mapping[str, Any], *people: Contact, catalog: Catalog = CATALOG, now: datetime = NOW, **world: Any
) -> Step:
    """Let contacts walk through one node; every one of them is accounted for. `world`: services of `World`."""
    node = registry()[key]
    assert isinstance(node, Walkable)
    prepared = node.schema().prepare(config, CATALOG)
    known = World({each.id: each for each in people}, catalog, **world)
    step = Step("here", prepared, runs_of(people), known, now)
    node.run(step)
    step.check()
    return step


def ports(step: Step) -> dict[str, list[int]]:
    """The ids of the contacts that left by each port."""
    return {port: [run.contact.id for run in runs] for port, runs in step.gone.items()}


def effects(step: Step) -> list[Effect]:
    """What the step let happen, in order."""
    return [emitted.effect for emitted in step.effects]


def reasons(step: Step) -> list[str]:
    """Why contacts failed, in English."""
    return [failure.reason.en for failure in step.failures]


def faults(key: str, config: Mapping[str, Any], catalog: Catalog = CATALOG) -> list[tuple[str, str]]:
    """The field and code of everything wrong with a configuration."""
    return [(problem.field, problem.code) for problem in registry()[key].schema().check(config, catalog)]


def says(key: str, config: Mapping[str, Any], catalog: Catalog = CATALOG) -> Text:
    """The sentence of a step."""
    return registry()[key].summary(config, catalog)


def accepts(key: str, config: Mapping[str, Any], happened: Event, contact: Contact | None = None) -> bool:
    """Whether a trigger lets the contact in."""
    trigger = registry()[key]
    assert isinstance(trigger, Trigger)
    return trigger.accepts(trigger.schema().prepare(config, CATALOG), happened, contact or person(), NOW)


def without(catalog: Catalog, **changes: Any) -> Catalog:
    """A catalog that has changed since the automation was made."""
    return replace(catalog, **changes)
