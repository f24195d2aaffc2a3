"""Trigger: a contact attribute changes."""

from nodes.catalog import Catalog, Kind
from nodes.conditions import EventField
from nodes.contract import Configuration
from nodes.fields import AttributeName, NodeSchema
from nodes.texts import Text
from nodes.triggering import EventTrigger, contact_filter, event_filter
from nodes.world import Topic

OLD = EventField("old", Text("old value", "ancienne valeur", "прежнее значение"), Kind.TEXT)
NEW = EventField("new", Text("new value", "nouvelle valeur", "новое значение"), Kind.TEXT)


class AttributeChanged(EventTrigger):
    """Lets a contact in when the chosen attribute gets another value."""

    key = "attribute_changed"
    label = Text("Attribute changed", "Attribut modifié", "Изменён атрибут")
    description = Text(
        "An attribute of a contact gets another value.",
        "Un attribut d’un contact prend une autre valeur.",
        "Атрибут контакта получает другое значение.",
    )
    icon = "IconPencil"
    search = ("attribute", "changed", "updated", "field", "attribut", "modifié", "атрибут", "изменён", "поле")
    example = {"attribute": "SCORE", "event_filter": {"all": [{"event": "new", "op": "gte", "value": 20}]}}

    class Config(NodeSchema):
        attribute = AttributeName(Text("Attribute", "Attribut", "Атрибут"))
        event_filter = event_filter(OLD, NEW)
        contact_filter = contact_filter()

    def topic(self, config: Configuration) -> Topic:
        return Topic(self.key, config["attribute"])

    def what(self, config: Configuration, catalog: Catalog) -> Text:
        return Text("{name} changed", "{name} modifié", "Изменён {name}").format(name=config["attribute"])
