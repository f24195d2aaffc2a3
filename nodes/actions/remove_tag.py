"""Action: remove a tag."""

from nodes import effects
from nodes.catalog import Catalog
from nodes.contract import Action, Configuration, Step
from nodes.declared import Thing, Write
from nodes.fields import NodeSchema, TagName
from nodes.texts import Text
from nodes.world import Reads


class RemoveTag(Action):
    """Takes a tag off the contact."""

    key = "remove_tag"
    label = Text("Remove tag", "Retirer une étiquette", "Снять метку")
    description = Text("Takes a tag off the contact.", "Retire une étiquette au contact.", "Снимает метку с контакта.")
    icon = "IconTagOff"
    search = ("tag", "label", "remove", "étiquette", "retirer", "метка", "тег", "снять")
    example = {"tag": "hot lead"}

    class Config(NodeSchema):
        tag = TagName(Text("Tag", "Étiquette", "Метка"))

    def reads(self, config: Configuration) -> Reads:
        return super().reads(config) | Reads(tags=True)

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        return Text("Remove the tag “{tag}”", "Retirer l’étiquette « {tag} »", "Снять метку «{tag}»").format(
            tag=config["tag"]
        )

    def writes(self, config: Configuration) -> tuple[Write, ...]:
        return (Write(Thing("tag", config["tag"]), "take"),)

    def run(self, step: Step) -> None:
        for run in step:
            step.emit(run, effects.RemoveTag(run.contact.id, step.config["tag"]))
            step.go(run)
