"""Several values of one attribute, as a question: has the contact one of them?"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Unpack

from nodes.catalog import Catalog, Kind
from nodes.conditions import AnyOf, Comparison, Judge, Leaf, Verdict, compile_condition
from nodes.conditions.subjects import OfAttribute
from nodes.conditions.values import UnfitValue, attribute_value
from nodes.conditions.written import literal
from nodes.errors import ConditionError
from nodes.fields.base import Config, Context, FormField, JsonSchema, Prepared, Settings, Stored, Unfit
from nodes.problems import Problem, ill_typed, unknown_option
from nodes.texts import Language, Text
from nodes.world import Contact, Event

_CHOSEN: Final = frozenset({Kind.CATEGORY, Kind.MULTIPLE_CHOICE})
MOST_VALUES: Final = 100


class AttributeValues(FormField):
    """One or more values of the attribute that the field `of` names; prepared as a judge of who has one of them.

    Dates are not meant: nobody parts contacts by single days.
    """

    widget = "attribute_values"
    expects = Text("one or more values", "une ou plusieurs valeurs", "одно или несколько значений")

    def __init__(self, title: Text, *, of: str, **settings: Unpack[Settings]) -> None:
        super().__init__(title, **settings)
        self.of = of

    def convert(self, value: Stored) -> tuple[str | float | bool, ...]:
        if not isinstance(value, list) or not 0 < len(value) <= MOST_VALUES:
            raise Unfit(self.expects)
        try:
            written = literal(value, "")
        except ConditionError:
            raise Unfit(self.expects) from None
        whole = tuple(each for each in written if each is not None and each != "") if isinstance(written, tuple) else ()
        if len(whole) < len(value):
            raise Unfit(self.expects)
        return whole

    def shape(self, language: Language) -> JsonSchema:
        one: JsonSchema = {"type": ["string", "number", "boolean"]}
        return {"type": "array", "items": one, "minItems": 1, "maxItems": MOST_VALUES}

    def options(self, language: Language) -> JsonSchema:
        return {"of": self.of}

    def references(self, value: tuple[str | float | bool, ...], context: Context) -> Iterator[Problem]:
        name = context.config.get(self.of)
        attribute = context.catalog.attributes.get(name) if isinstance(name, str) else None
        if attribute is None:
            return
        kind = Kind.CATEGORY if attribute.kind in _CHOSEN else attribute.kind
        for each in value:
            try:
                attribute_value(kind, each)
            except UnfitValue as error:
                yield ill_typed("", self.title, error.expected)
                return
            if attribute.kind in _CHOSEN and each not in attribute.options:
                yield unknown_option("", str(each), attribute.name)

    def prepare(self, value: Prepared, config: Config, catalog: Catalog) -> Judge:
        name = config[self.of]
        subject = OfAttribute(name)
        if catalog.attributes[name].kind in _CHOSEN:
            return compile_condition(Leaf(subject, "any_of", value), catalog)
        each = compile_condition(AnyOf(tuple(Leaf(subject, "eq", one) for one in value)), catalog)

        def judge(contact: Contact, event: Event | None, now: datetime) -> Verdict:
            holds, compared = each(contact, event, now)
            return holds, (Comparison(name, compared[0].actual, "any_of", value, holds),)

        return judge
