"""What the script sends, read strictly."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from app.adapters.web_push import Browser
from app.errors import Invalid
from app.services import values
from app.services.contacts import Identifier
from app.services.incoming import read_name, read_properties
from app.services.mailing.happenings import MESSAGE_EVENTS
from app.services.push import subscribing
from nodes.triggers.visit_begun import VisitBegun
from nodes.triggers.visit_ended import VisitEnded

MOST_EVENTS: Final = 50
_LONGEST_AGE: Final = timedelta(days=7)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
_KEYS: Final = frozenset({"site", "visitor", "events", "identify", "link", "push"})


class PageEvent(NamedTuple):
    """Something a visitor did. `key`: the page's own id of it; `properties`: as JSON."""

    key: str
    name: str
    at: datetime
    properties: bytes


class Identity(NamedTuple):
    """Who a visitor says to be: the first identifier that is known decides. `attributes`: news of the contact."""

    who: Sequence[Identifier]
    attributes: Mapping[str, object]


class Beacon(NamedTuple):
    """One message of the script. `link`: what the page's address carried to tell who came.

    `browser`: where it takes web push, if that is news; `asked`: the visitor has just agreed to it.
    """

    site: str
    visitor: str
    events: Sequence[PageEvent]
    identity: Identity | None
    link: Mapping[str, str]
    browser: Browser | None
    asked: bool


def read(raw: object) -> Beacon:
    """Read a message; raises Invalid naming field and remedy, and nothing is taken."""
    if not isinstance(raw, dict):
        raise Invalid.field("", "not_object", "Send an object.", "The script does so.")
    if unknown := sorted(map(str, raw.keys() - _KEYS)):
        raise Invalid.field(values.shortened(unknown[0]), "unknown", "There is no such field.", "Remove it.")
    visitor = raw.get("visitor")
    if not isinstance(visitor, str) or not _TOKEN.fullmatch(visitor):
        remedy = "Send 16 to 64 letters, digits, _ and -."
        raise Invalid.field("visitor", "bad_token", "visitor does not name a browser.", remedy)
    return Beacon(
        values.storable("site", raw.get("site"), 100),
        visitor,
        _events(raw.get("events", [])),
        _identity(raw.get("identify")),
        _link(raw.get("link")),
        subscribing.read(push := raw.get("push")),
        isinstance(push, dict) and push.get("asked") is True,
    )


def _events(raw: object) -> list[PageEvent]:
    if not isinstance(raw, list) or len(raw) > MOST_EVENTS:
        remedy = f"Send a list of at most {MOST_EVENTS}."
        raise Invalid.field("events", "bad_length", "events must be a short list.", remedy)
    return [_event(f"events.{index}", each) for index, each in enumerate(raw)]


def _event(where: str, raw: object) -> PageEvent:
    if not isinstance(raw, dict):
        raise Invalid.field(where, "not_object", "An event must be an object.", "Send {…}.")
    age = raw.get("ago", 0)
    if isinstance(age, bool) or not isinstance(age, int | float) or not 0 <= age <= _LONGEST_AGE.total_seconds() * 1000:
        remedy = "Send how many milliseconds ago it happened, at most 7 days."
        raise Invalid.field(f"{where}.ago", "bad_age", "ago must be a number.", remedy)
    name = read_name(f"{where}.name", raw.get("name"))
    if name in MESSAGE_EVENTS or name in {VisitBegun.key, VisitEnded.key}:
        message = f"{name} is an event that only Cadenza itself raises."
        raise Invalid.field(f"{where}.name", "reserved", message, "Choose another name.")
    key = raw.get("id")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        remedy = "Send 8 to 64 letters, digits, _ and -, others for each event."
        raise Invalid.field(f"{where}.id", "bad_id", "id does not tell the event from others.", remedy)
    return PageEvent(
        key,
        name,
        datetime.now(UTC) - timedelta(milliseconds=age),
        read_properties(f"{where}.properties", raw.get("properties")),
    )


def _identity(raw: object) -> Identity | None:
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise Invalid.field("identify", "not_object", "identify must be an object.", "Send {email, ext_id, …}.")
    who = []
    if raw.get("email"):
        who.append(Identifier("email", values.email(raw["email"], "identify.email")))
    if raw.get("ext_id"):
        who.append(Identifier("ext_id", values.ext_id(raw["ext_id"], "identify.ext_id")))
    attributes: Any = raw.get("attributes") or {}
    if not isinstance(attributes, dict):
        raise Invalid.field("identify.attributes", "not_object", "attributes must be an object.", "Send {…}.")
    return Identity(who, {str(name).upper(): each for name, each in attributes.items()}) if who else None


def _link(raw: object) -> Mapping[str, str]:
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise Invalid.field("link", "not_object", "link must be an object.", "Send {…}.")
    return {str(key)[:50]: values.storable(f"link.{key}"[:60], each, 500) for key, each in raw.items()}
