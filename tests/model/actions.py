"""What each action does to one contact, as the documentation of the node types says it."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from nodes.catalog import Pipeline
from nodes.moments import due_day
from nodes.world import Contact, Deal, Json, Value
from tests.model.scenario import plain
from tests.model.ways import EXIT, FAILED, Call, Config, Go, Standing, Town, Way

BIGGEST: Final = 1e300
TAKEN_OVER: Final = "A contact is yours now"


def update_attribute(town: Town, at: Standing) -> Way:
    name, value = at.config["attribute"], at.config["value"]
    match at.config["operation"]:
        case "add":
            return _add(town, at, name, value)
        case "subtract":
            return _add(town, at, name, -value)
    _set(town, at, name, value)
    return Go()


def add_points(town: Town, at: Standing) -> Way:
    return _add(town, at, at.config["attribute"], at.config["points"])


def _add(town: Town, at: Standing, name: str, amount: float) -> Way:
    before = at.contact.attributes.get(name) or 0.0
    if not isinstance(before, int | float) or abs(before + amount) > BIGGEST:
        return FAILED
    _set(town, at, name, before + amount)
    return Go()


def _set(town: Town, at: Standing, name: str, value: Value) -> None:
    old = at.contact.attributes.get(name)
    if old != value:
        at.contact.attributes[name] = value
        town.arise(at, "attribute_changed", {"attribute": name, "old": plain(old), "new": plain(value)})


def _changed(town: Town, at: Standing, fact: str) -> None:
    """What has no event of its own is heard all the same."""
    town.arise(at, "contact_changed", {"fact": fact})


def add_tag(town: Town, at: Standing) -> Way:
    if at.config["tag"] not in at.contact.tags:
        at.contact.tags.add(at.config["tag"])
        _changed(town, at, "tags")
    return Go()


def remove_tag(town: Town, at: Standing) -> Way:
    if at.config["tag"] in at.contact.tags:
        at.contact.tags.remove(at.config["tag"])
        _changed(town, at, "tags")
    return Go()


def add_to_list(town: Town, at: Standing) -> Way:
    if at.config["list"] not in at.contact.lists:
        at.contact.lists.add(at.config["list"])
        town.arise(at, "list_added", {"list": at.config["list"]})
        _changed(town, at, "lists")
    return Go()


def remove_from_list(town: Town, at: Standing) -> Way:
    if at.config["list"] in at.contact.lists:
        at.contact.lists.remove(at.config["list"])
        _changed(town, at, "lists")
    return Go()


def start_automation(town: Town, at: Standing) -> Way:
    town.arise(at, "automation_called", {"automation": at.config["automation"]})
    return EXIT if at.config["then"] == "leave" else Go()


def leave_automation(town: Town, at: Standing) -> Way:
    town.arise(at, "automation_dismissed", {"automation": at.config["automation"]})
    return Go()


def add_note(town: Town, at: Standing) -> Way:
    town.note(at, "note", town.render(at.config["text"], at.contact, at.event))
    return Go()


def create_task(town: Town, at: Standing) -> Way:
    config, user = at.config, at.config["user"]
    if user and not _works(town, user):
        return FAILED
    owner = at.contact.owner
    due = config["due"] and due_day(config["due"], town.now.astimezone(at.contact.time_zone).date())
    title = " ".join(town.render(config["title"], at.contact, at.event).split())
    note = town.render(config["note"], at.contact, at.event) if config["note"] else ""
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
    if rep != owner:
        at.contact.owner = rep
        _changed(town, at, "owner")
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
    title = " ".join(town.render(at.config["title"], at.contact, at.event).split())
    body = town.render(at.config["body"], at.contact, at.event) if at.config["body"] else ""
    for user in told or keepers:
        _tell(town, at, user, title, body)
        if at.config["by_mail"]:
            town.note(at, "mail", user, title, body)
    return Go()


def send_email(town: Town, at: Standing) -> Way:
    town.note(at, "email", at.config["subject"])
    return Go()


def send_sms(town: Town, at: Standing) -> Way:
    if not at.contact.fields.get("phone"):
        return Go(said="no_phone")
    town.note(at, "sms", at.config["text"])
    return Go()


def send_web_push(town: Town, at: Standing) -> Way:
    if not at.contact.browsers:
        return Go(said="no_browser")
    town.note(at, "push", at.config["title"])
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
        _changed(town, at, "deals")
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
    body = _filled(at.config["body"], town, at) if at.config["method"] in {"POST", "PUT", "PATCH"} else None
    return Call((at.config["method"], at.config["url"], "" if body is None else json.dumps(body, ensure_ascii=False)))


def _filled(template: Json, town: Town, at: Standing) -> Json:
    if isinstance(template, str):
        return town.render(template, at.contact, at.event)
    if isinstance(template, Mapping):
        return {key: _filled(value, town, at) for key, value in template.items()}
    return [_filled(each, town, at) for each in template] if isinstance(template, list) else template
