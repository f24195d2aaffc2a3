"""The owner hears at once when somebody who keeps coming back reads the prices."""

from typing import Final

from app.services.automation_templates.parts import Steps, document
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Hot lead alert", "Alerte lead chaud", "Сигнал о горячем лиде")
DESCRIPTION: Final = Text(
    "When a contact visits the pricing page, and has looked at three pages within a week, the owner is alerted and "
    "gets a task to call; once, until the tag “hot lead” is taken off.",
    "Quand un contact visite la page des tarifs et a vu trois pages en une semaine, son propriétaire est prévenu et "
    "reçoit une tâche d’appel ; une fois, jusqu’au retrait de l’étiquette « hot lead ».",
    "Когда контакт открывает страницу цен и за неделю посмотрел три страницы, ответственный получает сигнал и задачу "
    "позвонить — один раз, пока не снята метка «hot lead».",
)
_TITLE: Final = Text(
    "{{ contact.FIRSTNAME }} is looking at the prices",
    "{{ contact.FIRSTNAME }} regarde les tarifs",
    "{{ contact.FIRSTNAME }} изучает цены",
)
_TASK: Final = Text(
    "Call {{ contact.FIRSTNAME }} {{ contact.LASTNAME }}",
    "Appeler {{ contact.FIRSTNAME }} {{ contact.LASTNAME }}",
    "Позвонить: {{ contact.FIRSTNAME }} {{ contact.LASTNAME }}",
)


def build(_catalog: Catalog, language: Language) -> Document:
    """Write the document."""
    pricing = {"all": [{"event": "page", "op": "contains", "value": "/pricing"}]}
    often = {"events": "page_visited", "within": {"amount": 7, "unit": "days"}, "op": "gte", "value": 3}
    unknown = {"tag": "hot lead", "op": "has_not"}
    steps: Steps = {
        "visited": ("page_visited", {"event_filter": pricing}),
        "often": ("conditional_split", {"condition": {"all": [often, unknown]}}),
        "tag": ("add_tag", {"tag": "hot lead"}),
        "alert": ("send_alert", {"to": "owner", "title": _TITLE.say(language), "by_mail": True}),
        "call": ("create_task", {"title": _TASK.say(language), "due": "+1days", "assign_to": "owner"}),
    }
    ways = ["visited > often", "often.yes > tag", "tag > alert", "alert > call"]
    return document(NAME.say(language), steps, ways, re_entry=True)
