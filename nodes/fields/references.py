"""Fields that name something of the workspace: attributes, lists, tags, pipelines."""

from collections.abc import Iterator, Sequence
from typing import Unpack

from nodes.catalog import KIND_LABELS, Asked, Catalog, Kind, Pipeline
from nodes.conditions.values import UnfitValue, attribute_value
from nodes.conditions.written import literal
from nodes.errors import ConditionError
from nodes.fields.base import Config, Context, FormField, JsonSchema, Prepared, Settings, Stored, Unfit
from nodes.fields.plain import Line
from nodes.problems import (
    Problem,
    ill_typed,
    no_default_pipeline,
    unknown_attribute,
    unknown_automation,
    unknown_list,
    unknown_option,
    unknown_pipeline,
    unknown_segment,
    unknown_sender,
    unknown_stage,
    unknown_template,
)
from nodes.texts import Language, Text, join
from nodes.world import Reads, Value


class AttributeName(FormField):
    """A contact attribute by name; `kinds` narrows the choice."""

    widget = "attribute"
    picked = True
    expects = Text("an attribute", "un attribut", "атрибут")

    def __init__(self, title: Text, *, kinds: Sequence[Kind] = (), **settings: Unpack[Settings]) -> None:
        super().__init__(title, **settings)
        self.kinds = kinds

    def convert(self, value: Stored) -> str:
        if not isinstance(value, str) or not value.strip():
            raise Unfit(self.expects)
        return value

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "string"}

    def options(self, language: Language) -> JsonSchema:
        return {"kinds": [kind.value for kind in self.kinds]} if self.kinds else {}

    def references(self, value: str, context: Context) -> Iterator[Problem]:
        attribute = context.catalog.attributes.get(value)
        if attribute is None:
            yield unknown_attribute("", value)
        elif self.kinds and attribute.kind not in self.kinds:
            kinds = join(" / ", [KIND_LABELS[kind] for kind in self.kinds])
            yield ill_typed("", self.title, _OF_KIND.format(kinds=kinds), picked=True)

    def reads(self, value: str) -> Reads:
        return Reads(attributes=frozenset({value}))


class AttributeValue(FormField):
    """A value for the attribute that the field `of` names, of that attribute's kind."""

    widget = "attribute_value"
    expects = Text("a value", "une valeur", "значение")

    def __init__(self, title: Text, *, of: str, **settings: Unpack[Settings]) -> None:
        super().__init__(title, **settings)
        self.of = of

    def convert(self, value: Stored) -> Stored:
        try:
            return literal(value, "")
        except ConditionError:
            raise Unfit(self.expects) from None

    def shape(self, language: Language) -> JsonSchema:
        return {"type": ["string", "number", "boolean", "array"], "items": {"type": "string"}}

    def options(self, language: Language) -> JsonSchema:
        return {"of": self.of}

    def references(self, value: Stored, context: Context) -> Iterator[Problem]:
        name = context.config.get(self.of)
        attribute = context.catalog.attributes.get(name) if isinstance(name, str) else None
        if attribute is None:
            return
        try:
            attribute_value(attribute.kind, value)
        except UnfitValue as error:
            yield ill_typed("", self.title, error.expected)
            return
        chosen = value if isinstance(value, tuple) else (value,)
        if attribute.kind in {Kind.CATEGORY, Kind.MULTIPLE_CHOICE}:
            yield from (unknown_option("", each, attribute.name) for each in chosen if each not in attribute.options)

    def prepare(self, value: Prepared, config: Config, catalog: Catalog) -> Value:
        return attribute_value(catalog.attributes[config[self.of]].kind, value)


class TagName(Line):
    """A tag by name; one that does not exist yet is made."""

    widget = "tag"
    expects = Text("a tag", "une étiquette", "метку")


class ById(FormField):
    """Base of fields that hold the id of something."""

    picked = True

    def convert(self, value: Stored) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise Unfit(self.expects)
        return value

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "integer"}


class ListId(ById):
    """A contact list by id."""

    widget = "list"
    expects = Text("a list", "une liste", "список")

    def references(self, value: int, context: Context) -> Iterator[Problem]:
        if value not in context.catalog.lists:
            yield unknown_list("", value)


class SegmentId(ById):
    """A segment by id."""

    widget = "segment"
    expects = Text("a segment", "un segment", "сегмент")

    def references(self, value: int, context: Context) -> Iterator[Problem]:
        if value not in context.catalog.segments:
            yield unknown_segment("", value)


class TemplateId(ById):
    """A template of mail by id."""

    widget = "template"
    expects = Text("a template", "un modèle", "шаблон")

    def references(self, value: int, context: Context) -> Iterator[Problem]:
        if value not in context.catalog.templates:
            yield unknown_template("", value)

    def asks_event(self, value: Stored, catalog: Catalog) -> Iterator[Asked]:
        yield from catalog.template_events.get(value, ())


class SenderId(ById):
    """A sender of mail by id."""

    widget = "sender"
    expects = Text("a sender", "un expéditeur", "отправителя")

    def references(self, value: int, context: Context) -> Iterator[Problem]:
        if value not in context.catalog.senders:
            yield unknown_sender("", value)


class AutomationId(ById):
    """Another automation by id."""

    widget = "automation"
    expects = Text("an automation", "une automatisation", "автоматизацию")

    def references(self, value: int, context: Context) -> Iterator[Problem]:
        if value not in context.catalog.automations:
            yield unknown_automation("", value)


class PipelineId(ById):
    """A pipeline by id."""

    widget = "pipeline"
    expects = Text("a pipeline", "un pipeline", "воронку")

    def references(self, value: int, context: Context) -> Iterator[Problem]:
        if value not in context.catalog.pipelines:
            yield unknown_pipeline("", value)


class StageId(ById):
    """A stage, by id, of the pipeline that the field `pipeline` names, else of the default pipeline."""

    widget = "stage"
    expects = Text("a stage", "une étape", "этап")

    def __init__(self, title: Text, *, pipeline: str, **settings: Unpack[Settings]) -> None:
        super().__init__(title, **settings)
        self.pipeline = pipeline

    def options(self, language: Language) -> JsonSchema:
        return {"of": self.pipeline}

    def references(self, value: int, context: Context) -> Iterator[Problem]:
        chosen = context.config.get(self.pipeline)
        catalog = context.catalog
        pipeline = catalog.default_pipeline() if chosen is None else _pipeline(chosen, catalog)
        if pipeline is None and chosen is None:
            yield no_default_pipeline("")
        elif pipeline is not None and not pipeline.has(value):
            yield unknown_stage("", value, pipeline.name)


def _pipeline(chosen: Stored, catalog: Catalog) -> Pipeline | None:
    return catalog.pipelines.get(chosen) if isinstance(chosen, int) else None


_OF_KIND = Text("an attribute of type “{kinds}”", "un attribut de type « {kinds} »", "атрибут типа «{kinds}»")
