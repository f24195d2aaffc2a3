"""Action: add to a list."""

from nodes import effects
from nodes.catalog import Catalog
from nodes.contract import Action, Configuration, Step
from nodes.declared import Thing, Write
from nodes.fields import NodeSchema
from nodes.listing import emit_for_list, list_field, list_name
from nodes.texts import Text
from nodes.world import Reads


class AddToList(Action):
    """Makes the contact a member of a list; nothing happens to one who is a member already."""

    key = "add_to_list"
    label = Text("Add to list", "Ajouter à une liste", "Добавить в список")
    description = Text(
        "Makes the contact a member of a list.",
        "Fait du contact un membre d’une liste.",
        "Делает контакт участником списка.",
    )
    icon = "IconListDetails"
    search = ("list", "add", "member", "liste", "ajouter", "membre", "список", "добавить")
    example = {"list": 1}

    class Config(NodeSchema):
        list = list_field()

    def reads(self, config: Configuration) -> Reads:
        return super().reads(config) | Reads(lists=True)

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        sentence = Text("Add to list “{name}”", "Ajouter à la liste « {name} »", "Добавить в список «{name}»")
        return sentence.format(name=list_name(config["list"], catalog))

    def writes(self, config: Configuration) -> tuple[Write, ...]:
        return (Write(Thing("list", str(config["list"])), "put"),)

    def run(self, step: Step) -> None:
        emit_for_list(step, effects.AddToList)
