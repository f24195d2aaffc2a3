"""Action: into another automation."""

from collections.abc import Mapping
from typing import Final

from nodes.catalog import Catalog
from nodes.contract import Action, Configuration, Step
from nodes.declared import Thing, Write
from nodes.effects import CallAutomation
from nodes.fields import AutomationId, Choice, NodeSchema
from nodes.texts import Text

_THEN: Final[Mapping[str, Text]] = {
    "stay": Text("Go on here as well", "Continuer ici aussi", "Продолжить и здесь"),
    "leave": Text("Leave this automation", "Quitter cette automatisation", "Покинуть эту автоматизацию"),
}
_SENTENCES: Final[Mapping[str, Text]] = {
    "stay": Text("Start “{name}”", "Lancer « {name} »", "Запустить «{name}»"),
    "leave": Text("Go to “{name}”", "Passer à « {name} »", "Перейти в «{name}»"),
}


class StartAutomation(Action):
    """Lets the contact enter another automation, whatever its triggers say, and go on here or not."""

    key = "start_automation"
    label = Text("Start another automation", "Lancer une automatisation", "Запустить автоматизацию")
    description = Text(
        "The contact enters another automation, without waiting for one of its triggers.",
        "Le contact entre dans une autre automatisation, sans attendre un déclencheur.",
        "Контакт входит в другую автоматизацию, не дожидаясь её триггера.",
    )
    icon = "IconArrowForwardUp"
    search = ("start", "go to", "automation", "jump", "lancer", "passer", "automatisation", "запустить", "перейти")
    example = {"automation": 1, "then": "stay"}

    class Config(NodeSchema):
        automation = AutomationId(Text("Automation", "Automatisation", "Автоматизация"))
        then = Choice(Text("And then", "Et ensuite", "А затем"), _THEN, default="stay")

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        return _SENTENCES[config.get("then", "stay")].format(name=catalog.automation_name(config["automation"]))

    def writes(self, config: Configuration) -> tuple[Write, ...]:
        return (Write(Thing("automation", str(config["automation"])), "start"),)

    def run(self, step: Step) -> None:
        for run in step:
            step.emit(run, CallAutomation(run.contact.id, step.config["automation"]))
            if step.config["then"] == "leave":
                step.exit(run)
            else:
                step.go(run)
