"""Finding contacts: by condition, segment, words, lists; sorted by any field or attribute; page by page."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, String, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app import db
from app.adapters.attributes import column
from app.adapters.bulk import among
from app.adapters.catalog import load_catalog
from app.adapters.conditions_sql import to_sql
from app.errors import Invalid, NotFound, Problem
from app.models import Contact, ListMember, Segment, WatchMember
from app.services.contacts.reading import ContactView, Selected, selected, views
from app.services.paging import Order, Page, Paging, page
from app.services.values import shortened
from nodes.catalog import Catalog, Kind
from nodes.conditions import check, parse
from nodes.errors import ConditionError
from nodes.problems import not_a_condition
from nodes.world import Json

MOST_WORDS: Final = 6
Column: TypeAlias = ColumnElement[Any] | InstrumentedAttribute[Any]

_FIELDS: Final[Mapping[str, Column]] = {
    "email": Contact.email,
    "phone": Contact.phone,
    "ext_id": Contact.ext_id,
    "created_at": Contact.created_at,
    "modified_at": Contact.modified_at,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactQuery:
    """Which contacts are wanted; everything given must hold. `search` is words, each found in name, email or ids.

    `subscribed`: whether they take mail. `before` narrows lists, and the members of a watch, to those who were on or in
    them by then.
    """

    condition: Json = None
    segment_id: int | None = None
    search: str = ""
    contact_ids: Collection[int] | None = None
    list_ids: Collection[int] | None = None
    subscribed: bool | None = None
    created_since: datetime | None = None
    modified_since: datetime | None = None
    watch_id: int | None = None
    before: datetime | None = None


def find(query: ContactQuery, paging: Paging, sort: str = "-created_at") -> Page[ContactView]:
    """Return one page, with the number of all contacts found.

    `sort` is email, phone, ext_id, created_at, modified_at or an attribute's NAME, with `-` for descending; empty
    values come last. Raises Invalid or NotFound (segment).
    """
    catalog = load_catalog()
    statement = matching(selected(catalog), query, catalog)
    with db.transaction() as session:
        found = page(session, statement, _order(sort, catalog), paging, count=True)
        return Page(list(views(found.items, catalog)), found.next_cursor, found.total)


def find_slice(query: ContactQuery, *, limit: int, offset: int, newest_first: bool) -> tuple[list[ContactView], int]:
    """Return contacts by age from `offset` on, and the number of all found: for doors that count rows to skip."""
    catalog = load_catalog()
    statement = matching(selected(catalog), query, catalog)
    order = [Order(Contact.created_at, newest_first).clause(), Order(Contact.id, newest_first).clause()]
    with db.transaction() as session:
        rows = session.execute(statement.order_by(*order).limit(limit).offset(offset)).all()
        return list(views(rows, catalog)), count(query)


def batches(query: ContactQuery, size: int) -> Iterator[list[ContactView]]:
    """Give all contacts by id, `size` at a time, each batch in a transaction of its own. Raises Invalid or NotFound."""
    last = 0
    while batch := find_behind(query, last, size):
        yield batch
        last = batch[-1].id


def find_behind(query: ContactQuery, last: int, most: int) -> list[ContactView]:
    """Return the next contacts by id behind that of the `last` one. Raises Invalid or NotFound (segment)."""
    with db.transaction() as session:
        catalog = load_catalog()
        statement = matching(selected(catalog), query, catalog).where(Contact.id > last)
        return list(views(session.execute(statement.order_by(Contact.id).limit(most)).all(), catalog))


def count(query: ContactQuery) -> int:
    """Return how many contacts a query finds. Raises Invalid or NotFound (segment)."""
    with db.transaction() as session:
        return session.scalar(matching(select(func.count()).select_from(Contact), query, load_catalog())) or 0


def count_condition(condition: Json) -> int:
    """Return for how many contacts a condition holds. Raises Invalid."""
    return count(ContactQuery(condition=condition))


def judged(condition: Json, catalog: Catalog) -> ColumnElement[bool]:
    """Return a condition as SQL over `contact`. Raises Invalid naming what is wrong with it, and where."""
    try:
        parsed = parse(condition)
    except ConditionError as error:
        fault = not_a_condition(error).inside("condition")
        raise Invalid.field(fault.field, "bad_condition", fault.message.en, fault.remedy.en) from error
    problems = [
        Problem(f"condition.{each.field}", each.code, each.message.en, each.remedy.en)
        for each in check(parsed, catalog)
    ]
    if problems:
        raise Invalid(problems[0].message, problems)
    return to_sql(parsed, catalog, datetime.now(UTC))


def matching(statement: Selected, query: ContactQuery, catalog: Catalog) -> Selected:
    """Narrow a statement over `contact` down to what a query finds. Raises Invalid or NotFound (segment)."""
    conditions: list[ColumnElement[bool]] = []
    if query.condition is not None:
        conditions.append(judged(query.condition, catalog))
    if query.segment_id is not None:
        conditions.append(judged(_segment(query.segment_id), catalog))
    if query.contact_ids is not None:
        conditions.append(among(Contact.id, query.contact_ids))
    if query.list_ids is not None:
        member = exists().where(ListMember.contact_id == Contact.id, among(ListMember.list_id, query.list_ids))
        conditions.append(member if query.before is None else member.where(ListMember.added_at < query.before))
    if query.watch_id is not None:
        seen = exists().where(WatchMember.contact_id == Contact.id, WatchMember.watch_id == query.watch_id)
        conditions.append(seen if query.before is None else seen.where(WatchMember.since <= query.before))
    if query.subscribed is not None:
        conditions.append(Contact.email_blacklisted.is_(not query.subscribed))
    if query.created_since is not None:
        conditions.append(Contact.created_at >= query.created_since)
    if query.modified_since is not None:
        conditions.append(Contact.modified_at >= query.modified_since)
    return statement.where(*conditions, *_search(query.search, catalog))


def _segment(segment_id: int) -> Json:
    with db.transaction() as session:
        segment = session.get(Segment, segment_id)
    if segment is None:
        raise NotFound.thing("segment", segment_id)
    return segment.condition


def _search(search: str, catalog: Catalog) -> Iterator[ColumnElement[bool]]:
    named = [catalog.attributes[name] for name in ("FIRSTNAME", "LASTNAME") if name in catalog.attributes]
    texts: list[Column] = [Contact.email, Contact.phone, Contact.ext_id]
    texts += [column(each.id, each.kind) for each in named if each.kind == Kind.TEXT]
    for word in search.replace("\0", " ").split()[:MOST_WORDS]:
        yield or_(*(each.icontains(word, autoescape=True) for each in texts))


def _order(sort: str, catalog: Catalog) -> list[Order]:
    """The contact's id, in the same direction, decides between equals."""
    name, descending = sort.removeprefix("-"), sort.startswith("-")
    attribute = catalog.attributes.get(name)
    if name in _FIELDS:
        key: Column = _FIELDS[name]
    elif attribute is not None and attribute.kind != Kind.MULTIPLE_CHOICE:
        value = column(attribute.id, attribute.kind)
        key = func.lower(value, type_=value.type) if isinstance(value.type, String) else value
    else:
        remedy = f"Use an attribute or one of {', '.join(_FIELDS)}."
        raise Invalid.field("sort", "bad_sort", f"Contacts cannot be sorted by “{shortened(name)}”.", remedy)
    return [Order(key, descending), Order(Contact.id, descending)]
