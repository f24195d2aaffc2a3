"""Two runs in one automation that become one contact's: docs/contacts.md tells it to people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.bulk import among
from app.adapters.merging.runs import Double, doubles
from app.models import AutomationVersion
from app.services.views import Reference
from workflows.document import Document, load
from workflows.graph import reached_from

Fate: TypeAlias = Literal["both", "kept", "other"]
"""Whose run goes on: both, the kept contact's, or the other's."""


@dataclass(frozen=True, slots=True)
class Inside:
    """An automation in which both contacts are, whose run goes on, and the number of the one that ends."""

    automation: Reference
    goes_on: Fate
    ends: int | None


def settled(session: Session, merged: int, kept: int) -> Sequence[Inside]:
    """Tell of each automation in which both contacts are what becomes of their runs.

    Where one stands on the other's way, whoever is further on goes on: it has done already what the other is to do.
    Where neither does, both go on, and no step that waits is lost.
    """
    found = doubles(session, merged, kept)
    numbers = {version for each in found for version in each.versions}
    wanted = select(AutomationVersion.id, AutomationVersion.document).where(among(AutomationVersion.id, numbers))
    documents = {number: load(document) for number, document in session.execute(wanted)}
    return [_inside(each, documents[max(each.versions)]) for each in found]


def _inside(double: Double, document: Document) -> Inside:
    about = Reference(double.automation, double.name)
    ahead = _ahead(double, document)
    if ahead is None:
        return Inside(about, "both", None)
    return Inside(about, ("kept", "other")[ahead], double.runs[1 - ahead])


def _ahead(double: Double, document: Document) -> int | None:
    """Return which run is further on; at the same step, the one that came there first."""
    kept, other = double.steps
    if kept == other:
        return int(double.arrived[1] < double.arrived[0])
    if not {kept, other} <= {node.id for node in document.nodes}:
        return None
    if kept in reached_from(document, [other]):
        return 0
    return 1 if other in reached_from(document, [kept]) else None
