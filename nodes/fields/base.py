"""What every field of a step's form has: a title, a widget, a type, and the references it makes."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal, NamedTuple, TypeAlias, TypedDict

from marshmallow import ValidationError, fields, missing

from nodes.catalog import Asked, Catalog
from nodes.problems import Problem, ill_typed
from nodes.texts import Language, Text
from nodes.world import Json, Reads

Config: TypeAlias = Mapping[str, Any]
Stored: TypeAlias = Any  # a value as found in a document: any JSON
Prepared: TypeAlias = Any  # a value as a step uses it: its type is the field's own affair
TemplateCheck: TypeAlias = Callable[[str], Text | None]
JsonSchema: TypeAlias = dict[str, Json]
Opens: TypeAlias = Literal["each", "filled"]


class Unfit(ValueError):
    """A value is not what its field takes; `expected` completes “must be …”."""

    def __init__(self, expected: Text) -> None:
        super().__init__(expected.en)
        self.expected = expected


class Context(NamedTuple):
    """What a field is checked against: the workspace's names, the rest of the form, the syntax of templates.

    `check_template` returns what is wrong with a template, or None.
    """

    catalog: Catalog
    config: Config
    check_template: TemplateCheck


class Settings(TypedDict, total=False):
    """What any field can be told besides its title; see `FormField`."""

    help: Text | None
    required: bool
    default: Stored
    show_when: Mapping[str, Sequence[Stored]] | None


class FormField(fields.Field[Prepared]):
    """Base of all fields. `show_when` names fields and the values that make this one appear; else it is dropped.

    A field that is `picked` is chosen from what is offered, not written.
    `opens` tells how the value opens ways out of the step (see `ports`): one for `each` branch it lists, or one of the
    field's own name while it is `filled` in. Such a field is always shown.
    """

    widget: ClassVar[str]
    expects: ClassVar[Text]
    picked: ClassVar[bool] = False
    opens: ClassVar[Opens | None] = None

    def __init__(
        self,
        title: Text,
        *,
        help: Text | None = None,
        required: bool = True,
        default: Stored = None,
        show_when: Mapping[str, Sequence[Stored]] | None = None,
    ) -> None:
        self.title, self.help, self.show_when = title, help, dict(show_when or {})
        self.needed = required and default is None
        self.default = default
        always = self.needed and not self.show_when
        super().__init__(required=always, load_default=missing if always else None)

    @abstractmethod
    def convert(self, value: Stored) -> Prepared:
        """Return the value in its Python type; raises Unfit."""

    @abstractmethod
    def shape(self, language: Language) -> JsonSchema:
        """Return the JSON schema of the value, without title and help."""

    def options(self, language: Language) -> JsonSchema:
        """Return what the widget needs to know."""
        return {}

    def called(self, config: Config) -> Text:
        """Return the title that the rest of the form (defaults filled in) gives the field."""
        return self.title

    def trim(self, value: Stored, config: Config) -> Stored:
        """Return the value without the parts that the rest of the form (defaults filled in) hides."""
        return value

    def ports(self, name: str, value: Stored) -> Mapping[str, Text]:
        """Return the ways out that this value of the field `name` opens, in order; it need not be right."""
        return {}

    def masked(self, value: Stored) -> Stored:
        """Return the value (right or wrong) without what only those may see who may edit it."""
        return value

    def conditions(self, value: Stored) -> Iterator[tuple[str, Stored]]:
        """Return the written conditions in the (valid) value, each with its path."""
        yield from ()

    def references(self, value: Prepared, context: Context) -> Iterator[Problem]:
        """Find what the (converted) value refers to and does not exist."""
        yield from ()

    def reads(self, value: Stored) -> Reads:
        """Return the facts that this (valid) value makes the step need."""
        return Reads()

    def attributes(self, value: Stored) -> Iterator[str]:
        """Return the attributes that the value (right or wrong) names."""
        try:
            self.convert(value)
        except Unfit:
            return
        yield from self.reads(value).attributes

    def asks_event(self, value: Stored, catalog: Catalog) -> Iterator[Asked]:
        """Return what the texts behind this (valid) value ask of the event that let the contact in."""
        yield from ()

    def prepare(self, value: Prepared, config: Config, catalog: Catalog) -> Prepared:
        """Return what the step finds in its configuration, made once when the automation is compiled."""
        return value

    def check(self, value: Stored, context: Context) -> Iterator[Problem]:
        """Find everything wrong with the value."""
        try:
            converted = self.convert(value)
        except Unfit as error:
            yield ill_typed("", self.title, error.expected, picked=self.picked)
            return
        yield from self.references(converted, context)

    def json_schema(self, language: Language) -> JsonSchema:
        """Return the JSON schema of the field in `language`."""
        schema: JsonSchema = {"title": self.title.say(language), **self.shape(language)}
        if self.help is not None:
            schema["description"] = self.help.say(language)
        if self.default is not None:
            schema["default"] = self.default
        return schema

    def ui_schema(self, language: Language) -> JsonSchema:
        """Return how the form draws the field."""
        options = self.options(language)
        if self.show_when:
            options["showWhen"] = {name: list(values) for name, values in self.show_when.items()}
        drawn: JsonSchema = {"ui:widget": self.widget}
        return drawn | {"ui:options": options} if options else drawn

    def _deserialize(self, value: Stored, attr: str | None, data: Config | None, **kwargs: object) -> Prepared:
        try:
            return self.convert(value)
        except Unfit as error:
            raise ValidationError(f"Must be {error.expected.en}.") from error


def is_empty(value: Stored) -> bool:
    """Tell whether a field was left empty."""
    return value is None or value == ""
