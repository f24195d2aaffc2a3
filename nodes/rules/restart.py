"""Rule: once more from the start."""

from nodes.catalog import Catalog
from nodes.contract import Configuration, Rule, Step
from nodes.effects import CallAutomation
from nodes.texts import Text


class Restart(Rule):
    """Ends the contact's run and lets it enter the same automation anew, if re-entry is on."""

    key = "restart"
    label = Text("Start over", "Recommencer", "Начать заново")
    description = Text(
        "The contact leaves and enters this automation again from its start; re-entry must be on.",
        "Le contact sort puis rentre au début de cette automatisation ; la ré-entrée doit être activée.",
        "Контакт выходит и входит в эту автоматизацию заново; повторный вход должен быть включён.",
    )
    icon = "IconRepeat"
    search = ("restart", "start over", "loop", "again", "recommencer", "boucle", "заново", "повторить", "цикл")
    ports = {}
    repeats = True
    example = {}

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        return Text("Start over", "Recommencer du début", "Начать заново")

    def run(self, step: Step) -> None:
        for run in step:
            step.emit(run, CallAutomation(run.contact.id, run.automation))
            step.exit(run)
