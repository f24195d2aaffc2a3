"""Somebody says happy birthday, every year."""

from typing import Final

from app.services.automation_templates.parts import Steps, document
from nodes.catalog import Catalog, Kind
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Birthday", "Anniversaire", "День рождения")
DESCRIPTION: Final = Text(
    "On each contact’s birthday, at nine in the morning where they are, the owner gets a task to congratulate; it is "
    "kept as a note, too.",
    "À l’anniversaire de chaque contact, à neuf heures chez lui, son propriétaire reçoit une tâche pour le féliciter ; "
    "une note en garde trace.",
    "В день рождения контакта, в девять утра по его времени, ответственный получает задачу поздравить; об этом "
    "остаётся заметка.",
)
NEEDS: Final = {"BIRTHDAY": Kind.DATE}
_TASK: Final = Text(
    "Wish {{ contact.FIRSTNAME }} a happy birthday",
    "Souhaiter un bon anniversaire à {{ contact.FIRSTNAME }}",
    "Поздравить с днём рождения: {{ contact.FIRSTNAME }}",
)
_NOTE: Final = Text(
    "Birthday today ({{ contact.BIRTHDAY }}).",
    "Anniversaire aujourd’hui ({{ contact.BIRTHDAY }}).",
    "Сегодня день рождения ({{ contact.BIRTHDAY }}).",
)


def build(_catalog: Catalog, language: Language) -> Document:
    """Write the document."""
    steps: Steps = {
        "birthday": ("date_reached", {"attribute": "BIRTHDAY", "when": "on", "time": "09:00", "yearly": True}),
        "congratulate": ("create_task", {"title": _TASK.say(language), "due": "+0days", "assign_to": "owner"}),
        "note": ("add_note", {"text": _NOTE.say(language)}),
    }
    return document(NAME.say(language), steps, ["birthday > congratulate", "congratulate > note"], re_entry=True)
