"""Fields that name something of the workspace: attributes, people, lists, tags, pipelines."""

from collections.abc import Iterator, Sequence
from typing import Unpack

from nodes.catalog import Asked, Catalog, Kind, Pipeline
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
    unknown_role,
    unknown_segment,
    unknown_sender,
    unknown_stage,
    unknown_template,
    unknown_user,
)
from nodes.texts import Language, Text
from nodes.world import Reads, Value


class AttributeName(FormField):
    """A contact attribute by name; `kinds` narrows the choice."""

    widget = "attribute"
    expects = Text("the name of an attribute", "le nom d’un attribut", "имя атрибута")

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
            yield ill_typed("", self.title, _OF_KIND.format(kinds=", ".join(self.kinds)))

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


class UserEmail(FormField):
    """A user by email."""

    widget = "user"
    expects = Text("the email of a user", "l’e-mail d’un utilisateur", "адрес пользователя")

    def convert(self, value: Stored) -> str:
        if not isinstance(value, str) or not value.strip():
            raise Unfit(self.expects)
        return value

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "string"}

    def references(self, value: str, context: Context) -> Iterator[Problem]:
        if not is_active(value, context.catalog):
            yield unknown_user("", value)


class UserEmails(FormField):
    """One or more users by email, each once; of `sellers`, only those are offered whose work it is to own contacts."""

    widget = "users"
    expects = Text("the emails of one or more users", "les e-mails d’utilisateurs", "адреса пользователей")

    def __init__(self, title: Text, *, sellers: bool = False, **settings: Unpack[Settings]) -> None:
        super().__init__(title, **settings)
        self.sellers = sellers

    def convert(self, value: Stored) -> tuple[str, ...]:
        if not isinstance(value, list) or not value or not all(isinstance(each, str) and each for each in value):
            raise Unfit(self.expects)
        return tuple(dict.fromkeys(value))

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}

    def options(self, language: Language) -> JsonSchema:
        return {"sellers": True} if self.sellers else {}

    def references(self, value: tuple[str, ...], context: Context) -> Iterator[Problem]:
        for index, email in enumerate(value):
            if not is_active(email, context.catalog):
                yield unknown_user(f"[{index}]", email)


class RoleName(FormField):
    """A role that users have."""

    widget = "role"
    expects = Text("the name of a role", "le nom d’un rôle", "название роли")

    def convert(self, value: Stored) -> str:
        if not isinstance(value, str) or not value:
            raise Unfit(self.expects)
        return value

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "string"}

    def references(self, value: str, context: Context) -> Iterator[Problem]:
        if value not in context.catalog.roles:
            yield unknown_role("", value)


class TagName(Line):
    """A tag by name; one that does not exist yet is made."""

    widget = "tag"
    expects = Text("a tag", "une étiquette", "метку")


class ById(FormField):
    """Base of fields that hold the id of something."""

    def convert(self, value: Stored) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise Unfit(self.expects)
        return value

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "integer"}


class ListId(ById):
    """A contact list by id."""

    widget = "list"
    expects = Text("the id of a list", "l’identifiant d’une liste", "номер списка")

    def references(self, value: int, context: Context) -> Iterator[Problem]:
        if value not in context.catalog.lists:
            yield unknown_list("", value)


class SegmentId(ById):
    """A segment by id."""

    widget = "segment"
    expects = Text("the id of a segment", "l’identifiant d’un segment", "номер сегмента")

    def references(self, value: int, context: Context) -> Iterator[Problem]:
        if value not in context.catalog.segments:
            yield unknown_segment("", value)


class TemplateId(ById):
    """A template of mail by id."""

    widget = "template"
    expects = Text("the id of a template", "l’identifiant d’un modèle", "номер шаблона")

    def references(self, value: int, context: Context) -> Iterator[Problem]:
        if value not in context.catalog.templates:
            yield unknown_template("", value)

    def asks_event(self, value: Stored, catalog: Catalog) -> Iterator[Asked]:
        yield from catalog.template_events.get(value, ())


class SenderId(ById):
    """A sender of mail by id."""

    widget = "sender"
    expects = Text("the id of a sender", "l’identifiant d’un expéditeur", "номер отправителя")

    def references(self, value: int, context: Context) -> Iterator[Problem]:
        if value not in context.catalog.senders:
            yield unknown_sender("", value)


class AutomationId(ById):
    """Another automation by id."""

    widget = "automation"
    expects = Text("the id of an automation", "l’identifiant d’une automatisation", "номер автоматизации")

    def references(self, value: int, context: Context) -> Iterator[Problem]:
        if value not in context.catalog.automations:
            yield unknown_automation("", value)


class PipelineId(ById):
    """A pipeline by id."""

    widget = "pipeline"
    expects = Text("the id of a pipeline", "l’identifiant d’un pipeline", "номер воронки")

    def references(self, value: int, context: Context) -> Iterator[Problem]:
        if value not in context.catalog.pipelines:
            yield unknown_pipeline("", value)


class StageId(ById):
    """A stage, by id, of the pipeline that the field `pipeline` names, else of the default pipeline."""

    widget = "stage"
    expects = Text("the id of a stage", "l’identifiant d’une étape", "номер этапа")

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


def is_active(email: str, catalog: Catalog) -> bool:
    """Tell whether a user of that email exists and still works here."""
    user = catalog.users.get(email)
    return user is not None and user.active


def _pipeline(chosen: Stored, catalog: Catalog) -> Pipeline | None:
    return catalog.pipelines.get(chosen) if isinstance(chosen, int) else None


_OF_KIND = Text("an attribute of kind {kinds}", "un attribut de type {kinds}", "атрибут вида {kinds}")
