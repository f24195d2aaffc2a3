"""A rep gets in touch with newcomers, and again with those who stay silent."""

from typing import Final

from app.services.automation_templates.parts import Steps, document, reps
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Welcome series", "Série de bienvenue", "Приветственная серия")
DESCRIPTION: Final = Text(
    "Gives each new contact to the least busy rep with a task to say hello, and looks three days later who has read "
    "anything.",
    "Confie chaque nouveau contact au commercial le moins chargé avec une tâche d’accueil, et vérifie trois jours plus "
    "tard qui a lu quelque chose.",
    "Отдаёт каждый новый контакт наименее занятому менеджеру с задачей поздороваться и через три дня проверяет, кто "
    "что-нибудь прочитал.",
)
_HELLO: Final = Text(
    "Say hello to {{ contact.FIRSTNAME }}",
    "Souhaiter la bienvenue à {{ contact.FIRSTNAME }}",
    "Поприветствовать: {{ contact.FIRSTNAME }}",
)
_AGAIN: Final = Text(
    "{{ contact.FIRSTNAME }} has read nothing yet: get in touch",
    "{{ contact.FIRSTNAME }} n’a encore rien lu : prendre contact",
    "{{ contact.FIRSTNAME }} ещё ничего не прочитал(а): связаться",
)


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document; without anybody to assign, the author has to choose."""
    opened = {"events": "email_opened", "within": {"amount": 3, "unit": "days"}, "op": "gte", "value": 1}
    reachable = {"all": [{"field": "email", "op": "not_empty"}]}
    steps: Steps = {
        "created": ("contact_created", {"contact_filter": reachable}),
        "assign": ("assign_owner", {"how": "least_loaded", "reps": reps(catalog)}),
        "hello": ("create_task", {"title": _HELLO.say(language), "due": "+1days", "assign_to": "owner"}),
        "pause": ("wait", {"until": "duration", "duration": {"amount": 3, "unit": "days"}}),
        "reads": ("conditional_split", {"condition": {"all": [opened]}}),
        "engaged": ("add_tag", {"tag": "engaged"}),
        "again": ("create_task", {"title": _AGAIN.say(language), "due": "+1days", "assign_to": "owner"}),
    }
    ways = [
        "created > assign",
        "assign > hello",
        "hello > pause",
        "pause > reads",
        "reads.yes > engaged",
        "reads.no > again",
    ]
    return document(NAME.say(language), steps, ways)
