"""Carrying effects out in bulk: a few statements a kind of effect, whatever the batch."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Text,
    Update,
    bindparam,
    column,
    delete,
    literal_column,
    select,
    table,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from app.adapters.attributes import column_name, sql_type
from app.adapters.bulk import among, as_recordset, insert_rows, recordset, recordset_given
from app.models import Assignment, ContactList, ContactTag, ListMember, Note, Tag, Task
from nodes import effects
from nodes.catalog import Attribute, Kind
from nodes.runs import Emitted
from nodes.world import World

Batch = Sequence[Emitted]

# PostgreSQL gives every state of a row the number of the transaction that wrote it.
ROW_VERSION: Final[ColumnElement[str]] = literal_column("CAST(contact.xmin AS text)", Text)


class OutdatedSnapshot(Exception):
    """Somebody changed a contact after the batch had looked at it."""


class Scene(NamedTuple):
    """Where effects are carried out: the session, the batch's world, and its time."""

    session: Session
    world: World
    now: datetime

    def user(self, email: str | None) -> int | None:
        """Return the id of the user with this email."""
        found = self.world.catalog.users.get(email) if email else None
        return found.id if found else None


def apply_effects(scene: Scene, emitted: Iterable[Emitted]) -> None:
    """Carry out all effects on the database; messages that leave it are `messages.write_messages`."""
    groups: defaultdict[type[effects.Effect], list[Emitted]] = defaultdict(list)
    for each in emitted:
        groups[type(each.effect)].append(each)
    _update_contacts(scene, groups[effects.SetAttribute], groups[effects.AssignOwner])
    _change_members(scene, groups[effects.AddToList], groups[effects.RemoveFromList])
    _change_tags(scene, groups[effects.AddTag], groups[effects.RemoveTag])
    for kind, carry_out in _RULES.items():
        if groups[kind]:
            carry_out(scene, groups[kind])


def _update_contacts(scene: Scene, values: Batch, owners: Batch) -> None:
    """Write the final values, every changed column of every changed contact in one statement."""
    changed = sorted({each.effect.contact for each in (*values, *owners)})
    if not changed:
        return
    names = sorted({each.effect.attribute for each in values if isinstance(each.effect, effects.SetAttribute)})
    known = [scene.world.catalog.attributes[name] for name in names]
    rows = []
    for contact in changed:
        snapshot = scene.world.contacts[contact]
        row: dict[str, object] = {column_name(each.id): snapshot.attributes[each.name] for each in known}
        rows.append(row | {"id": contact, "version": snapshot.row_version, "owner_id": scene.user(snapshot.owner)})
    _write_columns(scene, known, rows, owners=bool(owners))
    if owners:
        _log_assignments(scene, owners)


def _write_columns(
    scene: Scene, attributes: Sequence[Attribute], rows: Sequence[Mapping[str, object]], *, owners: bool
) -> None:
    statement = _writing(tuple((each.id, each.kind) for each in attributes), owners=owners)
    written = scene.session.connection().execute(statement, {"rows": as_recordset(rows), "now": scene.now})
    if written.rowcount < len(rows):
        raise OutdatedSnapshot


# Many batches write the same columns.
@lru_cache(maxsize=256)
def _writing(attributes: Sequence[tuple[int, Kind]], *, owners: bool) -> Update:
    columns: dict[str, TypeEngine[Any]] = {column_name(number): sql_type(kind) for number, kind in attributes}
    if owners:
        columns["owner_id"] = BigInteger()
    given = recordset_given("given", {"id": BigInteger(), "version": Text(), **columns}, "rows")
    contact = table("contact", column("id"), column("modified_at"), *(column(name) for name in columns))
    values: dict[str, Any] = {name: given.c[name] for name in columns}
    unchanged = update(contact).where(contact.c.id == given.c.id, given.c.version == ROW_VERSION)
    return unchanged.values({**values, "modified_at": bindparam("now", type_=DateTime(timezone=True))})


def _log_assignments(scene: Scene, owners: Batch) -> None:
    rows = [
        {
            "contact_id": effect.contact,
            "user_id": scene.user(effect.owner),
            "automation_id": each.run.automation,
            "at": scene.now,
        }
        for each in owners
        if isinstance(effect := each.effect, effects.AssignOwner)
    ]
    scene.session.execute(insert_rows(Assignment, rows))


