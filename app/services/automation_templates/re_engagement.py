"""Who has not been heard of for two months is written to; about those who stay silent the owner decides."""

from typing import Final

from app.services.automation_templates.parts import Mail, Steps, document, sent
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Re-engagement", "Réengagement", "Возврат интереса")
DESCRIPTION: Final = Text(
    "After each opened email it waits 60 days anew; whoever opened nothing since is tagged “inactive” and gets a mail. "
    "Who leaves that unopened for two weeks, too, is given back to the owner as a task.",
    "Après chaque e-mail ouvert, attend de nouveau 60 jours ; qui n’a plus rien ouvert reçoit l’étiquette « inactive » "
    "et un e-mail. Sans ouverture pendant deux semaines, il revient à son propriétaire en tâche.",
    "После каждого открытого письма заново ждёт 60 дней; кто с тех пор ничего не открыл, получает метку «inactive» и "
    "письмо. Не откроет и его две недели — ответственный получит задачу.",
)
_MAIL: Final = Mail(
    Text("Re-engagement", "Réengagement", "Возврат интереса"),
    Text("We have missed you", "Vous nous avez manqué", "Мы по вам скучаем"),
    Text(
        "Hello {{ contact.FIRSTNAME }},\n\ntwo months without you: much is new here. What should we write about, "
        "so that it is worth your time?",
        "Bonjour {{ contact.FIRSTNAME }},\n\ndeux mois sans vous : il y a du nouveau ici. De quoi parler pour que "
        "cela vaille votre temps ?",
        "Здравствуйте, {{ contact.FIRSTNAME }}!\n\nДва месяца без вас: у нас много нового. О чём писать, чтобы "
        "это стоило вашего времени?",
    ),
)
MAILS: Final = (_MAIL,)
_TASK: Final = Text(
    "{{ contact.FIRSTNAME }} has gone quiet: win back or let go?",
    "{{ contact.FIRSTNAME }} ne réagit plus : relancer ou laisser ?",
    "{{ contact.FIRSTNAME }} молчит: вернуть или отпустить?",
)


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document."""
    steps: Steps = {
        "opened": ("email_opened", {}),
        "active": ("remove_tag", {"tag": "inactive"}),
        "silence": ("wait", {"until": "duration", "duration": {"amount": 60, "unit": "days"}}),
        "inactive": ("add_tag", {"tag": "inactive"}),
        "mail": ("send_email", sent(_MAIL, catalog, language)),
        "returns": ("wait", {"until": "duration", "duration": {"amount": 14, "unit": "days"}}),
        "decide": ("create_task", {"title": _TASK.say(language), "due": "+3days", "assign_to": "owner"}),
    }
    ways = [
        "opened > active",
        "active > silence",
        "silence > inactive",
        "inactive > mail",
        "mail > returns",
        "returns > decide",
    ]
    return document(NAME.say(language), steps, ways, anew={"event": "email_opened"})
