"""One message of Segment's protocol, read: who it is about, and what it says."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from app.errors import Invalid
from app.services import values
from app.services.incoming import DEEPEST_PROPERTIES, LONGEST_MESSAGE_ID, read_name, read_properties
from app.services.mailing.happenings import MESSAGE_EVENTS

KINDS: Final = ("identify", "track", "page", "screen", "group", "alias")
PAGE: Final = "page_visited"
SCREEN: Final = "screen_viewed"
_EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_NAME: Final = 255
_WORD = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_GAPS = re.compile(r"[^A-Za-z0-9_-]+", re.ASCII)
# What Segment calls the parts of a campaign, and what addresses and our own script do.
_CAMPAIGN: Final = {
    "source": "utm_source",
    "medium": "utm_medium",
    "name": "utm_campaign",
    "term": "utm_term",
    "content": "utm_content",
}


class Clock(NamedTuple):
    """When a request was received, and when its sender's clock says it was sent; None: it does not say."""

    received: datetime
    sent: datetime | None

    def corrected(self, told: datetime | None) -> datetime:
        """Return when something happened by our clock; never after it was received."""
        try:
            at = told if told is None or self.sent is None else self.received - (self.sent - told)
        except OverflowError:  # it lies where no calendar reaches
            at = None
        return min(at, self.received) if at is not None and at >= _EARLIEST else self.received


class Message(NamedTuple):
    """A message. `user` and `anonymous` are empty where it names none; `event` None: it raises none.

    `traits` say something of the person, `group` of its company. `previous`: the id that `user` goes by from now on had
    before.
    """

    kind: str
    id: str | None
    user: str
    anonymous: str
    at: datetime
    event: str | None = None
    properties: bytes = b"{}"
    traits: Mapping[str, object] = {}
    group: Mapping[str, object] | None = None
    previous: str = ""


def moment(value: object) -> datetime | None:
    """Return the time that a text of ISO 8601 says, in UTC; None for anything else."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        at = datetime.fromisoformat(value)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read(raw: Mapping[str, Any], clock: Clock, *, by_server: bool) -> Message:
    """Read one message; raises Invalid. Pages, which anybody can write, cannot raise the events of mail."""
    kind = raw.get("type")
    if kind not in KINDS:
        words = f"“{values.shortened(str(kind))}” is no kind of message."
        raise Invalid.field("type", "unknown_type", words, f"Send one of {', '.join(KINDS)}.")
    context = _object(raw, "context")
    sent_itself = moment(raw.get("sentAt"))
    clock = clock if clock.sent or sent_itself is None else clock._replace(sent=sent_itself)
    message = Message(
        kind,
        _id(raw, "messageId") or None,
        _id(raw, "userId"),
        _id(raw, "anonymousId"),
        clock.corrected(moment(raw.get("timestamp"))),
        traits=_object(raw if kind == "identify" else context, "traits"),
    )
    if not (message.user or message.anonymous):
        raise Invalid.field("userId", "nobody", "The message is about nobody.", "Send userId or anonymousId.")
    read_it = _SPECIFIC.get(kind)
    message = read_it(message, raw, context) if read_it else message
    if message.event in MESSAGE_EVENTS and not by_server:
        remedy = "Send it from a server, by a source of that kind."
        raise Invalid.field("event", "reserved", f"{message.event} is an event that no page raises.", remedy)
    return message


def _id(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    text = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    return values.storable(key, text, LONGEST_MESSAGE_ID).strip() if text is not None else ""


def _object(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = raw.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Invalid.field(key, "not_object", f"{key} must be an object.", "Send {…}.")
    return value


def _track(message: Message, raw: Mapping[str, Any], _context: Mapping[str, Any]) -> Message:
    event = read_name("event", _named(raw.get("event")))
    return message._replace(event=event, properties=_properties(_object(raw, "properties")))


def _page(message: Message, raw: Mapping[str, Any], context: Mapping[str, Any]) -> Message:
    given = {**_object(context, "page"), **_object(raw, "properties")}
    campaign = _object(context, "campaign")
    said = {
        **{key: value for key, value in given.items() if key not in {"url", "search"}},
        "page": _bare(given.get("url") or raw.get("name")),
        "referrer": _bare(given.get("referrer")),
        **{key: raw.get(key) for key in ("name", "category")},
        **{own: campaign.get(key) for key, own in _CAMPAIGN.items()},
    }
    return message._replace(event=PAGE, properties=_properties(_told(said)))


def _screen(message: Message, raw: Mapping[str, Any], _context: Mapping[str, Any]) -> Message:
    said = {**_object(raw, "properties"), "screen": raw.get("name"), "category": raw.get("category")}
    return message._replace(event=SCREEN, properties=_properties(_told(said)))


def _group(message: Message, raw: Mapping[str, Any], _context: Mapping[str, Any]) -> Message:
    traits = _object(raw, "traits")
    name = traits.get("name") or _id(raw, "groupId")
    return message._replace(group={**traits, "name": values.line("groupId", name)})


def _alias(message: Message, raw: Mapping[str, Any], _context: Mapping[str, Any]) -> Message:
    previous = _id(raw, "previousId") or message.anonymous
    if not (previous and message.user):
        raise Invalid.field("previousId", "required", "alias needs both ids.", "Send previousId and userId.")
    return message._replace(previous=previous)


_SPECIFIC: Final[Mapping[str, Callable[[Message, Mapping[str, Any], Mapping[str, Any]], Message]]] = {
    "track": _track,
    "page": _page,
    "screen": _screen,
    "group": _group,
    "alias": _alias,
}


def _named(name: object) -> object:
    """Write “Order Completed” as `order_completed`, which triggers and conditions can name; a word stays as it is."""
    return word(name) if isinstance(name, str) and name and not _WORD.fullmatch(name) else name


def word(text: str) -> str:
    """Return a text as one word of letters, digits, _ and -; empty if it holds none of them."""
    return _GAPS.sub("_", text).strip("_").lower()[:_LONGEST_NAME]


def _properties(given: Mapping[str, Any]) -> bytes:
    return read_properties("properties", _keyed(given))


def _keyed(value: object, depth: int = 0) -> Any:  # noqa: ANN401 - JSON
    """Return the same data under keys that conditions can name; what is nested too deeply stays, to be refused."""
    if depth > DEEPEST_PROPERTIES:
        return value
    if isinstance(value, dict):
        return dict(_pairs(value, depth + 1))
    return [_keyed(each, depth + 1) for each in value] if isinstance(value, list) else value


def _pairs(given: Mapping[str, Any], depth: int) -> Iterator[tuple[str, Any]]:
    for key, value in given.items():
        name = key if _WORD.fullmatch(key) and len(key) <= _LONGEST_NAME else word(key)
        if name:
            yield name, _keyed(value, depth)


def _told(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if value not in (None, "")}


def _bare(address: object) -> object:
    """Return an address without what may have been typed: query and fragment."""
    return re.split(r"[?#]", address, maxsplit=1)[0] if isinstance(address, str) else None
