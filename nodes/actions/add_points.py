"""Action: add points to the contact's score."""

from typing import Final

from nodes import scoring
from nodes.catalog import Catalog, Kind
from nodes.contract import Action, Configuration, Step
from nodes.declared import Thing, Write
from nodes.durations import Forms, in_number
from nodes.fields import AttributeName, NodeSchema, Whole
from nodes.texts import Text

SCORE: Final = "SCORE"
_GIVEN: Final = Text("Add {points} to {to}", "Ajouter {points} à {to}", "Прибавить {points} к {to}")
_TAKEN: Final = Text("Take {points} off {to}", "Retirer {points} de {to}", "Отнять {points} от {to}")
_POINTS: Final = Forms(
    ("{n} point", "{n} points"), ("{n} point", "{n} points"), ("{n} балл", "{n} балла", "{n} баллов")
)


class AddPoints(Action):
    """Adds points, or takes them away, each time a contact comes by."""

    key = "add_points"
    label = Text("Change score", "Modifier le score", "Изменить оценку")
    description = Text(
        "Raises or lowers the contact’s score by a number of points.",
        "Augmente ou diminue le score du contact d’un nombre de points.",
        "Повышает или понижает оценку контакта на число баллов.",
    )
    icon = "IconStars"
    search = ("points", "score", "scoring", "lead", "баллы", "оценка", "скоринг", "начислить")
    example = {"points": 5, "attribute": "SCORE"}

    class Config(NodeSchema):
        points = Whole(
            Text("Points", "Points", "Баллы"),
            help=Text(
                "A number below zero, such as -5, takes points away.",
                "Un nombre négatif, comme -5, retire des points.",
                "Отрицательное число, например -5, отнимает баллы.",
            ),
            low=-1_000_000,
            high=1_000_000,
        )
        attribute = AttributeName(
            Text("Score kept in", "Score tenu dans", "Где хранится оценка"), kinds=[Kind.NUMBER], default=SCORE
        )

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        points = in_number(abs(config["points"]), _POINTS)
        return (_TAKEN if config["points"] < 0 else _GIVEN).format(points=points, to=config.get("attribute", SCORE))

    def accumulates(self, config: Configuration) -> bool:
        return True

    def writes(self, config: Configuration) -> tuple[Write, ...]:
        return (Write(Thing("attribute", config.get("attribute", SCORE)), "change", config["points"]),)

    def run(self, step: Step) -> None:
        scoring.add(step, step.config["attribute"], step.config["points"])
