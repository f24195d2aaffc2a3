"""Which attributes are quick to search by: those that segments ask for and no automation writes, among many contacts.

An index makes a segment of a million contacts countable at once, and every write of its attribute several times
dearer. So nobody has to choose: what segments and live automations say decides. Automations lay down what they write
in their configuration, and what people write by hand or by import is little beside that.
"""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.adapters import attribute_indexes, queue
from app.adapters.catalog import load_catalog
from app.adapters.locks import alone
from app.models import Automation, AutomationState, AutomationVersion, Segment
from nodes.catalog import Attribute
from nodes.conditions import parse, reads
from nodes.errors import ConditionError
from nodes.fields import AttributeName
from nodes.registry import registry

MANY: Final = 100_000
"""With fewer contacts every search is quick."""

_JOB: Final = "app.jobs.quick_search.keep_up"
_LOCK: Final = 83  # any number that no other lock has


def ask() -> None:
    """Let a worker see to it, once the current transaction is durable; the clock does so now and then, too."""
    db.after_commit(lambda: queue.enqueue(_JOB))


def keep_up() -> None:
    """Make the indexes that are wanted and missing, and drop those that are wanted no more."""
    with alone(_LOCK) as ours:
        if not ours:
            return
        wanted = {attribute.id: attribute for attribute in _wanted()}
        there = attribute_indexes.found()
        for attribute_id in there - wanted.keys():
            attribute_indexes.drop(attribute_id)
        for attribute_id in sorted(wanted.keys() - there):
            attribute_indexes.make(wanted[attribute_id])


def _wanted() -> list[Attribute]:
    if attribute_indexes.contacts() < MANY:
        return []
    with db.transaction() as session:
        names = set(_asked_for(session)) - set(_written(session))
    attributes = load_catalog().attributes
    return [attributes[name] for name in names if name in attributes]


def _asked_for(session: Session) -> Iterator[str]:
    for condition in session.scalars(select(Segment.condition)):
        try:
            yield from reads(parse(condition)).attributes
        except ConditionError:  # written before a word of the language changed
            continue


def _written(session: Session) -> Iterator[str]:
    """Name the attributes that an action of an active automation names: those it writes."""
    live = select(AutomationVersion.document).join(Automation, Automation.live_version_id == AutomationVersion.id)
    for document in session.scalars(live.where(Automation.state == AutomationState.ACTIVE)):
        for step in document["nodes"]:
            node = registry().get(step["type"])
            if node is not None and node.kind == "action":
                fields = node.schema().form.items()
                named = ((name, field) for name, field in fields if isinstance(field, AttributeName))
                yield from (str(step["config"].get(name) or field.default) for name, field in named)
