"""Action: add a tag."""

from nodes import effects
from nodes.catalog import Catalog
from nodes.contract import Action, Configuration, Step
from nodes.declared import Thing, Write
from nodes.fields import NodeSchema, TagName
from nodes.texts import Text
from nodes.world import Reads


class AddTag(Action):
    """Gives the contact a tag."""

    key = "add_tag"
    label = Text("Add tag", "Ajouter une étiquette", "Добавить метку")
    description = Text("Gives the contact a tag.", "Donne une étiquette au contact.", "Ставит контакту метку.")
    icon = "IconTag"
    search = ("tag", "label", "add", "étiquette", "ajouter", "метка", "тег", "добавить")
    example = {"tag": "hot lead"}

    class Config(NodeSchema):
        tag = TagName(Text("Tag", "Étiquette", "Метка"))

    def reads(self, config: Configuration) -> Reads:
        return super().reads(config) | Reads(tags=True)

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        return Text("Add the tag “{tag}”", "Ajouter l’étiquette « {tag} »", "Добавить метку «{tag}»").format(
            tag=config["tag"]
        )

    def writes(self, config: Configuration) -> tuple[Write, ...]:
        return (Write(Thing("tag", config["tag"]), "put"),)

    def run(self, step: Step) -> None:
        for run in step:
            step.emit(run, effects.AddTag(run.contact.id, step.config["tag"]))
            step.go(run)
