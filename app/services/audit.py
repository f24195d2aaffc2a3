"""The log of who changed what."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import exists, func, select

from app import db, permissions
from app.models import ApiKey, AuditEntry, User
from app.services.paging import Order, Page, Paging, page
from app.services.views import Reference, reference


def record(action: str, entity: str, entity_id: int | str | None = None, detail: dict[str, Any] | None = None) -> None:
    """Note, in the current transaction, that the present actor did `action` (as in `contact.created`) to an entity.

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


def record_once(action: str, entity: str, entity_id: int, *, within: timedelta) -> None:
    """Note an action unless the same actor did it to the same entity a short while ago, as editors do by the minute."""
    actor = permissions.current()
    same = (
        AuditEntry.action == action,
        AuditEntry.entity == entity,
        AuditEntry.entity_id == str(entity_id),
        AuditEntry.user_id.is_not_distinct_from(actor.user_id if actor else None),
        AuditEntry.at > func.now() - within,
    )
    with db.transaction() as session:
        if not session.scalar(select(exists().where(*same))):
            record(action, entity, entity_id)


class Entry(NamedTuple):
    """One change: by a person, by a program, or by neither (the command line)."""

    id: int
    at: datetime
    action: str
    entity: str
    entity_id: str | None
    detail: dict[str, Any]
    user: Reference | None
    api_key: Reference | None


def entries(paging: Paging, *, entity: str | None = None, entity_id: str | None = None) -> Page[Entry]:
    """Return what was changed, newest first; all of it, or about one kind of entity, or about one."""
    statement = (
        select(AuditEntry, User.name, ApiKey.name)
        .outerjoin(User, User.id == AuditEntry.user_id)
        .outerjoin(ApiKey, ApiKey.id == AuditEntry.api_key_id)
    )
    if entity is not None:
        statement = statement.where(AuditEntry.entity == entity)
    if entity_id is not None:
        statement = statement.where(AuditEntry.entity_id == entity_id)
    with db.transaction() as session:
        found = page(session, statement, [Order(AuditEntry.id, descending=True)], paging)
    return Page([_entry(*row) for row in found.items], found.next_cursor)


def _entry(row: AuditEntry, user: str | None, api_key: str | None) -> Entry:
    return Entry(
        row.id,
        row.at,
        row.action,
        row.entity,
        row.entity_id,
        row.detail,
        reference(row.user_id, user),
        reference(row.api_key_id, api_key),
    )
