"""Rule: one of several ways."""

from collections.abc import Mapping
from typing import Final

from nodes.catalog import Catalog, Kind
from nodes.conditions import All, Comparison, Condition, Not, describe, parse, say_value
from nodes.contract import Configuration, Rule, Step
from nodes.fields import AttributeName, AttributeValues, Branches, Choice, ConditionField, NodeSchema
from nodes.texts import SEMICOLON, Text, join, same

ELSE: Final = "else"
_BY: Final = {
    "condition": Text("A condition per branch", "Une condition par branche", "Условию для каждой ветки"),
    "value": Text("The value of an attribute", "La valeur d’un attribut", "Значению атрибута"),
}
_KINDS: Final = (Kind.TEXT, Kind.NUMBER, Kind.BOOLEAN, Kind.CATEGORY, Kind.MULTIPLE_CHOICE)
_IF: Final = Text("{name} if {what}", "{name} si {what}", "{name}, если {what}")
_BY_VALUE: Final = Text("By {attribute}: {ways}", "Par {attribute} : {ways}", "По {attribute}: {ways}")


class MultiSplit(Rule):
    """Parts contacts into up to ten branches: the first that fits takes them; who fits none goes the other way."""

    key = "multi_split"
    label = Text("Multi-way split", "Branches multiples", "Несколько веток")
    description = Text(
        "Each contact takes the first branch that fits, from top to bottom. Those that fit none go to Else.",
        "Chaque contact prend la première branche qui convient, de haut en bas. Les autres vont à Sinon.",
        "Контакт идёт по первой подходящей ветке, сверху вниз. Кому не подошла ни одна — по ветке «Иначе».",
    )
    icon = "IconArrowsSplit"
    search = (
        "split",
        "branch",
        "switch",
        "case",
        "else",
        "multi",
        "if",
        "branche",
        "sinon",
        "cas",
        "ветка",
        "разветвление",
        "иначе",
    )
    ports = {ELSE: Text("Else", "Sinon", "Иначе")}
    example = {
        "by": "condition",
        "branches": [
            {"id": "hot", "name": "Hot", "condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}},
            {"id": "warm", "name": "Warm", "condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 10}]}},
        ],
    }

    class Config(NodeSchema):
        by = Choice(Text("Split by", "Répartir selon", "Разделять по"), _BY, default="condition")
        attribute = AttributeName(Text("Attribute", "Attribut", "Атрибут"), kinds=_KINDS, show_when={"by": ["value"]})
        branches = Branches(
            Text("Branches", "Branches", "Ветки"),
            {
                "condition": ConditionField(Text("Condition", "Condition", "Условие"), show_when={"by": ["condition"]}),
                "values": AttributeValues(
                    Text("Values", "Valeurs", "Значения"), of="attribute", show_when={"by": ["value"]}
                ),
            },
            default=[{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
        )

    def summary(self, config: Configuration, catalog: Catalog) -> Text:
        branches = config["branches"]
        if config.get("by") == "value":
            ways = [same("{name} ({what})").format(name=b["name"], what=say_value(b["values"])) for b in branches]
            return _BY_VALUE.format(attribute=config["attribute"], ways=join(SEMICOLON, ways))
        said = [_IF.format(name=b["name"], what=describe(parse(b["condition"]), catalog)) for b in branches]
        return join(SEMICOLON, said)

    def holds(self, config: Configuration) -> Mapping[str, Condition]:
        if config.get("by", "condition") != "condition":
            return {}
        held: dict[str, Condition] = {}
        others: tuple[Condition, ...] = ()
        for branch in config["branches"]:
            fits = parse(branch["condition"])
            held[branch["id"]] = All((*others, fits))
            others += (Not(fits),)
        return held | {ELSE: All(others)}

    def run(self, step: Step) -> None:
        part = "values" if step.config["by"] == "value" else "condition"
        judges = [(branch.id, branch.settings[part]) for branch in step.config["branches"]]
        for run in step:
            compared: tuple[Comparison, ...] = ()
            way = ELSE
            for port, judge in judges:
                holds, values = judge(run.contact, run.event, step.now)
                compared += values
                if holds:
                    way = port
                    break
            step.go(run, way, compared)
