"""Rule: by chance."""

from nodes.catalog import Catalog
from nodes.conditions import Comparison
from nodes.contract import Configuration, Rule, Step
from nodes.fields import NodeSchema, Shares
from nodes.texts import Text


class PercentageSplit(Rule):
    """Parts contacts by chance; the draw of one entry at one step is always the same."""

    key = "percentage_split"
    label = Text("Percentage split", "Répartition en pourcentage", "Разветвление по долям")
    description = Text(
        "Sends a share of the contacts one way and the rest the other, by chance.",
        "Envoie une part des contacts d’un côté et le reste de l’autre, au hasard.",
        "Случайно направляет долю контактов по одной ветке, остальных — по другой.",
    )
    icon = "IconPercentage"
    search = ("split", "percentage", "random", "a/b", "test", "pourcentage", "hasard", "процент", "доля", "случайно")
    ports = {"a": Text("A", "A", "А"), "b": Text("B", "B", "Б")}
    example = {"shares": {"a": 50, "b": 50}}

    class Config(NodeSchema):
        shares = Shares(Text("Shares", "Parts", "Доли"), ("a", "b"), default={"a": 50, "b": 50})

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        shares = config.get("shares") or self.example["shares"]
        words = Text("{a}% go to A, {b}% to B", "{a} % vers A, {b} % vers B", "{a}% — А, {b}% — Б")
        return words.format(**shares)

    def run(self, step: Step) -> None:
        share = step.config["shares"]["a"]
        for run in step:
            draw = step.draw(run) * 100
            first = draw < share
            step.go(run, "a" if first else "b", (Comparison("draw", round(draw, 3), "lt", share, first),))
