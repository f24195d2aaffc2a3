"""Rule: yes or no."""

from collections.abc import Mapping

from nodes.catalog import Catalog
from nodes.conditions import Condition, Not, describe, parse
from nodes.contract import Configuration, Rule, Step
from nodes.fields import ConditionField, NodeSchema
from nodes.texts import Text


class ConditionalSplit(Rule):
    """Parts contacts by a condition: Yes where it holds, else No."""

    key = "conditional_split"
    label = Text("Conditional split", "Branche conditionnelle", "Разветвление по условию")
    description = Text(
        "Contacts that match go the Yes way, all others the No way.",
        "Les contacts correspondants prennent la voie Oui, les autres la voie Non.",
        "Подходящие контакты идут по ветке «Да», остальные — по ветке «Нет».",
    )
    icon = "IconArrowsSplit2"
    search = ("split", "if", "condition", "yes", "no", "branch", "si", "branche", "условие", "если", "ветка")
    ports = {"yes": Text("Yes", "Oui", "Да"), "no": Text("No", "Non", "Нет")}
    example = {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}}

    class Config(NodeSchema):
        condition = ConditionField(Text("Condition", "Condition", "Условие"))

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        return Text("{what}?", "{what} ?", "{what}?").format(what=describe(parse(config["condition"]), catalog))

    def holds(self, config: Configuration) -> Mapping[str, Condition]:
        condition = parse(config["condition"])
        return {"yes": condition, "no": Not(condition)}

    def run(self, step: Step) -> None:
        for run in step:
            holds, values = step.judge("condition", run)
            step.go(run, "yes" if holds else "no", values)
