"""Fields that hold a condition."""

from collections.abc import Iterator, Sequence
from typing import Unpack

from nodes.catalog import Catalog
from nodes.conditions import (
    EventField,
    PreparedCondition,
    Scope,
    attributes_in,
    check,
    parse,
    prepare_condition,
    reads,
)
from nodes.errors import ConditionError
from nodes.fields.base import Config, Context, FormField, JsonSchema, Prepared, Settings, Stored, Unfit
from nodes.problems import Problem, not_a_condition
from nodes.texts import Language, Text
from nodes.world import Reads


class ConditionField(FormField):
    """A condition on the contact, or (`scope="event"`) on the event's own data; prepared as a judge."""

    widget = "condition"
    expects = Text("a condition", "une condition", "условие")

    def __init__(
        self,
        title: Text,
        *,
        scope: Scope = "contact",
        event_fields: Sequence[EventField] = (),
        **settings: Unpack[Settings],
    ) -> None:
        super().__init__(title, **settings)
        self.scope: Scope = scope
        self.event_fields = event_fields

    def convert(self, value: Stored) -> Stored:
        try:
            parse(value)
        except ConditionError as error:
            raise Unfit(self.expects) from error
        return value

    def check(self, value: Stored, context: Context) -> Iterator[Problem]:
        try:
            condition = parse(value)
        except ConditionError as error:
            yield not_a_condition(error)
            return
        yield from check(condition, context.catalog, self.scope, self.event_fields)

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "object"}

    def options(self, language: Language) -> JsonSchema:
        return {"scope": self.scope, "event_fields": [_drawn(each, language) for each in self.event_fields]}

    def conditions(self, value: Stored) -> Iterator[tuple[str, Stored]]:
        yield "", value

    def reads(self, value: Stored) -> Reads:
        return reads(parse(value))

    def attributes(self, value: Stored) -> Iterator[str]:
        yield from attributes_in(value)

    def prepare(self, value: Prepared, config: Config, catalog: Catalog) -> PreparedCondition:
        return prepare_condition(parse(value), catalog)


def _drawn(field: EventField, language: Language) -> JsonSchema:
    drawn: JsonSchema = {"key": field.key, "label": field.label.say(language), "kind": field.kind.value}
    if field.options:
        drawn["options"] = [{"key": key, "label": words.say(language)} for key, words in field.options]
    return drawn
