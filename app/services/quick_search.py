"""Which attributes are quick to search by among many contacts: those that segments look up and no automation writes.

An index makes a segment of a million contacts countable at once, and every write of its attribute several times
dearer. So nobody has to choose: what segments and automations say decides. Automations lay down in their configuration
what they write, and what they take from calls; a paused one is to go on. What people write by hand or by import is
little beside that. What comes with events nobody lays down, so it counts for nothing here.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app import db
from app.adapters import attribute_indexes, queue
from app.adapters.catalog import load_catalog
from app.adapters.locks import alone
from app.models import Automation, AutomationState, AutomationVersion, Segment
from nodes.catalog import Attribute, Catalog
from nodes.conditions import parse
from nodes.contract import Node
from nodes.errors import ConditionError
from nodes.fields import AttributeName, PayloadMapping
from nodes.registry import registry

MANY: Final = 100_000
"""With fewer contacts every search is quick."""

_JOB: Final = "app.jobs.quick_search.keep_up"
_LOCK: Final = 83  # any number that no other lock has
_WRITING: Final = (AutomationState.ACTIVE, AutomationState.PAUSED)

log = logging.getLogger(__name__)


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
            _try(partial(attribute_indexes.drop, attribute_id), attribute_id)
        for attribute_id in sorted(wanted.keys() - there):
            _try(partial(attribute_indexes.make, wanted[attribute_id]), attribute_id)


def _try(change: Callable[[], None], attribute_id: int) -> None:
    """One attribute that cannot be seen to is no reason to leave out the others."""
    try:
        change()
    except DBAPIError as error:
        log.warning("The index on attribute %d was left as it is (%s).", attribute_id, type(error.orig).__name__)


def _wanted() -> list[Attribute]:
    if attribute_indexes.contacts() < MANY:
        return []
    catalog = load_catalog()
    with db.transaction() as session:
        names = set(_asked_for(session, catalog)) - set(_written(session))
    return [catalog.attributes[name] for name in names]


def _asked_for(session: Session, catalog: Catalog) -> Iterator[str]:
    for condition in session.scalars(select(Segment.condition)):
        try:
            yield from attribute_indexes.useful(parse(condition), catalog)
        except ConditionError:  # written before a word of the language changed
            continue


def _written(session: Session) -> Iterator[str]:
    """Name the attributes that automations write: those that an action names, or that calls to a step bring."""
    live = select(AutomationVersion.document).join(Automation, Automation.live_version_id == AutomationVersion.id)
    for document in session.scalars(live.where(Automation.state.in_(_WRITING))):
        for step in document["nodes"]:
            node = registry().get(step["type"])
            if node is not None:
                yield from _written_by(node, step["config"])


def _written_by(node: Node, config: Mapping[str, Any]) -> Iterator[str]:
    for name, field in node.schema().form.items():
        if isinstance(field, AttributeName) and node.kind == "action":
            yield str(config.get(name) or field.default)
        elif isinstance(field, PayloadMapping):
            yield from config.get(name, {}).get("attributes", ())
