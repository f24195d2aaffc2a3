"""What each kind of step does to one contact, as the documentation of the node types says it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import log
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

from nodes.catalog import Catalog, Pipeline
from nodes.moments import due_day, later, next_time, wall_time
from nodes.world import Contact, Deal, Event, Json, Value
from tests.model.scenario import label

Config: TypeAlias = Mapping[str, Any]
BIGGEST: Final = 1e300
TAKEN_OVER: Final = "A contact is yours now"


class Go(NamedTuple):
    """On through a port."""

    port: str = "next"


class Sleep(NamedTuple):
    """Stand still until then, then on."""

    until: datetime


class Call(NamedTuple):
    """Ask the outside world, and stand still until it answers."""

    request: tuple[object, ...]


class End(NamedTuple):
    """The run is over: finished or failed."""

    state: str
    last: str


Way: TypeAlias = Go | Sleep | Call | End
FAILED: Final = End("failed", "failed")


class Town(Protocol):
    """What a step may use: the names known, the time, and ways to change things."""

    catalog: Catalog
    now: datetime

    def set_attribute(self, standing: "Standing", name: str, value: Value) -> None: ...
    def add_to_list(self, standing: "Standing", number: int) -> None: ...
    def note(self, standing: "Standing", kind: str, *what: object) -> None: ...
    def render(self, template: str, contact: Contact) -> str: ...
    def deal_out(self, standing: "Standing", how: str, reps: list[str]) -> str: ...


@dataclass(frozen=True)
class Standing:
    """One contact at one step."""

    automation: int
    node: str
    config: Config
    contact: Contact
    event: Event

    def holds(self, name: str, now: datetime) -> bool:
        return bool(self.config[name](self.contact, self.event, now)[0])


def conditional_split(town: Town, at: Standing) -> Way:
    return Go("yes" if at.holds("condition", town.now) else "no")


def multi_split(town: Town, at: Standing) -> Way:
    part = "values" if at.config["by"] == "value" else "condition"
    fitting = (each.id for each in at.config["branches"] if each.settings[part](at.contact, at.event, town.now)[0])
    return Go(next(fitting, "else"))


def random_split(town: Town, at: Standing) -> Way:
    """A race of exponential clocks, one a way: the first to ring wins."""
    shares = {each.id: each.settings["share"] for each in at.config["branches"]} | {"control": at.config["control"]}
    sticky = at.config["sticky"]
    rings = {
        way: -log(1 - drawn(at.node, at.contact, at.event, way, sticky)) / share
        for way, share in shares.items()
        if share
    }
    return Go(min(rings, key=rings.__getitem__))


def leave(town: Town, at: Standing) -> Way:
    return End("finished", "exit")


def wait(town: Town, at: Standing) -> Way:
    until = _until(town, at)
    return Sleep(until) if until is not None and until > town.now else Go()


def _until(town: Town, at: Standing) -> datetime | None:
    config, zone = at.config, at.contact.time_zone
    if config["until"] == "duration":
        return later(town.now, config["duration"], zone)
    if config["until"] == "time_of_day":
        return next_time(town.now, config["time"], zone)
    day = config["date"] if config["until"] == "date" else at.contact.attributes.get(config["attribute"])
    return wall_time(day, config["time"], zone) if isinstance(day, date) else None


def update_attribute(town: Town, at: Standing) -> Way:
    name, value = at.config["attribute"], at.config["value"]
    match at.config["operation"]:
        case "add":
            return _add(town, at, name, value)
        case "subtract":
            return _add(town, at, name, -value)
    town.set_attribute(at, name, value)
    return Go()


def add_points(town: Town, at: Standing) -> Way:
    return _add(town, at, at.config["attribute"], at.config["points"])


def _add(town: Town, at: Standing, name: str, amount: float) -> Way:
    before = at.contact.attributes.get(name) or 0.0
    if not isinstance(before, int | float) or abs(before + amount) > BIGGEST:
        return FAILED
    town.set_attribute(at, name, before + amount)
    return Go()


def add_tag(town: Town, at: Standing) -> Way:
    at.contact.tags.add(at.config["tag"])
    return Go()


def remove_tag(town: Town, at: Standing) -> Way:
    at.contact.tags.discard(at.config["tag"])
    return Go()


def add_to_list(town: Town, at: Standing) -> Way:
    town.add_to_list(at, at.config["list"])
    return Go()


def remove_from_list(town: Town, at: Standing) -> Way:
    at.contact.lists.discard(at.config["list"])
    return Go()


def add_note(town: Town, at: Standing) -> Way:
    town.note(at, "note", town.render(at.config["text"], at.contact))
    return Go()


def create_task(town: Town, at: Standing) -> Way:
    config, user = at.config, at.config["user"]
    if user and not _works(town, user):
        return FAILED
    owner = at.contact.owner
    due = config["due"] and due_day(config["due"], town.now.astimezone(at.contact.time_zone).date())
    title = " ".join(town.render(config["title"], at.contact).split())
    note = town.render(config["note"], at.contact) if config["note"] else ""
    town.note(at, "task", title, note, due, user or (owner if owner and _works(town, owner) else None))
    return Go()


def assign_owner(town: Town, at: Standing) -> Way:
    owner, keep, named = at.contact.owner, at.config["keep"], at.config["reps"]
    if owner and (keep == "anyone" or (keep == "chosen" and owner in named)):
        return Go("kept")
    reps = [each for each in named if _works(town, each)]
    if not reps:
        return FAILED
    rep = town.deal_out(at, at.config["how"], reps)
    at.contact.owner = rep
    town.note(at, "assigned", rep)
    if at.config["tell"]:
        _tell(town, at, rep, TAKEN_OVER, f"{at.contact.email} was assigned to you.")
    return Go()


def send_alert(town: Town, at: Standing) -> Way:
    match at.config["to"]:
        case "users":
            named = list(at.config["users"])
        case "role":
            users = town.catalog.users.values()
            named = sorted(each.email for each in users if each.active and at.config["role"] in each.roles)
        case _:
            named = [at.contact.owner] if at.contact.owner else []
    told = [each for each in named if _works(town, each)]
    if named and not told:
        return FAILED
    keepers = [each.email for each in town.catalog.users.values() if each.active and each.roles & {"owner", "admin"}]
    title = " ".join(town.render(at.config["title"], at.contact).split())
    body = town.render(at.config["body"], at.contact) if at.config["body"] else ""
    for user in told or keepers:
        _tell(town, at, user, title, body)
        if at.config["by_mail"]:
            town.note(at, "mail", user, title, body)
    return Go()


def _tell(town: Town, at: Standing, user: str, title: str, body: str) -> None:
    town.note(at, "notification", user, title, body)


def _works(town: Town, user: str) -> bool:
    return user in town.catalog.users and town.catalog.users[user].active


def move_deal(town: Town, at: Standing) -> Way:
    config, catalog = at.config, town.catalog
    pipeline = catalog.pipelines.get(config["pipeline"]) if config["pipeline"] else catalog.default_pipeline()
    if pipeline is None or not pipeline.has(config["stage"]):
        return FAILED
    for deal in _meant(config, pipeline, at.contact):
        deal.stage, deal.status, deal.modified_at = config["stage"], config["status"] or deal.status, town.now
    return Go()


def _meant(config: Config, pipeline: Pipeline, contact: Contact) -> list[Deal]:
    found = [each for each in contact.deals if each.status == "open" and each.pipeline == pipeline.id]
    keys: dict[str, Callable[[Deal], Any]] = {
        "modified": lambda each: (each.modified_at, each.id),
        "created": lambda each: (each.created_at, each.id),
        "name": lambda each: (each.name.casefold(), each.id),
    }
    found.sort(key=keys[config["sort"]], reverse=config["order"] == "desc")
    return found[: config["limit"] or None]


def call_webhook(town: Town, at: Standing) -> Way:
    body = _filled(at.config["body"], town, at.contact) if at.config["method"] in {"POST", "PUT", "PATCH"} else None
    return Call((at.config["method"], at.config["url"], "" if body is None else json.dumps(body, ensure_ascii=False)))


def _filled(template: Json, town: Town, contact: Contact) -> Json:
    if isinstance(template, str):
        return town.render(template, contact)
    if isinstance(template, Mapping):
        return {key: _filled(value, town, contact) for key, value in template.items()}
    return [_filled(each, town, contact) for each in template] if isinstance(template, list) else template


def drawn(node: str, contact: Contact, event: Event, lot: str, sticky: bool) -> float:
    """Return the number in [0, 1) that chance gives; the engine is made to draw the same while it is compared."""
    entry = "" if sticky else label(event.name, event.properties)
    seed = f"{node} {contact.email} {entry} {lot}".encode()
    return int.from_bytes(hashlib.blake2b(seed, digest_size=7).digest()) / 2**56


STEPS: Final[Mapping[str, Callable[[Town, Standing], Way]]] = {
    "add_note": add_note,
    "add_points": add_points,
    "add_tag": add_tag,
    "add_to_list": add_to_list,
    "assign_owner": assign_owner,
    "call_webhook": call_webhook,
    "conditional_split": conditional_split,
    "create_task": create_task,
    "exit": leave,
    "move_deal": move_deal,
    "multi_split": multi_split,
    "random_split": random_split,
    "remove_from_list": remove_from_list,
    "remove_tag": remove_tag,
    "send_alert": send_alert,
    "update_attribute": update_attribute,
    "wait": wait,
}
