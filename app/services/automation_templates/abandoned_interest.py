"""Who reads the prices and asks for nothing within a day is not forgotten."""

from typing import Final

from app.services.automation_templates.parts import Steps, document
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Abandoned interest", "Intérêt abandonné", "Угасший интерес")
DESCRIPTION: Final = Text(
    "Whoever visits the pricing page has a day to send in a form. After that the contact is tagged, and the owner gets "
    "a task to ask what is missing.",
    "Qui visite la page des tarifs a un jour pour envoyer un formulaire. Passé ce délai, le contact est étiqueté et "
    "son propriétaire reçoit une tâche : demander ce qui manque.",
    "У посетителя страницы цен есть день, чтобы отправить форму. Потом контакт получает метку, а ответственный — "
    "задачу спросить, чего не хватило.",
)
_TASK: Final = Text(
    "Ask {{ contact.FIRSTNAME }} what is missing in our offer",
    "Demander à {{ contact.FIRSTNAME }} ce qui manque à notre offre",
    "Спросить, чего не хватило в предложении: {{ contact.FIRSTNAME }}",
)


def build(_catalog: Catalog, language: Language) -> Document:
    """Write the document."""
    pricing = {"all": [{"event": "page", "op": "contains", "value": "/pricing"}]}
    steps: Steps = {
        "visited": ("page_visited", {"event_filter": pricing}),
        "asks": ("wait_until_event", {"event": "form_submitted", "at_most": {"amount": 1, "unit": "days"}}),
        "back": ("remove_tag", {"tag": "abandoned"}),
        "lost": ("add_tag", {"tag": "abandoned"}),
        "ask": ("create_task", {"title": _TASK.say(language), "due": "+1days", "assign_to": "owner"}),
    }
    ways = ["visited > asks", "asks.happened > back", "asks.timed_out > lost", "lost > ask"]
    return document(NAME.say(language), steps, ways, re_entry=True)
