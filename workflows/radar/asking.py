"""What conditions speak of, and what is known after a change."""

import re
from collections.abc import Iterator
from typing import Final

from nodes.catalog import Catalog, Kind
from nodes.conditions import OPERATORS, All, AnyOf, Condition, Leaf, Not, contradicts
from nodes.conditions.consents import OfConsent
from nodes.conditions.subjects import OfAttribute, OfList, OfTag, Subject
from nodes.declared import Thing, Write, thing_of

# What workspaces call the attribute or tag that says whether a contact may be written to.
_CONSENT: Final = re.compile(r"CONSENT|OPT.?IN|SUBSCRI|NEWSLETTER|GDPR|RGPD|ABONN|СОГЛАС|ПОДПИС", re.IGNORECASE)


def subjects(condition: Condition) -> Iterator[Subject]:
    """Return everything that a condition compares."""
    if isinstance(condition, Leaf):
        yield condition.subject
    elif isinstance(condition, Not):
        yield from subjects(condition.part)
    else:
        for part in condition.parts:
            yield from subjects(part)


def things(condition: Condition) -> frozenset[Thing]:
    """Return the things a condition speaks of that automations share."""
    return frozenset(thing for subject in subjects(condition) if (thing := thing_of(subject)))


def atoms(condition: Condition, *, wanted: bool = True) -> Iterator[Condition]:
    """Cut a condition that holds, or does not, into parts that all hold."""
    if isinstance(condition, Not):
        yield from atoms(condition.part, wanted=not wanted)
    elif isinstance(condition, All if wanted else AnyOf):
        for part in condition.parts:
            yield from atoms(part, wanted=wanted)
    else:
        yield condition if wanted else Not(condition)


def after(write: Write, catalog: Catalog) -> Condition | None:
    """Return what holds for a contact right after a change, if it can be said."""
    kind, key = write.thing
    if kind == "tag":
        return Leaf(OfTag(key), "has" if write.how == "put" else "has_not")
    if kind == "list":
        return Leaf(OfList(int(key)), "in" if write.how == "put" else "not_in")
    operand = OfAttribute(key).operand(catalog) if kind == "attribute" and write.how == "set" else None
    if operand is None:
        return None
    if write.value is None:
        return Leaf(OfAttribute(key), "empty")
    if isinstance(write.value, str | int | float) and "eq" in OPERATORS[operand]:
        return Leaf(OfAttribute(key), "eq", write.value)
    return None


def consents(condition: Condition, catalog: Catalog) -> Iterator[Thing]:
    """Return what stands for consent and is given by all who meet a condition: a topic, a list, an attribute, a tag."""
    for subject in subjects(condition):
        thing, given = thing_of(subject), _given(subject, catalog)
        if thing and given and contradicts(All((condition, Not(given))), catalog):
            yield thing


def _given(subject: Subject, catalog: Catalog) -> Condition | None:
    if isinstance(subject, OfList):
        return Leaf(subject, "in")
    if isinstance(subject, OfConsent):
        return Leaf(subject, "given")
    if isinstance(subject, OfTag) and _CONSENT.search(subject.tag):
        return Leaf(subject, "has")
    if isinstance(subject, OfAttribute) and _CONSENT.search(subject.attribute):
        attribute = catalog.attributes.get(subject.attribute)
        return Leaf(subject, "eq", True) if attribute and attribute.kind is Kind.BOOLEAN else Leaf(subject, "not_empty")
    return None
