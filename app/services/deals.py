"""Deals: possible sales, with the contacts who take part in them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, TypedDict

from sqlalchemy import Select, Text, delete, func, insert, select
from sqlalchemy.orm import Session

from app import db
from app.adapters import announcing
from app.adapters.announcing import News
from app.adapters.catalog import load_catalog
from app.adapters.contact_names import contact_name
from app.errors import Invalid, NotFound
from app.models import Company, Contact, Deal, DealContact, DealStatus, Pipeline, Stage, User, Workspace
from app.services import audit, references, signals
from app.services.paging import Column, Order, Page, Paging, page
from app.services.views import Reference, reference

SORTS: Final[Mapping[str, Column]] = {
    "name": func.lower(Deal.name, type_=Text()),
    "amount": Deal.amount,
    "created_at": Deal.created_at,
    "modified_at": Deal.modified_at,
}


class DealView(NamedTuple):
    """A deal with the names to show."""

    id: int
    name: str
    amount: float | None
    currency: str
    pipeline: Reference
    stage: Reference
    status: str
    owner: Reference | None
    company: Reference | None
    contacts: list[Reference]
    created_at: datetime
    modified_at: datetime
    closed_at: datetime | None


class DealFilter(TypedDict, total=False):
    """Which deals are wanted."""

    pipeline: int
    stage: int
    status: str
    owner: int
    contact: int
    company: int
    name: str
    search: str
    created_since: datetime
    modified_since: datetime


class DealChanges(TypedDict, total=False):
    """What a deal is made of."""

    name: str
    amount: float | None
    pipeline_id: int
    stage_id: int
    status: str
    owner_id: int | None
    company_id: int | None
    contact_ids: list[int]


def some(filters: DealFilter, sort: str, paging: Paging) -> Page[DealView]:
    """Return deals, sorted by one of `SORTS`, downwards with a minus before it."""
    order = Order(SORTS[sort.removeprefix("-")], descending=sort.startswith("-"))
    with db.transaction() as session:
        found = page(session, _filtered(filters), [order, Order(Deal.id, descending=order.descending)], paging)
        return Page(_views(session, found.items), found.next_cursor)


def find_slice(filters: DealFilter, sort: str, *, limit: int, offset: int) -> Sequence[DealView]:
    """Return deals as `some` sorts them, from `offset` on: for doors that count rows to skip."""
    descending = sort.startswith("-")
    order = [Order(SORTS[sort.removeprefix("-")], descending).clause(), Order(Deal.id, descending).clause()]
    with db.transaction() as session:
        return _views(session, session.execute(_filtered(filters).order_by(*order).limit(limit).offset(offset)).all())


def get(deal_id: int) -> DealView:
    """Return one deal; raises NotFound."""
    with db.transaction() as session:
        row = session.execute(_rows().where(Deal.id == deal_id)).one_or_none()
        if row is None:
            raise NotFound.thing("deal", deal_id)
        return _views(session, [row])[0]


def create(new: DealChanges) -> DealView:
    """Make a deal; without a stage it begins at the first of its pipeline, without a pipeline in the default one."""
    with db.transaction() as session:
        deal = Deal(name=new["name"], status=DealStatus.OPEN)
        _fill(session, deal, {**new, **_place(new)})
        session.add(deal)
        session.flush()
        _set_contacts(session, deal.id, new.get("contact_ids", ()))
        _tell(session, deal.id)
        _announce(session, deal, ["deal.created"])
        audit.record("deal.created", "deal", deal.id)
        return get(deal.id)


def change(deal_id: int, changes: DealChanges) -> DealView:
    """Change a deal. Another pipeline without a stage means that pipeline's first stage."""
    with db.transaction() as session:
        deal = session.get(Deal, deal_id, with_for_update=True)
        if deal is None:
            raise NotFound.thing("deal", deal_id)
        place = (
            _place({"pipeline_id": deal.pipeline_id, **changes}) if {"pipeline_id", "stage_id"} & changes.keys() else {}
        )
        stood = (deal.stage_id, deal.status)
        _fill(session, deal, {**changes, **place})
        deal.modified_at = datetime.now(UTC)
        before = _contacts(session, deal_id)
        if "contact_ids" in changes:
            _set_contacts(session, deal_id, changes["contact_ids"])
        session.flush()
        _tell(session, deal_id, before)
        moved = ["deal.stage_changed"] if deal.stage_id != stood[0] else []
        closed = [f"deal.{deal.status}"] if deal.status not in {stood[1], DealStatus.OPEN} else []
        _announce(session, deal, [*moved, *closed])
        audit.record("deal.changed", "deal", deal_id, {"fields": sorted(changes)})
        return get(deal_id)


def remove(deal_id: int) -> None:
    """Delete a deal; raises NotFound."""
    with db.transaction() as session:
        before = _contacts(session, deal_id)
        if session.scalar(delete(Deal).where(Deal.id == deal_id).returning(Deal.id)) is None:
            raise NotFound.thing("deal", deal_id)
        _tell(session, deal_id, before)
        audit.record("deal.deleted", "deal", deal_id)


