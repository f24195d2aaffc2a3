"""Texts with places to fill in: `{{ contact.FIRSTNAME }}`."""

import json
import re
from collections.abc import Iterator
from typing import Final, Unpack

from nodes.catalog import Asked, Catalog
from nodes.conditions.subjects import CONTACT_FIELDS
from nodes.fields.base import Config, Context, FormField, JsonSchema, Prepared, Settings, Stored, Unfit
from nodes.problems import Problem, unknown_attribute
from nodes.texts import Language, Text
from nodes.world import Json, Reads

LONGEST_TEMPLATE: Final = 10_000
_PLACES = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
_NAMES = re.compile(r"\bcontact\.([A-Za-z_]\w*)")
_EVENT_NAMES = re.compile(r"""\bevent(?:\.([A-Za-z_]\w*)|\[\s*\\?["']([^"'\\\]]+)\\?["']\s*\])""")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_MASK: Final = "***"
EVENT_NAME: Final = "event_name"
EVENT_TIME: Final = "event_time"
OF_EVENTS: Final = (EVENT_NAME, EVENT_TIME)
"""What every event has besides its properties."""
INTERESTS: Final = ("interest", "latest_interest")
"""What a contact is interested in, by the pages that it viewed: most, and last."""

SPECIAL: Final = frozenset({*CONTACT_FIELDS, *INTERESTS, "owner", "company"})


class TemplateText(FormField):
    """A text of one or more lines, filled in for each contact."""

    widget = "template_text"
    expects = Text("a text", "un texte", "текст")

    def __init__(self, title: Text, *, one_line: bool = False, **settings: Unpack[Settings]) -> None:
        super().__init__(title, **settings)
        self.one_line = one_line

    def convert(self, value: Stored) -> str:
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEMPLATE:
            raise Unfit(self.expects)
        return value

    def shape(self, language: Language) -> JsonSchema:
        return {"type": "string", "maxLength": LONGEST_TEMPLATE}

    def options(self, language: Language) -> JsonSchema:
        names = (*CONTACT_FIELDS, *INTERESTS)
        variables = [*(f"contact.{name}" for name in names), *(f"event.{name}" for name in OF_EVENTS)]
        return {"variables": variables, "multiline": not self.one_line}

    def references(self, value: str, context: Context) -> Iterator[Problem]:
        fault = context.check_template(value)
        if fault is not None:
            yield Problem("", "invalid_template", fault, _MEND_TEMPLATE)
        for name in sorted(names_in(value) - SPECIAL):
            if name not in context.catalog.attributes:
                yield unknown_attribute("", name)

    def reads(self, value: str) -> Reads:
        return reads_of(value)

    def asks_event(self, value: Stored, catalog: Catalog) -> Iterator[Asked]:
        return asked_of_event(value)


class JsonTemplate(TemplateText):
    """A JSON document whose texts are templates; prepared as parsed JSON, so that no value can break its form."""

    expects = Text("a JSON document", "un document JSON", "документ JSON")

    def convert(self, value: Stored) -> str:
        text = super().convert(value)
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            raise Unfit(self.expects) from None
        return text

    def prepare(self, value: Prepared, config: Config, catalog: Catalog) -> Json:
        parsed: Json = json.loads(value)
        return parsed


class HeaderLines(TemplateText):
    """HTTP headers, one `Name: value` a line; prepared as pairs of name and template."""

    expects = Text(
        "one header a line, such as X-Token: abc",
        "un en-tête par ligne, comme X-Token: abc",
        "по одному заголовку в строке, например X-Token: abc",
    )

    def convert(self, value: Stored) -> str:
        text = super().convert(value)
        for line in filter(str.strip, text.splitlines()):
            name, colon, _ = line.partition(":")
            if not colon or not _HEADER.fullmatch(name.strip()) or len(name) > len(text):
                raise Unfit(self.expects)
        return text

    def prepare(self, value: Prepared, config: Config, catalog: Catalog) -> tuple[tuple[str, str], ...]:
        lines = (line.partition(":") for line in str(value).splitlines() if line.strip())
        return tuple((name.strip(), text.strip()) for name, _, text in lines)

    def masked(self, value: Stored) -> str:
        lines = (line.partition(":") for line in str(value).splitlines())
        return "\n".join(f"{name}: {_MASK}" if colon else _MASK for name, colon, _ in lines)


def reads_of(template: str) -> Reads:
    """Return the facts that a template needs of the contact."""
    names = names_in(template)
    return Reads(
        attributes=frozenset(names - SPECIAL),
        fields=not names.isdisjoint(CONTACT_FIELDS),
        owner="owner" in names,
        company="company" in names,
        interests=not names.isdisjoint(INTERESTS),
    )


def names_in(template: str) -> set[str]:
    """Return what a template asks of the contact: `{{ contact.FIRSTNAME }}` asks for `FIRSTNAME`."""
    return {name for place in _PLACES.findall(template) for name in _NAMES.findall(place)}


def undefaulted_names_in(template: str) -> set[str]:
    """Return what a template asks of the contact without saying what to write where it is missing."""
    places = (place for place in _PLACES.findall(template) if "default" not in place)
    return {name for place in places for name in _NAMES.findall(place)}


def asked_of_event(template: str) -> Iterator[Asked]:
    """Return what a template asks of the event that let the contact in, in order."""
    for place in _PLACES.findall(template):
        for found in _EVENT_NAMES.finditer(place):
            yield Asked(found[1] or found[2], "default" in place)


def asks_event(template: str) -> bool:
    """Tell whether a template asks anything of the event."""
    return next(asked_of_event(template), None) is not None


_MEND_TEMPLATE = Text(
    "Write placeholders like {{ contact.EMAIL }}.".replace("{", "{{").replace("}", "}}"),
    "Écrivez des champs comme {{ contact.EMAIL }}.".replace("{", "{{").replace("}", "}}"),
    "Пишите поля так: {{ contact.EMAIL }}.".replace("{", "{{").replace("}", "}}"),
)
