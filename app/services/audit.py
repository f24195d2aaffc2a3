"""The log of who changed what."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import db, permissions
from app.models import ApiKey, AuditEntry, User
from app.services.paging import Order, Page, Paging, page


def record(action: str, entity: str, entity_id: int | str | None = None, detail: dict[str, Any] | None = None) -> None:
    """Note, in the current transaction, that the present actor did `action` to an entity.

    `detail` holds no secrets and no personal data beyond what the entity's own page shows to admins.
    """
    actor = permissions.current()
    with db.transaction() as session:
        session.add(
            AuditEntry(
                user_id=actor.user_id if actor else None,
                api_key_id=actor.api_key_id if actor else None,
                action=action,
                entity=entity,
                entity_id=None if entity_id is None else str(entity_id),
                detail=detail or {},
            )
        )


def entries(
    paging: Paging, *, entity: str | None = None, entity_id: str | None = None, before: datetime | None = None
) -> Page[Any]:
    """Return (entry, user or None, API key or None), newest first."""
    statement = (
        select(AuditEntry, User, ApiKey)
        .outerjoin(User, User.id == AuditEntry.user_id)
        .outerjoin(ApiKey, ApiKey.id == AuditEntry.api_key_id)
    )
    if entity is not None:
        statement = statement.where(AuditEntry.entity == entity)
    if entity_id is not None:
        statement = statement.where(AuditEntry.entity_id == entity_id)
    if before is not None:
        statement = statement.where(AuditEntry.at < before)
    with db.transaction() as session:
        return page(session, statement, [Order(AuditEntry.id, descending=True)], paging)
