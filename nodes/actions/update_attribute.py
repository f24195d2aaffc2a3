"""Action: change a contact attribute."""

from collections.abc import Iterator, Mapping
from typing import Final

from nodes import scoring
from nodes.catalog import Catalog, Kind
from nodes.conditions import say_value
from nodes.contract import Action, Configuration, Step
from nodes.declared import Thing, Write
from nodes.effects import SetAttribute
from nodes.fields import AttributeName, AttributeValue, Choice, Context, NodeSchema
from nodes.problems import Problem
from nodes.texts import Text

OPERATIONS: Final[Mapping[str, Text]] = {
    "set": Text("Set", "Définir", "Записать"),
    "clear": Text("Clear", "Vider", "Очистить"),
    "add": Text("Add", "Ajouter", "Прибавить"),
    "subtract": Text("Subtract", "Soustraire", "Вычесть"),
}
SIGNS: Final = {"add": 1, "subtract": -1}

_SENTENCES: Final[Mapping[str, Text]] = {
    "set": Text("Set {attribute} to {value}", "Mettre {attribute} à {value}", "Записать в {attribute}: {value}"),
    "clear": Text("Clear {attribute}", "Vider {attribute}", "Очистить {attribute}"),
    "add": Text("Add {value} to {attribute}", "Ajouter {value} à {attribute}", "Прибавить {value} к {attribute}"),
    "subtract": Text(
        "Subtract {value} from {attribute}", "Soustraire {value} de {attribute}", "Вычесть {value} из {attribute}"
    ),
}
_NUMBERS_ONLY = (
    Text(
        "Only numbers can be added to or subtracted from, and {attribute} is not a number.",
        "On n’ajoute et ne soustrait que des nombres, et {attribute} n’en est pas un.",
        "Прибавлять и вычитать можно только числа, а {attribute} — не число.",
    ),
    Text(
        "Choose a number attribute, or set the value.",
        "Choisissez un attribut numérique, ou définissez la valeur.",
        "Выберите числовой атрибут или запишите значение.",
    ),
)


class UpdateAttribute(Action):
    """Sets or clears an attribute, or adds to or subtracts from a number."""

    key = "update_attribute"
    label = Text("Update attribute", "Modifier un attribut", "Изменить атрибут")
    description = Text(
        "Sets, clears, adds to or subtracts from an attribute of the contact.",
        "Définit, vide, augmente ou diminue un attribut du contact.",
        "Записывает, очищает, увеличивает или уменьшает атрибут контакта.",
    )
    icon = "IconPencilPlus"
    search = ("attribute", "update", "set", "score", "field", "attribut", "modifier", "атрибут", "изменить", "балл")
    example = {"attribute": "SCORE", "operation": "add", "value": 5}

    class Config(NodeSchema):
        attribute = AttributeName(Text("Attribute", "Attribut", "Атрибут"))
        operation = Choice(Text("Operation", "Opération", "Действие"), OPERATIONS, default="set")
        value = AttributeValue(
            Text("Value", "Valeur", "Значение"), of="attribute", show_when={"operation": ["set", "add", "subtract"]}
        )

        def rules(self, config: Configuration, context: Context) -> Iterator[Problem]:
            attribute = context.catalog.attributes[config["attribute"]]
            if config.get("operation") in SIGNS and attribute.kind is not Kind.NUMBER:
                message, remedy = _NUMBERS_ONLY
                yield Problem("operation", "not_a_number", message.format(attribute=attribute.name), remedy)

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        sentence = _SENTENCES[config.get("operation", "set")]
        return sentence.format(attribute=config["attribute"], value=say_value(config.get("value")))

    def accumulates(self, config: Configuration) -> bool:
        return config.get("operation") in SIGNS

    def writes(self, config: Configuration) -> tuple[Write, ...]:
        thing, operation = Thing("attribute", config["attribute"]), config.get("operation", "set")
        if operation in SIGNS:
            return (Write(thing, "change", SIGNS[operation] * config["value"]),)
        return (Write(thing, "set", config.get("value")),)

    def run(self, step: Step) -> None:
        attribute, operation, value = (step.config[name] for name in ("attribute", "operation", "value"))
        if operation in SIGNS:
            scoring.add(step, attribute, SIGNS[operation] * value)
            return
        for run in step:
            step.emit(run, SetAttribute(run.contact.id, attribute, value))
            step.go(run)