def _place(wish: DealChanges) -> DealChanges:
    """The pipeline and stage meant; raises Invalid for those that do not exist."""
    catalog = load_catalog()
    default = catalog.default_pipeline()
    pipeline_id = wish.get("pipeline_id") or (default.id if default else 0)
    pipeline = catalog.pipelines.get(pipeline_id)
    if pipeline is None:
        raise references.unknown("pipeline_id", "pipeline", pipeline_id)
    stages = [stage.id for stage in pipeline.stages]
    stage_id = wish.get("stage_id") or (stages[0] if stages else 0)
    if stage_id not in stages:
        message = f"The pipeline “{pipeline.name}” has no stage {stage_id}."
        raise Invalid.field("stage_id", "unknown_stage", message, "Choose one of its stages.")
    return {"pipeline_id": pipeline_id, "stage_id": stage_id}


def _fill(session: Session, deal: Deal, changes: DealChanges) -> None:
    references.demand(session, changes)
    for name, value in changes.items():
        if name != "contact_ids":
            setattr(deal, name, value)
    if "status" in changes:
        deal.closed_at = None if deal.status == DealStatus.OPEN else deal.closed_at or datetime.now(UTC)


def _set_contacts(session: Session, deal_id: int, contacts: Collection[int]) -> None:
    wanted = set(contacts)
    known = set(session.scalars(select(Contact.id).where(Contact.id.in_(wanted))))
    if wanted - known:
        raise references.unknown("contact_ids", "contact", min(wanted - known))
    session.execute(delete(DealContact).where(DealContact.deal_id == deal_id))
    if wanted:
        session.execute(insert(DealContact), [{"deal_id": deal_id, "contact_id": each} for each in sorted(wanted)])


def _contacts(session: Session, deal_id: int) -> set[int]:
    return set(session.scalars(select(DealContact.contact_id).where(DealContact.deal_id == deal_id)))


def _tell(session: Session, deal_id: int, before: Collection[int] = ()) -> None:
    """Let automations hear that the deals of these contacts, those of before included, are others now."""
    signals.emit(list(signals.changed("deals", sorted(_contacts(session, deal_id).union(before)))))


def _announce(session: Session, deal: Deal, events: Collection[str]) -> None:
    """Tell webhooks; of its contacts the first stands for all."""
    contact = min(_contacts(session, deal.id), default=None) if events else None
    announcing.announce(session, [News(each, contact, {"deal": deal.id}) for each in events])


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(Deal, Pipeline.name, Stage.name, User.name, Company.name)
        .join(Pipeline, Pipeline.id == Deal.pipeline_id)
        .join(Stage, Stage.id == Deal.stage_id)
        .outerjoin(User, User.id == Deal.owner_id)
        .outerjoin(Company, Company.id == Deal.company_id)
    )


def _filtered(filters: DealFilter) -> Select[*tuple[Any, ...]]:
    columns: Mapping[str, Column] = {
        "pipeline": Deal.pipeline_id,
        "stage": Deal.stage_id,
        "status": Deal.status,
        "owner": Deal.owner_id,
        "company": Deal.company_id,
        "name": Deal.name,
    }
    statement = _rows().where(*(column == filters[key] for key, column in columns.items() if key in filters))  # type: ignore[literal-required] # keys of the filter
    if "contact" in filters:
        taking_part = select(DealContact.deal_id).where(DealContact.contact_id == filters["contact"])
        statement = statement.where(Deal.id.in_(taking_part))
    if "created_since" in filters:
        statement = statement.where(Deal.created_at >= filters["created_since"])
    if "modified_since" in filters:
        statement = statement.where(Deal.modified_at >= filters["modified_since"])
    if filters.get("search"):
        statement = statement.where(Deal.name.icontains(filters["search"], autoescape=True))
    return statement


def _views(session: Session, rows: Sequence[Any]) -> list[DealView]:
    contacts: dict[int, list[Reference]] = {}
    people = (
        select(DealContact.deal_id, Contact.id, contact_name())
        .join(Contact, Contact.id == DealContact.contact_id)
        .where(DealContact.deal_id.in_([row[0].id for row in rows]))
        .order_by(Contact.id)
    )
    currency = session.scalars(select(Workspace.currency)).one()
    for deal_id, contact_id, name in session.execute(people):
        contacts.setdefault(deal_id, []).append(Reference(contact_id, name))
    return [
        DealView(
            deal.id,
            deal.name,
            deal.amount,
            currency,
            Reference(deal.pipeline_id, pipeline),
            Reference(deal.stage_id, stage),
            deal.status,
            reference(deal.owner_id, owner),
            reference(deal.company_id, company),
            contacts.get(deal.id, []),
            deal.created_at,
            deal.modified_at,
            deal.closed_at,
        )
        for deal, pipeline, stage, owner, company in rows
    ]
