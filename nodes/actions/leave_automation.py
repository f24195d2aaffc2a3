"""Action: out of another automation."""

from nodes.catalog import Catalog
from nodes.contract import Action, Configuration, Step
from nodes.declared import Thing, Write
from nodes.effects import DismissFrom
from nodes.fields import AutomationId, NodeSchema
from nodes.texts import Text


class LeaveAutomation(Action):
    """Takes the contact out of another automation, wherever it stands there."""

    key = "leave_automation"
    label = Text("Leave another automation", "Quitter une automatisation", "Вывести из автоматизации")
    description = Text(
        "The contact leaves another automation at once, even in the middle of a wait.",
        "Le contact quitte aussitôt une autre automatisation, même en pleine attente.",
        "Контакт сразу покидает другую автоматизацию, даже посреди ожидания.",
    )
    icon = "IconDoorExit"
    search = ("leave", "stop", "remove", "automation", "quitter", "arrêter", "automatisation", "вывести", "остановить")
    example = {"automation": 1}

    class Config(NodeSchema):
        automation = AutomationId(Text("Automation", "Automatisation", "Автоматизация"))

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        sentence = Text("Leave “{name}”", "Quitter « {name} »", "Вывести из «{name}»")
        return sentence.format(name=catalog.automation_name(config["automation"]))

    def writes(self, config: Configuration) -> tuple[Write, ...]:
        return (Write(Thing("automation", str(config["automation"])), "stop"),)

    def run(self, step: Step) -> None:
        for run in step:
            step.emit(run, DismissFrom(run.contact.id, step.config["automation"]))
            step.go(run)
