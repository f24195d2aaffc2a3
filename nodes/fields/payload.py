"""Where in the JSON that another tool sends stands what: whose it is, and what is written to attributes."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, TypeGuard

from nodes.catalog import Catalog
from nodes.fields.base import Config, Context, FormField, JsonSchema, Prepared, Stored, Unfit
from nodes.problems import Problem, nobody_named, unknown_attribute
from nodes.texts import Language, Text

IDENTIFIERS: Final = ("email", "ext_id", "phone")
LONGEST_PATH: Final = 255
MOST_ATTRIBUTES: Final = 100
_PARTS: Final = frozenset({*IDENTIFIERS, "message_id", "attributes"})


@dataclass(frozen=True, slots=True)
class PayloadMap:
    """Paths like `customer.emails.0`: of identifiers by kind, in order of precedence, and of attributes by name.

    `message_id` is the path of the sender's own id of the call.
    """

    identifiers: Mapping[str, str]
    attributes: Mapping[str, str]
    message_id: str | None = None


class PayloadMapping(FormField):
    """Says where the contact's identifiers and attributes stand in a payload; prepared as a `PayloadMap`."""

    widget = "payload_mapping"
    expects = Text(
        "paths like customer.email, each with its target",
        "des chemins comme customer.email, chacun avec sa cible",
        "пути вроде customer.email, каждый со своей целью",
    )

    def convert(self, value: Stored) -> PayloadMap:
        if not isinstance(value, Mapping) or not value.keys() <= _PARTS:
            raise Unfit(self.expects)
        attributes = value.get("attributes", {})
        if not isinstance(attributes, Mapping) or len(attributes) > MOST_ATTRIBUTES:
            raise Unfit(self.expects)
        paths = [value[part] for part in value if part != "attributes"] + list(attributes.values())
        if not all(_is_path(path) for path in paths):
            raise Unfit(self.expects)
        given = {kind: value[kind] for kind in IDENTIFIERS if kind in value}
        return PayloadMap(given, dict(attributes), value.get("message_id"))

    def shape(self, language: Language) -> JsonSchema:
        path: JsonSchema = {"type": "string", "minLength": 1, "maxLength": LONGEST_PATH}
        attributes: JsonSchema = {"type": "object", "additionalProperties": path, "maxProperties": MOST_ATTRIBUTES}
        parts: JsonSchema = dict.fromkeys((*IDENTIFIERS, "message_id"), path)
        return {"type": "object", "properties": {**parts, "attributes": attributes}, "additionalProperties": False}

    def references(self, value: PayloadMap, context: Context) -> Iterator[Problem]:
        if not value.identifiers:
            yield nobody_named("")
        for name in value.attributes:
            if name not in context.catalog.attributes:
                yield unknown_attribute("attributes", name)

    def attributes(self, value: Stored) -> Iterator[str]:
        with suppress(Unfit):
            yield from self.convert(value).attributes

    def prepare(self, value: Prepared, config: Config, catalog: Catalog) -> PayloadMap:
        mapping: PayloadMap = value
        return mapping


def _is_path(value: Any) -> TypeGuard[str]:  # noqa: ANN401 - as found in a document
    return isinstance(value, str) and 0 < len(value) <= LONGEST_PATH
