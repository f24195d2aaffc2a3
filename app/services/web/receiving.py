"""Taking what a site's script sends: the visitor is found or made, told apart from others, and its events are kept."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, NamedTuple, TypeAlias

import orjson
from sqlalchemy import delete, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters import pulse, throttle
from app.adapters.doorbell import ring
from app.adapters.events import NewEvent, met, type_ids, write_events
from app.errors import Invalid, TooManyRequests
from app.gathering import Gathering
from app.models import Visitor, VisitorEvent
from app.permissions import Actor
from app.services import backpressure, contacts
from app.services.contacts import ContactInput, FieldName
from app.services.push import subscribing
from app.services.web import beginnings, categories, identity, sites
from app.services.web.beginnings import Coming
from app.services.web.reading import Beacon, Identity, PageEvent, read

PACE: Final = "300 per minute"
MOST_KEPT: Final = 1000
"""So many of the latest things that an unknown visitor did are kept."""

MOST_KINDS: Final = 1000

_SITE: Final = Actor("program", frozenset())
_MOST_TOGETHER: Final = 100

# In this order always: two that take several never wait for each other.
_VISIT: Final = text(
    """
    INSERT INTO visitor (site_id, token, seen_at, visited_at)
    SELECT site, token, now(), CASE WHEN on_page THEN now() ELSE 'epoch' END
    FROM unnest(CAST(:sites AS bigint[]), CAST(:tokens AS text[]), CAST(:on_page AS bool[]))
    AS given (site, token, on_page)
    ORDER BY site, token
    ON CONFLICT (site_id, token) DO UPDATE
    SET seen_at = excluded.seen_at,
        visited_at = greatest(excluded.visited_at, coalesce(visitor.visited_at, visitor.seen_at))
    RETURNING visitor.id, visitor.site_id, visitor.token, visitor.contact_id, visitor.proven,
        CASE WHEN coalesce(old.visited_at, old.seen_at) > 'epoch' THEN coalesce(old.visited_at, old.seen_at) END AS last
    """
)
_KINDS: Final = text("SELECT count(*) FILTER (WHERE name = ANY(:names)), count(*) FROM event_type")
_FORGET: Final = text(
    """
    DELETE FROM visitor_event e USING unnest(CAST(:visitors AS bigint[])) AS mine (visitor), LATERAL (
        SELECT id FROM visitor_event WHERE visitor_id = mine.visitor ORDER BY id DESC OFFSET :most LIMIT 1
    ) AS last
    WHERE e.visitor_id = mine.visitor AND e.id <= last.id
    """
)


class _Sent(NamedTuple):
    """A message of a page of a site."""

    site: int
    beacon: Beacon


class _Visitor(NamedTuple):
    """A browser, and whose it is, if anybody knows; `proven`: as of the model.

    `last`: when it last told of a page, before these messages.
    """

    id: int
    contact: int | None
    proven: bool
    last: datetime | None


class _Told(NamedTuple):
    """Which contact a message says that its visitor is, None if it does not; `proven`: by what we signed."""

    contact: int | None
    proven: bool


_Happened: TypeAlias = "list[tuple[_Visitor, PageEvent]]"


def receive(raw: object, origin: str, address: str) -> None:
    """Take one message of a page of `origin`, sent from a network `address`; durable on return.

    Raises Invalid naming the field, NotFound for a key that no site has, Forbidden for a page of another site, and
    TooManyRequests; nothing is taken then.
    """
    if wait := throttle.exceeded(PACE, ("web", address)):
        raise TooManyRequests(f"One address may send {PACE}. Send it again in {wait} s.", wait)
    beacon = read(raw)
    backpressure.demand_room()
    sent = _Sent(sites.open_to(beacon.site, origin), beacon)
    if beacon.identity or beacon.link or beacon.browser:  # changes more than the history of its visitor
        _take([sent])
    else:
        _messages.ask(sent)


def recognise(site: str, visitor: str, email: str) -> None:
    """Let a visitor of the site of that key be whoever has this address, with all that it did before.

    Raises Invalid for what names no browser, NotFound for a key that no site has.
    """
    beacon = read({"site": site, "visitor": visitor, "identify": {"email": email}})
    _take([_Sent(sites.known(site), beacon)])


def _take(sent: Sequence[_Sent]) -> Sequence[bool]:
    """Take messages, all or nothing; tells of each whether its visitor is known."""
    with db.transaction() as session, permissions.acting_as(_SITE):
        if len(sent) > 1:
            db.hurry(session)  # one visitor that somebody holds is not to hold up all
        _demand_known_kinds(session, {event.name for each in sent for event in each.beacon.events})
        told = [_told(each.beacon) for each in sent]  # before visitors: whoever erases a contact takes it first, too
        visitors = _visitors(session, sent)
        happened: _Happened = []
        comings: list[Coming] = []
        for each, who in zip(sent, told, strict=True):
            visitor = visitors[each.site, each.beacon.visitor]
            if who.contact is not None and (who.contact != visitor.contact or who.proven > visitor.proven):
                earlier = _recognise(session, visitor, who)
                visitor = visitor._replace(contact=who.contact, proven=who.proven)
                visitors[each.site, each.beacon.visitor] = visitor
                happened += ((visitor, event) for event in earlier)
            if each.beacon.browser:
                subscribing.keep(session, visitor.id, visitor.contact, each.beacon.browser, asked=each.beacon.asked)
            happened += ((visitor, event) for event in each.beacon.events)
            comings += beginnings.comings(visitor.id, visitor.contact, visitor.last, each.beacon.events)
        known = {visitor.id: visitor for visitor in visitors.values()}
        happened += ((known[number], event) for number, event in beginnings.begun(session, comings).items())
        _keep(session, [each for each in happened if each[0].contact is None])
        _record(session, [each for each in happened if each[0].contact is not None])
        return [visitors[each.site, each.beacon.visitor].contact is not None for each in sent]


_messages: Final = Gathering(_take, _MOST_TOGETHER, db.undone)


def _demand_known_kinds(session: Session, names: Collection[str]) -> None:
    """Let pages, which anybody can write, not fill the workspace with kinds of events. Raises Invalid."""
    if met(names):
        return
    known, kinds = session.execute(_KINDS, {"names": list(names)}).one()
    if known < len(names) and kinds >= MOST_KINDS:
        message = f"There are {MOST_KINDS} kinds of events already."
        raise Invalid.field("events", "too_many_kinds", message, "Use one of their names.")


def _visitors(session: Session, sent: Sequence[_Sent]) -> dict[tuple[int, str], _Visitor]:
    """Return visitors by site and token, made if need be, and let no other message of them be taken meanwhile."""
    on_page: dict[tuple[int, str], bool] = {}
    for each in sent:
        who = (each.site, each.beacon.visitor)
        on_page[who] = on_page.get(who, False) or beginnings.tells_of_page(each.beacon.events)
    site_ids, tokens = zip(*sorted(on_page), strict=True)
    given = {"sites": list(site_ids), "tokens": list(tokens), "on_page": [on_page[who] for who in sorted(on_page)]}
    rows = session.execute(_VISIT, given)
    return {(row.site_id, row.token): _Visitor(row.id, row.contact_id, row.proven, row.last) for row in rows}


def _told(beacon: Beacon) -> _Told:
    """Return which contact the visitor is said to be: by itself, else by the link it came by."""
    came_by = identity.came_by(beacon.link)
    known = contacts.resolve([came_by])[0] if came_by else None
    proven = known if identity.is_proven(beacon.link) else None
    if beacon.identity:
        known = introduce(beacon.identity)
    elif came_by and known is None and came_by.kind == "ext_id":
        known = introduce(Identity([came_by], {}))
    return _Told(known, known is not None and known == proven)


def introduce(given: Identity) -> int:
    """Return the contact of these identifiers, made if nobody has them. Within a transaction.

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


