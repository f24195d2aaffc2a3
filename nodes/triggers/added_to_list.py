"""Trigger: a contact is added to a list."""

from nodes.catalog import Catalog
from nodes.contract import Configuration
from nodes.fields import ListId, NodeSchema
from nodes.texts import Text
from nodes.triggering import EventTrigger, contact_filter
from nodes.world import Topic


class AddedToList(EventTrigger):
    """Lets a contact in when it becomes a member of the chosen list."""

    key = "added_to_list"
    label = Text("Added to a list", "Ajouté à une liste", "Добавлен в список")
    description = Text(
        "A contact becomes a member of a list.",
        "Un contact devient membre d’une liste.",
        "Контакт попадает в список.",
    )
    icon = "IconListCheck"
    suggested = 4
    search = ("list", "added", "member", "liste", "ajouté", "membre", "список", "добавлен")
    example = {"list": 1}

    class Config(NodeSchema):
        list = ListId(Text("List", "Liste", "Список"))
        contact_filter = contact_filter()

    def topic(self, config: Configuration) -> Topic:
        return Topic("list_added", str(config["list"]))

    def members(self, config: Configuration) -> int:
        return int(config["list"])

    def what(self, config: Configuration, catalog: Catalog) -> Text:
        name = catalog.lists.get(config["list"], f"#{config['list']}")
        what = Text("Added to list “{name}”", "Ajouté à la liste « {name} »", "Добавлен в список «{name}»")
        return what.format(name=name)
