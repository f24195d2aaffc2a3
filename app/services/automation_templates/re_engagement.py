"""Who has not been heard of for two months is marked, and the owner decides."""

from typing import Final

from app.services.automation_templates.parts import Steps, document
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Re-engagement", "Réengagement", "Возврат интереса")
DESCRIPTION: Final = Text(
    "After each opened email it waits 60 days; whoever opened nothing since is tagged “inactive” and given back to the "
    "owner as a task.",
    "Après chaque e-mail ouvert, attend 60 jours ; qui n’a plus rien ouvert reçoit l’étiquette « inactive » et revient "
    "à son propriétaire en tâche.",
    "После каждого открытого письма ждёт 60 дней; кто с тех пор ничего не открыл, получает метку «inactive», а "
    "ответственный — задачу.",
)
_TASK: Final = Text(
    "{{ contact.FIRSTNAME }} has gone quiet: win back or let go?",
    "{{ contact.FIRSTNAME }} ne réagit plus : relancer ou laisser ?",
    "{{ contact.FIRSTNAME }} молчит: вернуть или отпустить?",
)


def build(_catalog: Catalog, language: Language) -> Document:
    """Write the document."""
    read_since = {"events": "email_opened", "within": {"amount": 59, "unit": "days"}, "op": "gte", "value": 1}
    steps: Steps = {
        "opened": ("email_opened", {}),
        "active": ("remove_tag", {"tag": "inactive"}),
        "silence": ("wait", {"until": "duration", "duration": {"amount": 60, "unit": "days"}}),
        "heard": ("conditional_split", {"condition": {"all": [read_since]}}),
        "inactive": ("add_tag", {"tag": "inactive"}),
        "decide": ("create_task", {"title": _TASK.say(language), "due": "+3days", "assign_to": "owner"}),
    }
    ways = ["opened > active", "active > silence", "silence > heard", "heard.no > inactive", "inactive > decide"]
    return document(NAME.say(language), steps, ways, re_entry=True)
