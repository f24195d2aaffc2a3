"""Trying a mapping before it is in force: examples that its author gives, and what would come of a call by it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from app import db
from app.adapters.catalog import load_catalog
from app.errors import Invalid
from app.models import CallResult
from app.services import contacts
from app.services.attribute_values import read_loosely
from app.services.automations.drafts import demand_editable, find
from app.services.contacts import lookup
from app.services.hooks import addresses, calls
from app.services.hooks.calls import CallView, Sent
from app.services.hooks.mapping import event_of
from app.services.hooks.payload import table
from app.services.values import shortened
from app.services.views import Reference
from nodes.catalog import Catalog
from nodes.fields import PayloadMap
from nodes.world import SUBJECTS


class Said(NamedTuple):
    """A value in short, and what it is: a kind of identifier, or the name of an attribute."""

    name: str
    value: str


class Preview(NamedTuple):
    """What would come of a call: `problem` as it would be refused, else whose it is and what is written.

    `contact` is None for somebody new.
    """

    problem: Mapping[str, Any] | None
    contact: Reference | None = None
    identifiers: Sequence[Said] = ()
    attributes: Sequence[Said] = ()
    message_id: str | None = None


def keep_example(automation_id: int, step: str, payload: Mapping[str, Any]) -> CallView:
    """Keep what the author says will be sent, as if it had been sent before the step ran. Nobody enters.

    Raises NotFound, Conflict, and Invalid as calls are refused that cannot be kept.
    """
    table(payload)
    with db.transaction() as session:
        demand_editable(find(session, automation_id))
        hook = addresses.demand(session, automation_id, step)
        return calls.view_of(session, calls.keep(hook, Sent(payload), CallResult.EXAMPLE))


def preview(automation_id: int, step: str, call_id: int, mapping: PayloadMap) -> Preview:
    """Return what would come of a call by this mapping; nothing is written.

    Raises NotFound, and Invalid if the mapping names nobody.
    """
    if not mapping.identifiers:
        message, remedy = "The mapping does not say whose a call is.", "Give the path of an e-mail, an id or a phone."
        raise Invalid.field("mapping", "nobody_named", message, remedy)
    with db.transaction() as session:
        hook = addresses.demand(session, automation_id, step)
        call = calls.find(session, hook, call_id)
        payload, message_id = call.payload, call.message_id
    catalog = load_catalog()
    try:
        event = event_of(next(iter(SUBJECTS)), "", mapping, table(payload), catalog)
    except Invalid as refusal:
        return Preview(calls.problem_of(refusal))
    known = next((each for each in lookup.resolve(event.who) if each is not None), None)
    return Preview(
        None,
        _named(known),
        [Said(each.kind, str(each.value)) for each in event.who],
        [Said(name, _shown(name, value, catalog)) for name, value in event.attributes.items()],
        event.message_id or message_id,
    )


def _named(contact_id: int | None) -> Reference | None:
    for contact in contacts.fetch([contact_id] if contact_id else []):
        return Reference(contact.id, contact.name)
    return None


def _shown(name: str, value: object, catalog: Catalog) -> str:
    """As it will stand in the attribute, whatever way it was sent."""
    read = read_loosely(catalog.attributes[name], value)
    if isinstance(read, float) and read.is_integer():
        read = int(read)
    return shortened(read if isinstance(read, str) else orjson.dumps(read).decode())
