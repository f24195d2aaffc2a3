"""What the properties of our own events are called: the triggers know it of those that they ask about."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from nodes.catalog import Kind
from nodes.conditions import EventField
from nodes.event_titles import event_titles, triggers_by_event
from nodes.fields import ConditionField
from nodes.texts import Text
from nodes.triggering import CAMPAIGN, CATEGORY, FORM, LINK, MESSAGE_KIND, PAGE
from nodes.triggers.visit_ended import UTM_CAMPAIGN, UTM_SOURCE

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


def named_fields(event: str) -> list[EventField]:
    """Return the properties of an event of ours that have a name; of others there are none."""
    return list(fields_of(event).values())


def fields_of(event: str) -> Mapping[str, EventField]:
    """Return those properties by their keys."""
    return _fields().get(event, {})


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
