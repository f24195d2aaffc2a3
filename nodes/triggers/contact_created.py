"""Trigger: a contact is created."""

from nodes.catalog import Kind
from nodes.conditions import EventField
from nodes.fields import NodeSchema
from nodes.texts import Text
from nodes.triggering import EventTrigger, contact_filter, event_filter

SOURCE = EventField(
    "source",
    Text("source", "source", "источник"),
    Kind.CATEGORY,
    (
        ("person", Text("a person", "une personne", "человек")),
        ("program", Text("a program", "un programme", "программа")),
        ("import", Text("an import", "un import", "импорт")),
        ("command", Text("the command line", "la ligne de commande", "командная строка")),
    ),
)


class ContactCreated(EventTrigger):
    """Lets a contact in when it is created, by whichever door."""

    key = "contact_created"
    label = Text("Contact created", "Contact créé", "Создан контакт")
    description = Text(
        "A new contact is created: by a person, an import, a form or the API.",
        "Un contact est créé : par une personne, un import, un formulaire ou l’API.",
        "Создан новый контакт: человеком, импортом, формой или через API.",
    )
    icon = "IconUserPlus"
    search = ("contact", "created", "new", "créé", "nouveau", "контакт", "новый", "создан")
    example = {"contact_filter": {"all": [{"field": "email", "op": "not_empty"}]}}

    class Config(NodeSchema):
        event_filter = event_filter(SOURCE)
        contact_filter = contact_filter()
