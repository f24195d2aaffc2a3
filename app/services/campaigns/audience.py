"""Whom a campaign is for, and who of them cannot be written to."""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, not_, or_, select
from sqlalchemy.orm import Session

from app import db
from app.adapters.bulk import among
from app.adapters.catalog import load_catalog
from app.errors import NotFound
from app.models import Consent, ConsentState, Contact, ListMember, Segment
from app.services.campaigns.plans import Plan
from app.services.contacts.finding import judged
from app.services.mailing import suppressions
from nodes.catalog import Catalog
from nodes.world import Json

REACHED: Final = "reached"


class Estimate(NamedTuple):
    """How many a campaign is for now, how many of them it would reach, and why not the others: each for one reason.

    Frequency caps are not looked at: they change until the mail leaves.
    """

    found: int
    reached: int
    no_address: int
    suppressed: int
    unsubscribed: int
    no_consent: int


def meant(session: Session, plan: Plan, catalog: Catalog) -> ColumnElement[bool]:
    """Return the condition on contacts that a campaign is for them. Raises Invalid, NotFound (segments)."""
    wanted = _either(session, plan.lists, plan.segments, catalog)
    unwanted = _either(session, plan.except_lists, plan.except_segments, catalog)
    return and_(wanted, not_(unwanted))


def lot(campaign_id: int) -> ColumnElement[int]:
    """Return a number for each contact: drawn anew for each campaign, the same whenever that campaign asks."""
    drawn: ColumnElement[int] = func.hashint8extended(Contact.id, literal(campaign_id))
    return drawn


def fate(plan: Plan) -> ColumnElement[str]:
    """Return what becomes of each contact as of now: a field of `Estimate`, `REACHED` or why it is not."""
    agreed = exists().where(
        Consent.contact_id == Contact.id, Consent.topic_id == plan.topic, Consent.state == ConsentState.GIVEN
    )
    # In the order in which mail that leaves asks.
    return case(
        (or_(Contact.email.is_(None), Contact.email == ""), "no_address"),
        (suppressions.silences(Contact.email), "suppressed"),
        (Contact.email_blacklisted, "unsubscribed"),
        (not_(agreed) if plan.topic is not None else literal(False), "no_consent"),
        else_=REACHED,
    )


def estimate(plan: Plan) -> Estimate:
    """Count a campaign's recipients as of now, in one pass. Raises Invalid, NotFound (segments)."""
    reason = fate(plan)
    with db.transaction() as session:
        counted = select(reason, func.count()).where(meant(session, plan, load_catalog())).group_by(reason)
        counts: dict[str, int] = dict(session.execute(counted).all())
    return Estimate(sum(counts.values()), **{name: counts.get(name, 0) for name in Estimate._fields[1:]})


def _either(
    session: Session, lists: Collection[int], segments: Collection[int], catalog: Catalog
) -> ColumnElement[bool]:
    nobody = literal(False)
    parts: list[ColumnElement[bool]] = [
        func.coalesce(judged(each, catalog), nobody) for each in _conditions(session, segments)
    ]
    if lists:
        parts.append(exists().where(ListMember.contact_id == Contact.id, among(ListMember.list_id, lists)))
    return or_(nobody, *parts)


def _conditions(session: Session, segments: Collection[int]) -> Sequence[Json]:
    wanted = select(Segment.id, Segment.condition).where(among(Segment.id, segments))
    found: dict[int, Json] = dict(session.execute(wanted).all())
    gone = set(segments) - found.keys()
    if gone:
        raise NotFound.thing("segment", min(gone))
    return [found[each] for each in segments]
