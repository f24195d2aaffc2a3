"""Rule: the end."""

from nodes.catalog import Catalog
from nodes.contract import Configuration, Rule, Step
from nodes.texts import Text


class Exit(Rule):
    """Ends the contact's run."""

    key = "exit"
    label = Text("Exit", "Sortie", "Выход")
    description = Text(
        "The contact leaves the automation here.",
        "Le contact quitte l’automatisation ici.",
        "Здесь контакт покидает автоматизацию.",
    )
    icon = "IconLogout"
    search = ("exit", "end", "stop", "leave", "sortie", "fin", "выход", "конец", "стоп")
    ports = {}
    example = {}

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        return Text("Leave the automation", "Quitter l’automatisation", "Покинуть автоматизацию")

    def run(self, step: Step) -> None:
        for run in step:
            step.exit(run)
