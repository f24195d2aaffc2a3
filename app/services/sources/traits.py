"""Where the traits of people go: to attributes of their own name, or to those that an admin chose."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import orjson
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app import db
from app.adapters.catalog import load_catalog
from app.errors import Invalid, NotFound, Problem
from app.models import Source, SourceTrait
from app.services import audit, values
from app.services.attribute_values import read_loosely
from nodes.catalog import Attribute, Catalog

MOST_TRAITS: Final = 500
IDENTIFYING: Final = frozenset({"email", "phone", "id"})
"""Traits that say who somebody is: see `app.services.sources.people`."""

_LONGEST_TRAIT: Final = 100
_NO_LETTERS = re.compile(r"[\W_]+")


class TraitView(NamedTuple):
    """A trait that was met. `attribute`: where it goes by now, None nowhere; `chosen`: somebody said where."""

    name: str
    example: str
    attribute: str | None
    chosen: bool
    ignored: bool


class Decision(NamedTuple):
    """What an admin said of a trait."""

    attribute_id: int | None
    ignored: bool


@dataclass(slots=True)
class Aims:
    """Where a source's traits go. `met` collects those that are new, each with an example."""

    source: int
    decided: Mapping[str, Decision]
    by_id: Mapping[int, Attribute]
    by_name: Mapping[str, Attribute]
    met: dict[str, str] = field(default_factory=dict)

    def target(self, trait: str) -> Attribute | None:
        """Return the attribute that a trait goes to, if any."""
        decision = self.decided.get(trait)
        if decision is None or not (decision.ignored or decision.attribute_id):
            return self.by_name.get(_plain(trait))
        return None if decision.ignored else self.by_id.get(decision.attribute_id or 0)

    def attributes(self, traits: Mapping[str, object], problems: list[Problem]) -> dict[str, object]:
        """Return traits as attributes by NAME, and add what has nowhere to go to the problems."""
        found: dict[str, object] = {}
        for trait, value in _flat(traits):
            if trait in IDENTIFYING:
                continue
            self._meet(trait, value)
            target = self.target(trait)
            if target is not None and _fits(target, trait, value, problems):
                found[target.name] = value
            elif target is None and not self._is_ignored(trait):
                remedy = "Choose where it goes under Traits."
                problems.append(Problem(f"traits.{trait}", "unmapped", f"There is no attribute for “{trait}”.", remedy))
        return found

    def _is_ignored(self, trait: str) -> bool:
        return trait in self.decided and self.decided[trait].ignored

    def _meet(self, trait: str, value: object) -> None:
        if trait not in self.decided and len(self.decided) + len(self.met) < MOST_TRAITS:
            self.met.setdefault(trait, values.shortened(value if isinstance(value, str) else _json(value)))


def aims(session: Session, source: int, catalog: Catalog) -> Aims:
    """Return where the traits of a source go."""
    rows = session.execute(
        select(SourceTrait.name, SourceTrait.attribute_id, SourceTrait.ignored).where(SourceTrait.source_id == source)
    )
    return Aims(
        source,
        {name: Decision(attribute_id, ignored) for name, attribute_id, ignored in rows},
        {each.id: each for each in catalog.attributes.values()},
        {_plain(name): each for name, each in catalog.attributes.items()},
    )


def remember(session: Session, aims: Aims) -> None:
    """Keep the traits that were met for the first time, in an order in which others keep theirs."""
    if aims.met:
        rows = [{"source_id": aims.source, "name": name, "example": aims.met[name]} for name in sorted(aims.met)]
        session.execute(insert(SourceTrait).on_conflict_do_nothing(), rows)


def every(source_id: int) -> Sequence[TraitView]:
    """Return the traits that a source said of people, by name. Raises NotFound."""
    with db.transaction() as session:
        if session.get(Source, source_id) is None:
            raise NotFound.thing("source", source_id)
        known = aims(session, source_id, load_catalog())
        met = select(SourceTrait).where(SourceTrait.source_id == source_id).order_by(func.lower(SourceTrait.name))
        return [_view(each, known.target(each.name)) for each in session.scalars(met)]


def decide(source_id: int, trait: str, attribute: str | None, *, ignored: bool) -> None:
    """Say where a trait goes from now on: to an attribute, nowhere, or by its own name. Raises NotFound, Invalid."""
    with db.transaction() as session:
        target = load_catalog().attributes.get(attribute) if attribute else None
        if attribute and target is None:
            message = f"There is no attribute “{values.shortened(attribute)}”."
            raise Invalid.field("attribute", "unknown_attribute", message, "Create it first.")
        decided = {"attribute_id": target.id if target and not ignored else None, "ignored": ignored}
        mine = (SourceTrait.source_id == source_id, SourceTrait.name == trait)
        if session.scalar(update(SourceTrait).where(*mine).values(decided).returning(SourceTrait.name)) is None:
            raise NotFound.thing("trait", values.shortened(trait))
        audit.record("source.trait_mapped", "source", source_id, {"trait": trait, "attribute": attribute})


def _view(trait: SourceTrait, target: Attribute | None) -> TraitView:
    return TraitView(
        trait.name, trait.example, target.name if target else None, trait.attribute_id is not None, trait.ignored
    )


def _flat(traits: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """One level of what is nested, as `address.city`."""
    for name, value in traits.items():
        inner = value.items() if isinstance(value, dict) else ((None, value),)
        for key, each in inner:
            yield values.shortened(f"{name}.{key}" if key is not None else name)[:_LONGEST_TRAIT], each


def _fits(attribute: Attribute, trait: str, value: object, problems: list[Problem]) -> bool:
    try:
        read_loosely(attribute, value)
    except Invalid as refusal:
        problems.append(
            Problem(f"traits.{trait}", "unfit", refusal.message, "Send another value, or map it elsewhere.")
        )
        return False
    return True


def _plain(name: str) -> str:
    """What names have in common however they are written: firstName, first_name, FIRSTNAME."""
    return _NO_LETTERS.sub("", name).upper()


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
