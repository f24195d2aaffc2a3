"""What events are called: the triggers say it of those that they know; and what of them is not for people."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from nodes.contract import Trigger
from nodes.fields import EventName
from nodes.registry import registry
from nodes.texts import Text, same

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

# Of automations, campaigns and messages, and of what a watch watches.
_NUMBERS: Final = frozenset({"automation", "campaign_id", "message", "watch"})
# What others send along has names of their own choice.
_SAID_BY_OTHERS: Final = frozenset({"form_submitted", "webhook_received"})
_MARK: Final = "@"


def is_ours_only(event: str, name: str) -> bool:
    """Whether a property is there for the engine alone: it says nothing to people, and no text is to ask for it."""
    ours = event in event_titles() and event not in _SAID_BY_OTHERS
    return name.startswith(_MARK) or (ours and name in _NUMBERS)


def event_title(name: str) -> Text:
    """Say what happened: the trigger's label, or a custom event's own name."""
    return event_titles().get(name, same(name))


@cache
def event_titles() -> Mapping[str, Text]:
    """Return what each of our own events is called."""
    labels = list(triggers_by_event())
    # Several may listen to one event; it is called as the one of its own name is.
    labels.sort(key=lambda label: label[0] == label[1].key)
    return {**_OURS, **{event: node.label for event, node in labels}}


def triggers_by_event() -> Iterator[tuple[str, Trigger]]:
    """Give the triggers of events whose names are ours, by event."""
    for node in registry().values():
        if isinstance(node, Trigger) and not _is_named_by_author(node):
            yield node.topic(node.example).event, node


def _is_named_by_author(trigger: Trigger) -> bool:
    return any(isinstance(field, EventName) for field in trigger.schema().form.values())
