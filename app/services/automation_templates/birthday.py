"""A birthday is wished every year: by mail to those who agreed to mail, else by their owner."""

from typing import Final

from app.services.automation_templates.parts import Mail, Steps, document, sent
from nodes.catalog import Catalog, Kind
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Birthday", "Anniversaire", "День рождения")
DESCRIPTION: Final = Text(
    "On each contact’s birthday, at nine in the morning where they are: a mail to those tagged “newsletter”, a task "
    "for the owner of the others. A note keeps it.",
    "À l’anniversaire de chaque contact, à neuf heures chez lui : un e-mail à qui porte l’étiquette « newsletter », "
    "une tâche pour le propriétaire des autres. Une note en garde trace.",
    "В день рождения контакта, в девять утра по его времени: письмо тем, у кого метка «newsletter», задача "
    "ответственному за остальных. Остаётся заметка.",
)
NEEDS: Final = {"BIRTHDAY": Kind.DATE}
_MAIL: Final = Mail(
    Text("Birthday mail", "E-mail d’anniversaire", "Поздравление с днём рождения"),
    Text("Happy birthday!", "Joyeux anniversaire !", "С днём рождения!"),
    Text(
        "Dear {{ contact.FIRSTNAME }},\n\nall the best on your birthday from all of us.",
        "{{ contact.FIRSTNAME }},\n\ntoute l’équipe vous souhaite un joyeux anniversaire.",
        "{{ contact.FIRSTNAME }}!\n\nПоздравляем вас с днём рождения, всего самого доброго.",
    ),
    asked=True,
)
MAILS: Final = (_MAIL,)
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


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document."""
    steps: Steps = {
        "birthday": ("date_reached", {"attribute": "BIRTHDAY", "when": "on", "time": "09:00", "yearly": True}),
        "agreed": ("conditional_split", {"condition": {"all": [{"tag": "newsletter", "op": "has"}]}}),
        "mail": ("send_email", sent(_MAIL, catalog, language)),
        "congratulate": ("create_task", {"title": _TASK.say(language), "due": "+0days", "assign_to": "owner"}),
        "note": ("add_note", {"text": _NOTE.say(language)}),
    }
    ways = [
        "birthday > agreed",
        "agreed.yes > mail",
        "agreed.no > congratulate",
        "mail > note",
        "congratulate > note",
    ]
    return document(NAME.say(language), steps, ways, re_entry=True)
