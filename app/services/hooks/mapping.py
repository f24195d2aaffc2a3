"""Making an event of what was sent, as the step's author mapped it."""

from dataclasses import replace

import orjson

from app.errors import Invalid, Problem
from app.services import values
from app.services.attribute_values import read_loosely
from app.services.contacts import Identifier, IdentifierKind
from app.services.contacts.inputs import normalised
from app.services.hooks.payload import Values
from app.services.incoming import LONGEST_MESSAGE_ID, IncomingEvent
from nodes.catalog import Catalog
from nodes.fields import PayloadMap
from nodes.world import SUBJECTS, Json


def event_of(name: str, place: str, mapping: PayloadMap, sent: Values, catalog: Catalog) -> IncomingEvent:
    """Return the event that a call to the step at `place` stands for.

    What was not sent, or is null, leaves the contact as it is; at least one identifier must be there. Identifiers are
    no properties of the event. Raises Invalid, naming every path that cannot be read.
    """
    problems: list[Problem] = []
    who: list[Identifier] = []
    attributes: dict[str, object] = {}
    message_id: str | None = None
    for kind, path in mapping.identifiers.items():
        try:
            who += _identifier(kind, path, sent.get(path))  # type: ignore[arg-type] # the form knows these kinds only
        except Invalid as refusal:
            problems += _at(path, refusal)
    for attribute, path in mapping.attributes.items():
        if sent.get(path) is None:
            continue
        try:
            _demand_fitting(attribute, sent[path], catalog)
            attributes[attribute] = sent[path]
        except Invalid as refusal:
            problems += _at(path, refusal)
    if mapping.message_id is not None:
        try:
            message_id = _text(mapping.message_id, sent.get(mapping.message_id), LONGEST_MESSAGE_ID)
        except Invalid as refusal:
            problems += _at(mapping.message_id, refusal)
    if not who and not problems:
        problems.append(_nobody(mapping))
    if problems:
        raise Invalid(problems[0].message, problems)
    rest = {path: value for path, value in sent.items() if path not in mapping.identifiers.values()}
    return IncomingEvent(name, who, None, orjson.dumps({**rest, SUBJECTS[name]: place}), attributes, message_id)


def _identifier(kind: IdentifierKind, path: str, value: Json) -> list[Identifier]:
    text = _text(path, value)
    return [normalised(Identifier(kind, text))] if text else []


def _demand_fitting(name: str, value: Json, catalog: Catalog) -> None:
    """The contact is written later; what does not fit would be left out there without a word."""
    attribute = catalog.attributes.get(name)
    if attribute is None:
        message = f"There is no attribute {name} any more."
        raise Invalid.field("", "unknown_attribute", message, "Create it again, or change the step's mapping.")
    read_loosely(attribute, value)


def _text(path: str, value: object, longest: int = values.LONGEST_TEXT) -> str | None:
    """Numbers are taken for their digits: many tools number their customers and orders."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return None if value is None else values.storable(path, value, longest).strip() or None


def _at(path: str, refusal: Invalid) -> list[Problem]:
    return [replace(each, field=path) for each in refusal.problems]


def _nobody(mapping: PayloadMap) -> Problem:
    paths = ", ".join(mapping.identifiers.values())
    message = f"Nothing says whose this is: {paths} was not sent, or is empty."
    return Problem(next(iter(mapping.identifiers.values())), "nobody_named", message, "Send it, or change the mapping.")
