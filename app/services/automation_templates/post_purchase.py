"""After a purchase somebody asks how it goes, unless the customer has bought again already."""

from typing import Final

from app.services.automation_templates.parts import Steps, document
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Post-purchase", "Après l’achat", "После покупки")
DESCRIPTION: Final = Text(
    "The event “order_placed” makes a contact a customer. Two weeks later, whoever bought again is tagged “repeat "
    "customer”; for the others the owner gets a task to ask how it goes.",
    "L’événement « order_placed » fait du contact un client. Deux semaines plus tard, qui a racheté reçoit l’étiquette "
    "« repeat customer » ; pour les autres, le propriétaire reçoit une tâche : demander des nouvelles.",
    "Событие «order_placed» делает контакт клиентом. Через две недели купивший снова получает метку «repeat customer»; "
    "об остальных ответственный получает задачу узнать, как дела.",
)
_TASK: Final = Text(
    "Ask {{ contact.FIRSTNAME }} how it goes",
    "Demander à {{ contact.FIRSTNAME }} si tout va bien",
    "Узнать, всё ли хорошо: {{ contact.FIRSTNAME }}",
)


def build(_catalog: Catalog, language: Language) -> Document:
    """Write the document."""
    # A day less than the wait, so that the purchase which let the contact in does not count.
    since = {"events": "order_placed", "within": {"amount": 13, "unit": "days"}, "op": "gte", "value": 1}
    steps: Steps = {
        "bought": ("custom_event", {"event": "order_placed"}),
        "customer": ("add_tag", {"tag": "customer"}),
        "settle": ("wait", {"until": "duration", "duration": {"amount": 14, "unit": "days"}}),
        "again": ("conditional_split", {"condition": {"all": [since]}}),
        "repeat": ("add_tag", {"tag": "repeat customer"}),
        "ask": ("create_task", {"title": _TASK.say(language), "due": "+2days", "assign_to": "owner"}),
    }
    ways = ["bought > customer", "customer > settle", "settle > again", "again.yes > repeat", "again.no > ask"]
    return document(NAME.say(language), steps, ways, re_entry=True)
