"""A purchase is followed up by mail and by a person, unless the customer has bought again already."""

from typing import Final

from app.services.automation_templates.parts import Mail, Steps, document, sent
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Post-purchase", "Après l’achat", "После покупки")
DESCRIPTION: Final = Text(
    "The event “order_placed” makes a contact a customer. Two weeks later, whoever bought again is tagged “repeat "
    "customer”; the others are asked by mail how they like it, and the owner gets a task.",
    "L’événement « order_placed » fait du contact un client. Deux semaines plus tard, qui a racheté reçoit l’étiquette "
    "« repeat customer » ; aux autres, un e-mail demande leur avis, et leur propriétaire reçoit une tâche.",
    "Событие «order_placed» делает контакт клиентом. Через две недели купивший снова получает метку «repeat customer»; "
    "остальных письмом спрашивают, нравится ли покупка, а ответственный получает задачу.",
)
_MORE: Final = Mail(
    Text("What goes well with it", "Ce qui va bien avec", "Что к этому подходит"),
    Text("How do you like it?", "Cela vous plaît ?", "Как вам покупка?"),
    Text(
        "{{ contact.FIRSTNAME }},\n\nyou have had it for two weeks now. Do you like it? We gladly tell you what "
        "goes well with it.",
        "{{ contact.FIRSTNAME }},\n\nvous l’avez depuis deux semaines. Cela vous plaît ? Nous vous dirons "
        "volontiers ce qui va bien avec.",
        "{{ contact.FIRSTNAME }},\n\nпокупка у вас уже две недели. Нравится? Охотно подскажем, что к ней подходит.",
    ),
)
MAILS: Final = (_MORE,)
_TASK: Final = Text(
    "Ask {{ contact.FIRSTNAME }} how it goes",
    "Demander à {{ contact.FIRSTNAME }} si tout va bien",
    "Узнать, всё ли хорошо: {{ contact.FIRSTNAME }}",
)


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document."""
    # A day more than the wait: the purchase that let the contact in counts for certain, so a second one makes two.
    since = {"events": "order_placed", "within": {"amount": 15, "unit": "days"}, "op": "gte", "value": 2}
    once = {"tag": "repeat customer", "op": "has_not"}
    steps: Steps = {
        "bought": ("custom_event", {"event": "order_placed", "contact_filter": {"all": [once]}}),
        "customer": ("add_tag", {"tag": "customer"}),
        "settle": ("wait", {"until": "duration", "duration": {"amount": 14, "unit": "days"}}),
        "again": ("conditional_split", {"condition": {"all": [since]}}),
        "repeat": ("add_tag", {"tag": "repeat customer"}),
        "more": ("send_email", sent(_MORE, catalog, language)),
        "ask": ("create_task", {"title": _TASK.say(language), "due": "+2days", "assign_to": "owner"}),
    }
    ways = [
        "bought > customer",
        "customer > settle",
        "settle > again",
        "again.yes > repeat",
        "again.no > more",
        "more > ask",
    ]
    return document(NAME.say(language), steps, ways, re_entry=True)
