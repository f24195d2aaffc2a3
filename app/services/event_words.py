"""Events in words: the triggers say what the ones they know are called."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from nodes.catalog import Kind
from nodes.conditions import EventField
from nodes.conditions.words import say_value
from nodes.contract import Trigger
from nodes.fields import ConditionField, EventName
from nodes.registry import registry
from nodes.texts import Text, join, same
from nodes.triggering import CAMPAIGN, CATEGORY, FORM, LINK, MESSAGE_KIND, PAGE
from nodes.triggers.visit_ended import UTM_CAMPAIGN, UTM_SOURCE
from nodes.world import Json

_MOST_PROPERTIES = 6
# Numbers of automations, campaigns and messages, and of which step a watch or hook is, say nothing to people.
_OURS_ONLY: Final = frozenset({"watch", "@hook", "message", "automation", "campaign_id"})
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
    "utm_medium": Text("UTM medium", "support UTM", "UTM-канал"),
    "utm_term": Text("UTM term", "terme UTM", "UTM-запрос"),
    "utm_content": Text("UTM content", "contenu UTM", "UTM-содержание"),
}
_OURS: Final[Mapping[str, Text]] = {
    "automation_called": Text("Added to an automation", "Ajouté à une automatisation", "Добавлен в автоматизацию"),
    "automation_dismissed": Text(
        "Taken out of an automation", "Retiré d’une automatisation", "Выведен из автоматизации"
    ),
    "email_bounced": Text("Email bounced", "E-mail rejeté", "Письмо не доставлено"),
    "email_replied": Text("Email answered", "E-mail répondu", "Ответил на письмо"),
    "email_unsubscribed": Text("Unsubscribed from email", "Désinscrit des e-mails", "Отписался от писем"),
    "page_left": Text("Left a page", "A quitté une page", "Ушёл со страницы"),
    "sms_delivered": Text("SMS delivered", "SMS remis", "SMS доставлено"),
    "sms_failed": Text("SMS not delivered", "SMS non remis", "SMS не доставлено"),
    "sms_received": Text("Answered by SMS", "A répondu par SMS", "Ответил по SMS"),
    "web_push_dismissed": Text("Web push dismissed", "Web push écarté", "Веб-пуш закрыт"),
    "contact_changed": Text("Contact changed", "Contact modifié", "Контакт изменён"),
}
_SAID: Final = Text("{name}: {value}", "{name} : {value}", "{name}: {value}")
_CROWD: Final = Text("Added with many others", "Ajouté avec d’autres", "Добавлен вместе с другими")
_SEGMENT: Final = Text("Added with “{name}”", "Ajouté avec « {name} »", "Добавлен вместе с «{name}»")


def event_title(name: str) -> Text:
    """Say what happened: the trigger's label, or a custom event's own name."""
    return _labels().get(name, same(name))


def crowd_title(name: str) -> Text:
    """Say that a contact came in with a whole segment or list, or with a search that has no name."""
    return _SEGMENT.format(name=name) if name else _CROWD


def event_detail(event: str, properties: Mapping[str, Json]) -> Text | None:
    """Say the event's own data, as far as it is short: in words where it is ours, else as its sender calls it."""
    said = [
        _say(_fields().get(event, {}).get(key), key, value)
        for key, value in properties.items()
        if key not in _OURS_ONLY and isinstance(value, str | int | float | bool) and value != ""
    ]
    return join(" · ", said[:_MOST_PROPERTIES]) if said else None


def _say(field: EventField | None, key: str, value: Json) -> Text:
    known = dict(field.options).get(str(value)) if field else None
    return _SAID.format(name=field.label if field else same(key), value=known or say_value(value))


@cache
def _fields() -> Mapping[str, Mapping[str, EventField]]:
    """The properties of each of our events that have a name, by event and key."""
    asked = MESSAGE_KIND, CAMPAIGN, LINK, PAGE, CATEGORY, FORM, UTM_CAMPAIGN, UTM_SOURCE
    usual = {field.key: field for field in (*(EventField(*name, Kind.TEXT) for name in _NAMES.items()), *asked)}
    named = {event: dict(usual) for event in _labels()}
    for event, trigger in _triggers():
        for filter_ in trigger.schema().form.values():
            if isinstance(filter_, ConditionField) and filter_.scope == "event":
                named[event] |= {field.key: field for field in filter_.event_fields}
    return named


@cache
def _labels() -> Mapping[str, Text]:
    labels = list(_triggers())
    # Several may listen to one event; it is called as the one of its own name is.
    labels.sort(key=lambda label: label[0] == label[1].key)
    return {**_OURS, **{event: node.label for event, node in labels}}


def _triggers() -> Iterator[tuple[str, Trigger]]:
    """Give the triggers of events whose names are ours, by event."""
    for node in registry().values():
        if isinstance(node, Trigger) and not _is_named_by_author(node):
            yield node.topic(node.example).event, node


def _is_named_by_author(trigger: Trigger) -> bool:
    return any(isinstance(field, EventName) for field in trigger.schema().form.values())