def _recognise(session: Session, visitor: _Visitor, who: _Told) -> Sequence[PageEvent]:
    """Let a visitor be a contact's from now on; returns, in order, what it did while nobody knew whose it was."""
    given = {"contact_id": who.contact, "proven": who.proven}
    session.execute(update(Visitor).where(Visitor.id == visitor.id).values(given))
    if visitor.contact is not None:
        return ()
    gone = delete(VisitorEvent).where(VisitorEvent.visitor_id == visitor.id).returning(VisitorEvent)
    found = sorted(session.scalars(gone), key=lambda each: each.id)
    return [PageEvent(each.key, each.name, each.at, orjson.dumps(each.properties)) for each in found]


def _keep(session: Session, happened: _Happened) -> None:
    if not happened:
        return
    rows = [
        {"visitor_id": visitor.id, **event._asdict(), "properties": orjson.loads(event.properties)}
        for visitor, event in happened
    ]
    session.execute(insert(VisitorEvent).on_conflict_do_nothing(), rows)
    session.execute(_FORGET, {"visitors": sorted({visitor.id for visitor, _ in happened}), "most": MOST_KEPT})


def _record(session: Session, happened: _Happened) -> None:
    if not happened:
        return
    types = type_ids(session, {event.name for _, event in happened})
    put = categories.current(session).put_into_json
    written = write_events(
        session,
        [
            NewEvent(
                visitor.contact,
                types[event.name],
                event.at,
                put(event.name, event.properties),
                f"visitor{visitor.id}:{event.key}",
            )
            for visitor, event in happened
            if visitor.contact is not None
        ],
    )
    db.after_commit(lambda: ring(written.parts))
    db.after_commit(lambda: pulse.count(received=written.new))
