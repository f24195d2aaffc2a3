"""The log of who changed what."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.paging import paging
from app.api.schemas.base import page_of
from app.api.schemas.settings import AuditArguments, AuditEntry
from app.permissions import requires
from app.services import audit
from app.services.audit import Entry
from app.services.paging import Page

blueprint = Blueprint("audit", __name__, url_prefix="/api/audit", description="Who changed what.")


@blueprint.get("")
@requires("audit.view")
@blueprint.arguments(AuditArguments, location="query")
@blueprint.response(200, page_of(AuditEntry))
def entries(arguments: dict[str, Any]) -> Page[Entry]:
    """List changes, newest first."""
    return audit.entries(paging(arguments), **arguments)
