"""Domains that mail is signed for (DKIM)."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of
from app.api.schemas.mail_domains import MailDomain, NewMailDomain
from app.permissions import requires
from app.services.mailing import domains
from app.services.mailing.domains import DomainView

blueprint = Blueprint("mail_domains", __name__, url_prefix="/api/mail-domains", description="DKIM.")


@blueprint.get("")
@requires("settings.edit")
@blueprint.response(200, all_of(MailDomain))
def every() -> dict[str, Any]:
    """List the domains that mail is signed for, with the records to be published."""
    return {"items": domains.every()}


@blueprint.post("")
@requires("settings.edit")
@blueprint.arguments(NewMailDomain)
@blueprint.response(201, MailDomain)
def add(new: dict[str, str]) -> DomainView:
    """Add a domain with its first key. Its mail is signed once the record was found."""
    return domains.get(domains.add(new["name"]))


@blueprint.post("/<id:id>/check")
@requires("settings.edit")
@blueprint.response(200, MailDomain)
def check(id: int) -> DomainView:
    """Look for the records. The newest key whose record is there signs from now on."""
    domains.check(id)
    return domains.get(id)


@blueprint.post("/<id:id>/rotate")
@requires("settings.edit")
@blueprint.response(200, MailDomain)
def rotate(id: int) -> DomainView:
    """Make another key, which takes over once its record was found. 409 while the newest key does not sign."""
    domains.rotate(id)
    return domains.get(id)


@blueprint.delete("/<id:id>")
@requires("settings.edit")
@blueprint.response(204)
def remove(id: int) -> None:
    """Sign for a domain no more."""
    domains.delete(id)
