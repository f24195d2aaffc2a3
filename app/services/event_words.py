"""Events in words: the triggers say what the ones they know are called."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from nodes.conditions.words import say_value
from nodes.contract import Trigger
from nodes.fields import EventName
from nodes.registry import registry
from nodes.texts import Text, join, same
from nodes.world import Json

_MOST_PROPERTIES = 6
# Of which automation and step a watch or hook is, says nothing to people.
_OURS_ONLY: Final = frozenset({"watch", "@hook"})
_OURS: Final[Mapping[str, Text]] = {
    "automation_called": Text("Added to an automation", "Ajouté à une automatisation", "Добавлен в автоматизацию"),
    "automation_dismissed": Text(
        "Taken out of an automation", "Retiré d’une automatisation", "Выведен из автоматизации"
    ),
    "email_bounced": Text("Email bounced", "E-mail rejeté", "Письмо не доставлено"),
    "email_unsubscribed": Text("Unsubscribed from email", "Désinscrit des e-mails", "Отписался от писем"),
    "page_left": Text("Left a page", "A quitté une page", "Ушёл со страницы"),
    "sms_delivered": Text("SMS delivered", "SMS remis", "SMS доставлено"),
    "sms_failed": Text("SMS not delivered", "SMS non remis", "SMS не доставлено"),
    "sms_received": Text("Answered by SMS", "A répondu par SMS", "Ответил по SMS"),
    "web_push_dismissed": Text("Web push dismissed", "Web push écarté", "Веб-пуш закрыт"),
    "contact_changed": Text("Contact changed", "Contact modifié", "Контакт изменён"),
}
_CROWD: Final = Text("Added with many others", "Ajouté avec d’autres", "Добавлен вместе с другими")
_SEGMENT: Final = Text("Added with “{name}”", "Ajouté avec « {name} »", "Добавлен вместе с «{name}»")


def event_title(name: str) -> Text:
    """Say what happened: the trigger's label, or a custom event's own name."""
    return _labels().get(name, same(name))


def crowd_title(name: str) -> Text:
    """Say that a contact came in with a whole segment or list, or with a search that has no name."""
    return _SEGMENT.format(name=name) if name else _CROWD


def event_detail(properties: Mapping[str, Json]) -> Text | None:
    """Say the event's own data, as far as it is short."""
    said = [
        same("{key}: {value}").format(key=key, value=say_value(value))
        for key, value in properties.items()
        if key not in _OURS_ONLY and isinstance(value, str | int | float | bool) and value != ""
    ]
    return join(" · ", said[:_MOST_PROPERTIES]) if said else None


@cache
def _labels() -> Mapping[str, Text]:
    triggers = (node for node in registry().values() if isinstance(node, Trigger) and not _is_named_by_author(node))
    labels = [(node.topic(node.example).event, node) for node in triggers]
    # Several may listen to one event; it is called as the one of its own name is.
    labels.sort(key=lambda label: label[0] == label[1].key)
    return {**_OURS, **{event: node.label for event, node in labels}}


def _is_named_by_author(trigger: Trigger) -> bool:
    return any(isinstance(field, EventName) for field in trigger.schema().form.values())
