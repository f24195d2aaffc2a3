"""Loading a batch's world: what the plans read of each contact, in one statement a kind of fact."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.adapters.attributes import column
from app.adapters.bulk import among, among_given
from app.adapters.engine.effects import ROW_VERSION
from app.adapters.engine.pressure import fill_messages
from app.adapters.engine.tickets import Tickets
from app.adapters.event_counts import events_meant
from app.adapters.interests import fill_interests
from app.adapters.plans import LivePlans
from app.adapters.templates import render
from app.adapters.visiting import fill_visits
from app.models import (
    Company,
    Consent,
    ConsentState,
    ContactTag,
    DealContact,
    Event,
    EventType,
    ListMember,
    PushSubscription,
    Tag,
    Visitor,
)
from app.models import Contact as ContactRow
from app.models import Deal as DealRow
from nodes.catalog import Catalog, Kind
from nodes.world import Contact, Deal, EventCount, Reads, Value, World

_FIELDS = ("phone", "ext_id", "time_zone", "created_at", "email_blacklisted", "sms_blacklisted")


def load_world(
    session: Session,
    contacts: Collection[int],
    reads: Reads,
    plans: LivePlans,
    now: datetime,
    tickets: Tickets,
    *,
    lock: bool = False,
) -> World:
    """Load the world of `contacts`, as `load_contacts` does. `lock`: nobody changes them until the transaction ends."""
    snapshots = load_contacts(session, contacts, reads, plans.catalog, now, lock=lock)
    load = partial(_load, session, plans.catalog)
    return World(snapshots, plans.catalog, plans.heard_changes, render, tickets.take, load)


def load_contacts(
    session: Session,
    contacts: Collection[int],
    reads: Reads,
    catalog: Catalog,
    now: datetime,
    *,
    lock: bool = False,
) -> dict[int, Contact]:
    """Load what `reads` names of `contacts`, by id, but for when events happened; deleted ones are missing."""
    ids = sorted(contacts)
    snapshots = _snapshots(session, ids, reads, catalog, lock=lock)
    for wanted, fill in _PARTS:
        if wanted(reads):
            fill(session, ids, snapshots)
    if reads.visits:
        fill_visits(session, ids, snapshots, now)
    _fill_event_counts(session, ids, snapshots, reads.event_counts, now)
    return snapshots


def _snapshots(
    session: Session, ids: Sequence[int], reads: Reads, catalog: Catalog, *, lock: bool
) -> dict[int, Contact]:
    fields = _FIELDS if reads.fields else ()
    names = sorted(name for name in reads.attributes if name in catalog.attributes)
    owners = {user.id: user.email for user in catalog.users.values()}
    zones: dict[str | None, ZoneInfo] = {None: catalog.time_zone}
    known = tuple((catalog.attributes[name].id, catalog.attributes[name].kind) for name in names)
    found: dict[int, Contact] = {}
    for row in session.execute(_contact_rows(fields, known, lock=lock), {"ids": ids}).all():
        number, email, owner, zone, version, *facts = row
        if zone not in zones:
            zones[zone] = ZoneInfo(zone)
        found[number] = Contact(
            number,
            email,
            dict(zip(fields, facts, strict=False)) if fields else {},
            {name: _value(value) for name, value in zip(names, facts[len(fields) :], strict=True)},
            owners.get(owner),
            time_zone=zones[zone],
            row_version=version,
        )
    return found


# Many batches ask the same of their contacts.
@lru_cache(maxsize=256)
def _contact_rows(fields: Sequence[str], attributes: Sequence[tuple[int, Kind]], *, lock: bool) -> Select[Any]:
    contact = ContactRow.__table__.c  # rows as they are: the ORM would make another one of each
    wanted: list[ColumnElement[Any]] = [
        *(contact[field] for field in fields),
        *(column(number, kind) for number, kind in attributes),
    ]
    first = (contact.id, contact.email, contact.owner_id, contact.time_zone, ROW_VERSION)
    rows = select(*first, *wanted).where(among_given(contact.id, "ids")).order_by(contact.id)
    return rows.with_for_update(key_share=True) if lock else rows


def _value(value: Any) -> Value:  # noqa: ANN401 - whatever the column holds
    return tuple(value) if isinstance(value, list) else value


def _fill_lists(session: Session, ids: Sequence[int], snapshots: Mapping[int, Contact]) -> None:
    rows = select(ListMember.contact_id, ListMember.list_id).where(among(ListMember.contact_id, ids))
    for contact, list_id in session.execute(rows):
        snapshots[contact].lists.add(list_id)


def _fill_tags(session: Session, ids: Sequence[int], snapshots: Mapping[int, Contact]) -> None:
    # Not a join: that could be read from the tag's end, which is everybody who bears it.
    name = select(Tag.name).where(Tag.id == ContactTag.tag_id).scalar_subquery()
    for contact, tag in session.execute(select(ContactTag.contact_id, name).where(among(ContactTag.contact_id, ids))):
        snapshots[contact].tags.add(tag)


def _fill_consents(session: Session, ids: Sequence[int], snapshots: Mapping[int, Contact]) -> None:
    given = select(Consent.contact_id, Consent.topic_id).where(among(Consent.contact_id, ids))
    for contact, topic in session.execute(given.where(Consent.state == ConsentState.GIVEN)):
        snapshots[contact].consents.add(topic)


def _fill_browsers(session: Session, ids: Sequence[int], snapshots: Mapping[int, Contact]) -> None:
    counted = select(Visitor.contact_id, func.count()).join(PushSubscription)
    for contact, count in session.execute(counted.where(among(Visitor.contact_id, ids)).group_by(Visitor.contact_id)):
        if contact is not None:
            snapshots[contact].browsers = count


def _fill_deals(session: Session, ids: Sequence[int], snapshots: Mapping[int, Contact]) -> None:
    rows = (
        select(
            DealContact.contact_id,
            DealRow.id,
            DealRow.name,
            DealRow.pipeline_id,
            DealRow.stage_id,
            DealRow.status,
            DealRow.amount,
            DealRow.created_at,
            DealRow.modified_at,
        )
        .join(DealRow)
        .where(among(DealContact.contact_id, ids))
        .order_by(DealRow.id)
    )
    for row in session.execute(rows):
        contact, *deal = tuple[Any, ...](row)
        snapshots[contact].deals.append(Deal(*deal))


def _fill_companies(session: Session, ids: Sequence[int], snapshots: Mapping[int, Contact]) -> None:
    rows = (
        select(ContactRow.id, Company.name, Company.country, Company.industry, Company.size)
        .join(Company, Company.id == ContactRow.company_id)
        .where(among(ContactRow.id, ids))
    )
    for contact, name, country, industry, size in session.execute(rows):
        snapshots[contact].company = {
            "name": name,
            "country": country,
            "industry": industry,
            "size": None if size is None else float(size),
        }


def _fill_event_counts(
    session: Session,
    ids: Sequence[int],
    snapshots: Mapping[int, Contact],
    questions: Collection[EventCount],
    now: datetime,
) -> None:
    answers: defaultdict[int, dict[EventCount, int]] = defaultdict(dict)
    for question in sorted((each for each in questions if not each.times), key=str):
        rows = (
            select(Event.contact_id, func.count())
            .join(EventType, EventType.id == Event.type_id)
            .where(among(Event.contact_id, ids), *events_meant(question, now))
            .group_by(Event.contact_id)
        )
        for contact, count in session.execute(rows):
            answers[contact][question] = count
    for contact, counts in answers.items():
        snapshots[contact].event_counts = counts


Filler = Callable[[Session, Sequence[int], Mapping[int, Contact]], None]
_PARTS: tuple[tuple[Callable[[Reads], bool], Filler], ...] = (
    (lambda reads: reads.lists, _fill_lists),
    (lambda reads: reads.tags, _fill_tags),
    (lambda reads: reads.consents, _fill_consents),
    (lambda reads: reads.browsers, _fill_browsers),
    (lambda reads: reads.deals, _fill_deals),
    (lambda reads: reads.company, _fill_companies),
    (lambda reads: reads.interests, fill_interests),
    (lambda reads: reads.messages, fill_messages),
)


def _load(session: Session, catalog: Catalog, users: Sequence[str]) -> Mapping[str, int]:
    ids = {catalog.users[email].id: email for email in users if email in catalog.users}
    rows = select(ContactRow.owner_id, func.count()).where(among(ContactRow.owner_id, ids))
    found = session.execute(rows.group_by(ContactRow.owner_id))
    counts = {ids[owner]: count for owner, count in found if owner is not None}
    return {email: counts.get(email, 0) for email in users}
