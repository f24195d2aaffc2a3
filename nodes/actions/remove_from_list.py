"""Action: remove from a list."""

from nodes import effects
from nodes.catalog import Catalog
from nodes.contract import Action, Configuration, Step
from nodes.declared import Thing, Write
from nodes.fields import NodeSchema
from nodes.listing import emit_for_list, list_field, list_name
from nodes.texts import Text
from nodes.world import Reads


class RemoveFromList(Action):
    """Takes the contact off a list; nothing happens to one who is not a member."""

    key = "remove_from_list"
    label = Text("Remove from list", "Retirer d’une liste", "Убрать из списка")
    description = Text("Takes the contact off a list.", "Retire le contact d’une liste.", "Убирает контакт из списка.")
    icon = "IconPlaylistX"
    search = ("list", "remove", "unsubscribe", "liste", "retirer", "désinscrire", "список", "убрать", "удалить")
    example = {"list": 1}

    class Config(NodeSchema):
        list = list_field()

    def reads(self, config: Configuration) -> Reads:
        return super().reads(config) | Reads(lists=True)

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        sentence = Text("Remove from list “{name}”", "Retirer de la liste « {name} »", "Убрать из списка «{name}»")
        return sentence.format(name=list_name(config["list"], catalog))

    def writes(self, config: Configuration) -> tuple[Write, ...]:
        return (Write(Thing("list", str(config["list"])), "take"),)

    def run(self, step: Step) -> None:
        emit_for_list(step, effects.RemoveFromList)
