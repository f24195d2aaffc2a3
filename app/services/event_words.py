"""What an event says, in words: the triggers know what their properties are called."""

from collections.abc import Mapping
from typing import Final

from nodes.conditions import EventField
from nodes.conditions.words import say_value
from nodes.event_fields import fields_of
from nodes.event_titles import is_ours_only
from nodes.texts import Text, join, same
from nodes.world import Json

_MOST_PROPERTIES = 6
_SAID: Final = Text("{name}: {value}", "{name} : {value}", "{name}: {value}")
_CROWD: Final = Text("Added with many others", "Ajouté avec d’autres", "Добавлен вместе с другими")
_SEGMENT: Final = Text("Added with “{name}”", "Ajouté avec « {name} »", "Добавлен вместе с «{name}»")


def crowd_title(name: str) -> Text:
    """Say that a contact came in with a whole segment or list, or with a search that has no name."""
    return _SEGMENT.format(name=name) if name else _CROWD


def event_detail(event: str, properties: Mapping[str, Json]) -> Text | None:
    """Say the event's own data, as far as it is short: in words where it is ours, else as its sender calls it."""
    said = [
        _say(fields_of(event).get(key), key, value)
        for key, value in properties.items()
        if not is_ours_only(event, key) and isinstance(value, str | int | float | bool) and value != ""
    ]
    return join(" · ", said[:_MOST_PROPERTIES]) if said else None


def say_of(field: EventField | None, value: Json) -> Text:
    """Say a value of a property: by its name where it is one of several."""
    known = dict(field.options).get(str(value)) if field else None
    return known or say_value(value)


def _say(field: EventField | None, key: str, value: Json) -> Text:
    return _SAID.format(name=field.label if field else same(key), value=say_of(field, value))
