"""What an event says, in words: the triggers know what their properties are called."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from nodes.catalog import Kind
from nodes.conditions import EventField
from nodes.conditions.words import say_value
from nodes.event_titles import event_titles, is_ours_only, triggers_by_event
from nodes.fields import ConditionField
from nodes.texts import Text, join, same
from nodes.triggering import CAMPAIGN, CATEGORY, FORM, LINK, MESSAGE_KIND, PAGE
from nodes.triggers.visit_ended import UTM_CAMPAIGN, UTM_SOURCE
from nodes.world import Json

_MOST_PROPERTIES = 6
# What our own events say besides what their triggers ask about.
_NAMES: Final[Mapping[str, Text]] = {
    "template": Text("template", "modèle", "шаблон"),
    "subject": Text("subject", "objet", "тема письма"),
    "topic": Text("topic", "sujet", "тема"),
    "bounce": Text("bounce", "rejet", "возврат"),
    "title": Text("title", "titre", "заголовок"),
    "path": Text("path", "chemin", "путь"),
    "referrer": Text("came from", "venu de", "откуда"),
    "seconds": Text("seconds", "secondes", "секунд"),
    "pages": Text("pages", "pages", "страниц"),
    "kind": Text("kind", "genre", "вид"),
    "phone": Text("phone", "téléphone", "телефон"),
    "reason": Text("reason", "raison", "причина"),
    "text": Text("text", "texte", "текст"),
    "keyword": Text("keyword", "mot-clé", "ключевое слово"),
    "utm_medium": Text("UTM medium", "support UTM", "UTM-канал"),
    "utm_term": Text("UTM term", "terme UTM", "UTM-запрос"),
    "utm_content": Text("UTM content", "contenu UTM", "UTM-содержание"),
}
_SAID: Final = Text("{name}: {value}", "{name} : {value}", "{name}: {value}")
_CROWD: Final = Text("Added with many others", "Ajouté avec d’autres", "Добавлен вместе с другими")
_SEGMENT: Final = Text("Added with “{name}”", "Ajouté avec « {name} »", "Добавлен вместе с «{name}»")


def crowd_title(name: str) -> Text:
    """Say that a contact came in with a whole segment or list, or with a search that has no name."""
    return _SEGMENT.format(name=name) if name else _CROWD


def event_detail(event: str, properties: Mapping[str, Json]) -> Text | None:
    """Say the event's own data, as far as it is short: in words where it is ours, else as its sender calls it."""
    said = [
        _say(_fields().get(event, {}).get(key), key, value)
        for key, value in properties.items()
        if not is_ours_only(event, key) and isinstance(value, str | int | float | bool) and value != ""
    ]
    return join(" · ", said[:_MOST_PROPERTIES]) if said else None


def named_fields(event: str) -> list[EventField]:
    """Return the properties of an event of ours that have a name; of others there are none."""
    return list(_fields().get(event, {}).values())


def say_of(field: EventField | None, value: Json) -> Text:
    """Say a value of a property: by its name where it is one of several."""
    known = dict(field.options).get(str(value)) if field else None
    return known or say_value(value)


def _say(field: EventField | None, key: str, value: Json) -> Text:
    return _SAID.format(name=field.label if field else same(key), value=say_of(field, value))


@cache
def _fields() -> Mapping[str, Mapping[str, EventField]]:
    """The properties of each of our events that have a name, by event and key."""
    asked = MESSAGE_KIND, CAMPAIGN, LINK, PAGE, CATEGORY, FORM, UTM_CAMPAIGN, UTM_SOURCE
    usual = {field.key: field for field in (*(EventField(*name, Kind.TEXT) for name in _NAMES.items()), *asked)}
    named = {event: dict(usual) for event in event_titles()}
    for event, trigger in triggers_by_event():
        for filter_ in trigger.schema().form.values():
            if isinstance(filter_, ConditionField) and filter_.scope == "event":
                named[event] |= {field.key: field for field in filter_.event_fields}
    return named
