"""Three touches, and at each the way parts: who reacts is handed on at once, who never does is let go."""

from typing import Final

from app.services.automation_templates.parts import Steps, document, reps
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Sales cadence", "Cadence commerciale", "Цепочка касаний")
DESCRIPTION: Final = Text(
    "Each contact tagged “prospect” gets a rep, a mail and a call as tasks. Opening a mail leads to the positive track "
    "(tag and alert); no reaction to either leads to the negative one (tag “unresponsive”).",
    "Chaque contact étiqueté « prospect » reçoit un commercial, un e-mail puis un appel, en tâches. Une ouverture mène "
    "à la voie positive (étiquette et alerte) ; aucune réaction, à la négative (« unresponsive »).",
    "Контакт с меткой «prospect» получает менеджера, письмо и звонок как задачи. Открытое письмо ведёт на "
    "положительную ветку (метка и сигнал), молчание — на отрицательную (метка «unresponsive»).",
)
_MAIL: Final = Text(
    "Write to {{ contact.FIRSTNAME }}", "Écrire à {{ contact.FIRSTNAME }}", "Написать: {{ contact.FIRSTNAME }}"
)
_CALL: Final = Text(
    "Call {{ contact.FIRSTNAME }}: no answer to the mail",
    "Appeler {{ contact.FIRSTNAME }} : sans réponse à l’e-mail",
    "Позвонить: {{ contact.FIRSTNAME }} не ответил(а) на письмо",
)
_ALERT: Final = Text(
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} reacts: follow up today",
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} réagit : relancer aujourd’hui",
    "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} реагирует: связаться сегодня",
)


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document; without anybody to assign, the author has to choose."""
    prospect = {"all": [{"tag": "prospect", "op": "has"}]}
    steps: Steps = {
        "prospect": ("joined_segment", {"of": "condition", "condition": prospect}),
        "assign": ("assign_owner", {"how": "round_robin", "reps": reps(catalog), "keep": "anyone"}),
        "mail": ("create_task", {"title": _MAIL.say(language), "due": "+0days", "assign_to": "owner"}),
        "first": ("wait_until_event", {"event": "email_opened", "at_most": {"amount": 3, "unit": "days"}}),
        "call": ("create_task", {"title": _CALL.say(language), "due": "+1days", "assign_to": "owner"}),
        "second": ("wait_until_event", {"event": "email_opened", "at_most": {"amount": 7, "unit": "days"}}),
        "responsive": ("add_tag", {"tag": "responsive"}),
        "alert": ("send_alert", {"to": "owner", "title": _ALERT.say(language), "by_mail": True}),
        "unresponsive": ("add_tag", {"tag": "unresponsive"}),
    }
    ways = [
        "prospect > assign",
        "assign > mail",
        "assign.kept > mail",
        "mail > first",
        "first.happened > responsive",
        "first.timed_out > call",
        "call > second",
        "second.happened > responsive",
        "second.timed_out > unresponsive",
        "responsive > alert",
    ]
    return document(NAME.say(language), steps, ways)