def _change_members(scene: Scene, added: Batch, removed: Batch) -> None:
    """Write who is on which list in the end: the snapshots know."""
    touched = {(each.effect.contact, _list_of(each.effect)) for each in (*added, *removed)}
    contacts = scene.world.contacts
    joined = sorted((contact, number) for contact, number in touched if number in contacts[contact].lists)
    if joined:
        rows = [{"contact_id": contact, "list_id": number, "added_at": scene.now} for contact, number in joined]
        given = recordset("given", {key: ListMember.__table__.c[key].type for key in rows[0]}, rows)
        still_there = select(given).join(ContactList, ContactList.id == given.c.list_id)
        scene.session.execute(insert(ListMember).from_select(list(rows[0]), still_there).on_conflict_do_nothing())
    if left := sorted(touched - set(joined)):
        scene.session.execute(delete(ListMember).where(tuple_(ListMember.contact_id, ListMember.list_id).in_(left)))


def _list_of(effect: effects.Effect) -> int:
    if isinstance(effect, effects.AddToList | effects.RemoveFromList):
        return effect.list_id
    raise TypeError(f"{effect} is not about a list.")


def _change_tags(scene: Scene, added: Batch, removed: Batch) -> None:
    """Write who bears which tag in the end: the snapshots know."""
    touched = {(each.effect.contact, _tag_of(each.effect)) for each in (*added, *removed)}
    if not touched:
        return
    names = sorted({tag for _, tag in touched})
    scene.session.execute(insert(Tag).on_conflict_do_nothing(), [{"name": name} for name in names])
    ids = {row.name: row.id for row in scene.session.execute(select(Tag.name, Tag.id).where(among(Tag.name, names)))}
    contacts = scene.world.contacts
    borne = sorted((contact, ids[tag]) for contact, tag in touched if tag in contacts[contact].tags)
    if borne:
        rows = [{"contact_id": contact, "tag_id": tag} for contact, tag in borne]
        scene.session.execute(insert_rows(ContactTag, rows).on_conflict_do_nothing())
    if lost := sorted({(contact, ids[tag]) for contact, tag in touched} - set(borne)):
        scene.session.execute(delete(ContactTag).where(tuple_(ContactTag.contact_id, ContactTag.tag_id).in_(lost)))


def _tag_of(effect: effects.Effect) -> str:
    if isinstance(effect, effects.AddTag | effects.RemoveTag):
        return effect.tag
    raise TypeError(f"{effect} is not about a tag.")


_MOVE_DEALS: Final = text(
    """
    UPDATE deal AS d
    SET stage_id = s.id, pipeline_id = s.pipeline_id, status = coalesce(x.status, d.status), modified_at = :now,
        closed_at = CASE WHEN coalesce(x.status, d.status) = 'open' THEN NULL ELSE coalesce(d.closed_at, :now) END
    FROM json_to_recordset(CAST(:rows AS json)) AS x (id bigint, stage bigint, status text), stage AS s
    WHERE d.id = x.id AND s.id = coalesce(x.stage, d.stage_id)
    """
)


def _move_deals(scene: Scene, batch: Batch) -> None:
    """Write each deal once, with the last stage and the last status it was given."""
    final: dict[int, dict[str, Any]] = {}
    for each in batch:
        if isinstance(each.effect, effects.MoveDeal):
            row = final.setdefault(each.effect.deal, {"id": each.effect.deal})
            row |= {"stage": each.effect.stage} if each.effect.stage is not None else {}
            row |= {"status": each.effect.status} if each.effect.status is not None else {}
    rows = orjson.dumps([final[deal] for deal in sorted(final)]).decode()
    scene.session.execute(_MOVE_DEALS, {"now": scene.now, "rows": rows})


def _create_tasks(scene: Scene, batch: Batch) -> None:
    rows = [
        {
            "contact_id": effect.contact,
            "title": effect.title,
            "note": effect.note,
            "due_on": effect.due,
            "assignee_id": scene.user(effect.assignee),
            "automation_id": each.run.automation,
            "created_at": scene.now,
        }
        for each in batch
        if isinstance(effect := each.effect, effects.CreateTask)
    ]
    scene.session.execute(insert_rows(Task, rows))


def _add_notes(scene: Scene, batch: Batch) -> None:
    rows = [
        {
            "contact_id": effect.contact,
            "text": effect.text,
            "automation_id": each.run.automation,
            "created_at": scene.now,
        }
        for each in batch
        if isinstance(effect := each.effect, effects.AddNote)
    ]
    scene.session.execute(insert_rows(Note, rows))


_RULES: Final[Mapping[type[effects.Effect], Callable[[Scene, Batch], None]]] = {
    effects.MoveDeal: _move_deals,
    effects.CreateTask: _create_tasks,
    effects.AddNote: _add_notes,
}
