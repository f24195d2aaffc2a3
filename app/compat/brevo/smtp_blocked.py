"""Addresses that take no mail: listed, and let take mail again."""

from typing import Final

from flask import Response, jsonify
from sqlalchemy import ColumnElement, delete, func, select

from app import db
from app.compat.brevo.door import door
from app.compat.brevo.refusals import wrong
from app.compat.brevo.requests import body, period, slice_of, written
from app.errors import NotFound
from app.models import Suppression, SuppressionReason
from app.permissions import requires
from app.services import audit, values
from app.services.mailing import suppressions

_MOST: Final = 100
_DONE: Final = ("", 204)
_REASONS: Final = {
    SuppressionReason.HARD_BOUNCE: ("hardBounce", "Hard bounce"),
    SuppressionReason.SOFT_BOUNCES: ("hardBounce", "Too many soft bounces"),
    SuppressionReason.COMPLAINT: ("contactFlaggedAsSpam", "Flagged as spam"),
    SuppressionReason.BY_HAND: ("adminBlocked", "Blocked by hand"),
}


@door.get("/smtp/blockedContacts")
@requires("mail.view")
def list_blocked() -> Response:
    """List addresses that take no mail, and why."""
    wanted, times = slice_of(50, _MOST), period()
    statement = select(Suppression).where(~_is_domain())
    if times is not None:
        statement = statement.where(Suppression.at.between(*times))
    order = Suppression.id.desc() if wanted.newest_first else Suppression.id.asc()
    with db.transaction() as session:
        found = session.scalars(statement.order_by(order).limit(wanted.limit).offset(wanted.offset)).all()
        count = session.scalar(select(func.count()).select_from(statement.subquery()))
    return jsonify(contacts=[_shown(each) for each in found], count=count)


@door.delete("/smtp/blockedContacts/<path:email>")
@requires("mail.edit")
def unblock(email: str) -> tuple[str, int]:
    """Let an address take mail again."""
    _lift(values.email(email), "Contact is not blocked")
    return _DONE


@door.post("/smtp/deleteHardbounces")
@requires("mail.edit")
def forget_bounces() -> tuple[str, int]:
    """Let addresses take mail again that bounced: all of them, or one."""
    sent = body()
    if sent.has("startDate") or sent.has("endDate"):
        raise wrong("startDate", "Bounces are forgotten all at once here, or for one contactEmail")
    statement = delete(Suppression).where(Suppression.reason == SuppressionReason.HARD_BOUNCE)
    if sent.has("contactEmail"):
        statement = statement.where(Suppression.address == values.email(sent.text("contactEmail"), "contactEmail"))
    with db.transaction() as session:
        session.execute(statement)
        audit.record("deleted", "suppression")
    return _DONE


@door.get("/smtp/blockedDomains")
@requires("mail.view")
def list_blocked_domains() -> Response:
    """List domains whose addresses take no mail."""
    with db.transaction() as session:
        found = session.scalars(select(Suppression.address).where(_is_domain()).order_by(Suppression.address)).all()
    return jsonify(domains=[each.removeprefix(suppressions.AT) for each in found])


@door.post("/smtp/blockedDomains")
@requires("mail.edit")
def block_domain() -> tuple[str, int]:
    """Let no address of a domain take mail."""
    suppressions.add(suppressions.of_domain(body().needed_text("domain")))
    return "", 201


@door.delete("/smtp/blockedDomains/<path:domain>")
@requires("mail.edit")
def unblock_domain(domain: str) -> tuple[str, int]:
    """Let the addresses of a domain take mail again."""
    _lift(suppressions.of_domain(domain), "Domain is not blocked")
    return _DONE


def _is_domain() -> ColumnElement[bool]:
    return Suppression.address.startswith(suppressions.AT)


def _lift(kept: str, refusal: str) -> None:
    with db.transaction() as session:
        number = session.scalar(select(Suppression.id).where(Suppression.address == kept))
        if number is None:
            raise NotFound(refusal)
        suppressions.remove(number)


def _shown(blocked: Suppression) -> dict[str, object]:
    code, message = _REASONS[SuppressionReason(blocked.reason)]
    return {
        "email": blocked.address,
        "senderEmail": "",
        "reason": {"code": code, "message": message},
        "blockedAt": written(blocked.at),
    }
