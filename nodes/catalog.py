"""What the workspace has: the names a step may refer to. Read-only, small, loaded once a revision of the workspace."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from nodes.pressure import Cap
from nodes.quiet import Quiet
from nodes.texts import Language, Text, same


class Kind(StrEnum):
    """Type of a contact attribute."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    CATEGORY = "category"
    MULTIPLE_CHOICE = "multiple_choice"


KIND_LABELS: Final[Mapping[Kind, Text]] = {
    Kind.TEXT: Text("text", "texte", "текст"),
    Kind.NUMBER: Text("number", "nombre", "число"),
    Kind.DATE: Text("date", "date", "дата"),
    Kind.BOOLEAN: Text("yes/no", "oui/non", "да/нет"),
    Kind.CATEGORY: Text("category", "catégorie", "категория"),
    Kind.MULTIPLE_CHOICE: Text("multiple choice", "choix multiple", "множественный выбор"),
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """A contact attribute; `options` are the choices of a category or multiple choice, `id` how storage knows it."""

    name: str
    kind: Kind
    options: tuple[str, ...] = ()
    id: int = 0


@dataclass(frozen=True, slots=True)
class User:
    """A person who works in this workspace."""

    id: int
    email: str
    name: str
    roles: frozenset[str] = frozenset()
    active: bool = True
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a pipeline."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A sales pipeline; stages in order. `default` is the one meant when none is named."""

    id: int
    name: str
    stages: tuple[Stage, ...]
    default: bool = False

    def has(self, stage: int) -> bool:
        """Tell whether one of its stages has that id."""
        return any(each.id == stage for each in self.stages)


class Asked(NamedTuple):
    """What a text asks of the event that let the contact in; `defaulted`: it says what stands there without it."""

    name: str
    defaulted: bool


@dataclass(frozen=True, slots=True)
class ConsentTopic:
    """Something that contacts agree to hear about, by one channel: `email`, `sms` or `push`."""

    name: str
    channel: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything a document may refer to, by the key it is referred by.

    `template_events`: what each template asks of the event that let the contact in, where it asks anything.
    """

    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    users: Mapping[str, User] = field(default_factory=dict)
    lists: Mapping[int, str] = field(default_factory=dict)
    pipelines: Mapping[int, Pipeline] = field(default_factory=dict)
    automations: Mapping[int, str] = field(default_factory=dict)
    segments: Mapping[int, str] = field(default_factory=dict)
    templates: Mapping[int, str] = field(default_factory=dict)
    template_events: Mapping[int, tuple[Asked, ...]] = field(default_factory=dict)
    senders: Mapping[int, str] = field(default_factory=dict)
    consent_topics: Mapping[int, ConsentTopic] = field(default_factory=dict)
    watched_domains: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()
    event_titles: Mapping[str, Text] = field(default_factory=dict)
    quiet: Quiet | None = None
    caps: tuple[Cap, ...] = ()
    time_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    def automation_name(self, number: int) -> str:
        """Return the name of an automation, or its number where there is none any more."""
        return self.automations.get(number, f"#{number}")

    def event_title(self, name: str) -> Text:
        """Return what people call an event; one of the author's own by its name."""
        return self.event_titles.get(name, same(name))

    def topic_name(self, number: int) -> str:
        """Return the name of a topic, or its number where there is none any more."""
        found = self.consent_topics.get(number)
        return found.name if found else f"#{number}"

    def default_pipeline(self) -> Pipeline | None:
        """Return the pipeline meant when none is named."""
        return next((each for each in self.pipelines.values() if each.default), None)
