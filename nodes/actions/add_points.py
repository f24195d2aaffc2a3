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
_SENTENCE: Final = Text("Add {points} to {to}", "Ajouter {points} à {to}", "Прибавить {points} к {to}")
_POINTS: Final = Forms(
    ("{n} point", "{n} points"), ("{n} point", "{n} points"), ("{n} балл", "{n} балла", "{n} баллов")
)


class AddPoints(Action):
    """Adds points, or takes them away, each time a contact comes by."""

    key = "add_points"
    label = Text("Add points", "Ajouter des points", "Начислить баллы")
    description = Text(
        "Adds points to the contact’s score; fewer than none takes them away.",
        "Ajoute des points au score du contact ; un nombre négatif en retire.",
        "Прибавляет баллы к оценке контакта; отрицательное число — отнимает.",
    )
    icon = "IconStars"
    search = ("points", "score", "scoring", "lead", "баллы", "оценка", "скоринг", "начислить")
    example = {"points": 5, "attribute": "SCORE"}

    class Config(NodeSchema):
        points = Whole(Text("Points", "Points", "Баллы"), low=-1_000_000, high=1_000_000)
        attribute = AttributeName(Text("Score", "Score", "Оценка"), kinds=[Kind.NUMBER], default=SCORE)

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        points = in_number(config["points"], _POINTS)
        return _SENTENCE.format(points=points, to=config.get("attribute", SCORE))

    def accumulates(self, config: Configuration) -> bool:
        return True

    def writes(self, config: Configuration) -> tuple[Write, ...]:
        return (Write(Thing("attribute", config.get("attribute", SCORE)), "change", config["points"]),)

    def run(self, step: Step) -> None:
        scoring.add(step, step.config["attribute"], step.config["points"])
