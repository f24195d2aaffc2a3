"""Taking what a site's script sends: the visitor is found or made, told apart from others, and its events are kept."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Final

import orjson
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters import pulse, throttle
from app.adapters.doorbell import ring
from app.adapters.events import NewEvent, type_ids, write_events
from app.errors import Forbidden, Invalid, NotFound, TooManyRequests
from app.models import EventType, Site, Visitor, VisitorEvent
from app.permissions import Actor
from app.services import backpressure, contacts
from app.services.contacts import ContactInput, FieldName
from app.services.push import subscribing
from app.services.web import identity, sites
from app.services.web.reading import Beacon, Identity, PageEvent, read

PACE: Final = "300 per minute"
MOST_KEPT: Final = 1000
"""So many of the latest things that an unknown visitor did are kept."""

MOST_KINDS: Final = 1000

_SITE: Final = Actor("program", frozenset())


def receive(raw: object, origin: str, address: str) -> None:
    """Take one message of a page of `origin`, sent from a network `address`; durable on return.

    Raises Invalid naming the field, NotFound for a key that no site has, Forbidden for a page of another site, and
    TooManyRequests; nothing is taken then.
    """
    if wait := throttle.exceeded(PACE, ("web", address)):
        raise TooManyRequests(f"One address may send {PACE}. Send it again in {wait} s.", wait)
    beacon = read(raw)
    backpressure.demand_room()
    with db.transaction() as session, permissions.acting_as(_SITE):
        _take(session, _site(session, beacon.site, origin), beacon)


def _site(session: Session, key: str, origin: str) -> Site:
    site = session.scalar(select(Site).where(Site.key == key))
    if site is None:
        raise NotFound.thing("site", key)
    if not sites.allows(site.domains, origin):
        raise Forbidden(f"Pages of {origin or 'nowhere'} may not send here. Add the domain under Settings → Websites.")
    sites.note_seen(site)
    return site


def _take(session: Session, site: Site, beacon: Beacon) -> None:
    _demand_known_kinds(session, {each.name for each in beacon.events})
    contact = _told(beacon)  # before the visitor: whoever erases a contact takes it first, too
    visitor = _visitor(session, site, beacon.visitor)
    earlier: list[PageEvent] = []
    if contact is not None and contact != visitor.contact_id:
        earlier = _history(session, visitor) if visitor.contact_id is None else []
        visitor.contact_id = contact
    if beacon.browser:
        subscribing.keep(session, visitor, beacon.browser)
    happened = [*earlier, *beacon.events]
    if visitor.contact_id is None:
        _keep(session, visitor, happened)
    else:
        _record(session, visitor, visitor.contact_id, happened)


def _demand_known_kinds(session: Session, names: Collection[str]) -> None:
    """Let pages, which anybody can write, not fill the workspace with kinds of events. Raises Invalid."""
    known = session.scalar(select(func.count()).select_from(EventType).where(EventType.name.in_(names))) or 0
    if known < len(names) and (session.scalar(select(func.count()).select_from(EventType)) or 0) >= MOST_KINDS:
        message = f"There are {MOST_KINDS} kinds of events already."
        raise Invalid.field("events", "too_many_kinds", message, "Use one of their names.")


def _visitor(session: Session, site: Site, token: str) -> Visitor:
    """Return the visitor, and let no other message of it be taken meanwhile."""
    now = datetime.now(UTC)
    statement = insert(Visitor).values(site_id=site.id, token=token, seen_at=now)
    known = statement.on_conflict_do_update(index_elements=["site_id", "token"], set_={"seen_at": now})
    return session.scalars(known.returning(Visitor), execution_options={"populate_existing": True}).one()


def _told(beacon: Beacon) -> int | None:
    """Return which contact the visitor is said to be: by itself, else by the link it came by; None: nobody says."""
    if beacon.identity:
        return _introduced(beacon.identity)
    came_by = identity.came_by(beacon.link)
    if came_by is None:
        return None
    known = contacts.resolve([came_by])[0]
    return _introduced(Identity([came_by], {})) if known is None and came_by.kind == "ext_id" else known


def _introduced(given: Identity) -> int:
    """Return the contact of these identifiers, made if nobody has them.

    Whoever has a page open can claim to be anybody: what is known of a contact is not overwritten, only added to.
    """
    known = next((each for each in contacts.resolve(given.who) if each is not None), None)
    if known is None:
        fields: dict[FieldName, str | int | bool | None] = {
            each.kind: each.value for each in given.who if each.kind != "id"
        }
        made = contacts.write([ContactInput(fields=fields, attributes=given.attributes)], "keep", tolerant=True)
        return made[0].contact_id
    if given.attributes:
        present = contacts.get(known).attributes
        news = {name: value for name, value in given.attributes.items() if present.get(name) is None}
        contacts.write([ContactInput(who=contacts.Identifier("id", known), attributes=news)], "update", tolerant=True)
    return known


def _history(session: Session, visitor: Visitor) -> list[PageEvent]:
    """Take out what the visitor did while it was unknown, in order."""
    gone = delete(VisitorEvent).where(VisitorEvent.visitor_id == visitor.id).returning(VisitorEvent)
    found = sorted(session.scalars(gone), key=lambda each: each.id)
    return [PageEvent(each.key, each.name, each.at, orjson.dumps(each.properties)) for each in found]


def _keep(session: Session, visitor: Visitor, happened: Sequence[PageEvent]) -> None:
    if not happened:
        return
    rows = [
        {"visitor_id": visitor.id, **each._asdict(), "properties": orjson.loads(each.properties)} for each in happened
    ]
    session.execute(insert(VisitorEvent).on_conflict_do_nothing(), rows)
    mine = VisitorEvent.visitor_id == visitor.id
    last = select(VisitorEvent.id).where(mine).order_by(VisitorEvent.id.desc()).offset(MOST_KEPT).limit(1)
    session.execute(delete(VisitorEvent).where(mine, VisitorEvent.id <= last.scalar_subquery()))


def _record(session: Session, visitor: Visitor, contact: int, happened: Sequence[PageEvent]) -> None:
    if not happened:
        return
    types = type_ids(session, {each.name for each in happened})
    written = write_events(
        session,
        [
            NewEvent(contact, types[each.name], each.at, each.properties, f"visitor{visitor.id}:{each.key}")
            for each in happened
        ],
    )
    db.after_commit(lambda: ring(written.parts))
    db.after_commit(lambda: pulse.count(received=written.new))
