"""Action: write a note on the contact."""

from nodes import effects
from nodes.catalog import Catalog
from nodes.contract import Action, Configuration, Step
from nodes.fields import NodeSchema, TemplateText
from nodes.texts import Text


class AddNote(Action):
    """Writes a note on the contact."""

    key = "add_note"
    label = Text("Add note", "Ajouter une note", "Добавить заметку")
    description = Text("Writes a note on the contact.", "Écrit une note sur le contact.", "Пишет заметку о контакте.")
    icon = "IconNote"
    search = ("note", "remark", "comment", "remarque", "commentaire", "заметка", "комментарий")
    example = {"text": "Opened a campaign; the score is {{ contact.SCORE }}."}

    class Config(NodeSchema):
        text = TemplateText(Text("Text", "Texte", "Текст"))

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        return Text("Note: {text}", "Note : {text}", "Заметка: {text}").format(text=config["text"])

    def run(self, step: Step) -> None:
        for run in step:
            step.emit(run, effects.AddNote(run.contact.id, step.render(run, step.config["text"])))
            step.go(run)
