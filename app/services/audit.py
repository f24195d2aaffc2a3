"""The log of who changed what."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import exists, func, literal, select, union_all
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters.contact_names import contact_name
from app.models import (
    ApiKey,
    Attribute,
    AuditEntry,
    Automation,
    Campaign,
    Company,
    ConsentTopic,
    Contact,
    ContactList,
    Deal,
    Folder,
    MailDomain,
    Pipeline,
    Segment,
    Sender,
    Site,
    Source,
    Template,
    User,
    WebForm,
    Webhook,
)
from app.services.paging import Order, Page, Paging, page
from app.services.views import Reference, reference

_NAMED: Final[Mapping[str, Any]] = {
    "api_key": ApiKey,
    "attribute": Attribute,
    "automation": Automation,
    "campaign": Campaign,
    "company": Company,
    "contact": Contact,
    "deal": Deal,
    "folder": Folder,
    "form": WebForm,
    "list": ContactList,
    "mail_domain": MailDomain,
    "pipeline": Pipeline,
    "segment": Segment,
    "sender": Sender,
    "site": Site,
    "source": Source,
    "template": Template,
    "topic": ConsentTopic,
    "user": User,
    "webhook": Webhook,
}

_Thing: TypeAlias = tuple[str, str | None]


def record(action: str, entity: str, entity_id: int | str | None = None, detail: dict[str, Any] | None = None) -> None:
    """Note, in the current transaction, that the present actor did `action` (as in `contact.created`) to an entity.

    `detail` holds no secrets and no personal data beyond what the entity's own page shows to admins. Each action,
    entity and key of a detail has words under `audit` in the front end's settings.json.
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
    """One change: by a person, by a program, or by neither (the command line). `name`: what bears the id today."""

    id: int
    at: datetime
    action: str
    entity: str
    entity_id: str | None
    name: str | None
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
        names = _names(session, [(row.entity, row.entity_id) for row, _, _ in found.items])
    return Page([_entry(row, user, key, names) for row, user, key in found.items], found.next_cursor)


def _names(session: Session, things: Sequence[_Thing]) -> Mapping[_Thing, str]:
    """Return the names that things bear today, asked for at once; without those that are gone or have none."""
    ids: defaultdict[str, set[int]] = defaultdict(set)
    for entity, entity_id in things:
        if entity in _NAMED and entity_id and entity_id.isdecimal():
            ids[entity].add(int(entity_id))
    parts = [
        select(
            literal(entity).label("entity"),
            model.id.label("id"),
            (contact_name() if model is Contact else model.name).label("name"),
        ).where(model.id.in_(ids[entity]))
        for entity, model in _NAMED.items()
        if entity in ids
    ]
    return {(entity, str(id_)): name for entity, id_, name in session.execute(union_all(*parts))} if parts else {}


def _entry(row: AuditEntry, user: str | None, api_key: str | None, names: Mapping[_Thing, str]) -> Entry:
    return Entry(
        row.id,
        row.at,
        row.action,
        row.entity,
        row.entity_id,
        names.get((row.entity, row.entity_id)),
        row.detail,
        reference(row.user_id, user),
        reference(row.api_key_id, api_key),
    )
