"""Segments: conditions that are kept under a name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters.catalog import bump_revision, load_catalog
from app.errors import Conflict, Invalid, NotFound, Problem
from app.models import Contact, Segment
from app.services import audit, quick_search, usage, values
from app.services.contacts.finding import judged
from nodes.catalog import Catalog
from nodes.conditions import dump, parse
from nodes.world import Json


class SegmentView(NamedTuple):
    """A segment and how many contacts it holds now; None: its condition refers to something that is gone."""

    id: int
    name: str
    condition: Json
    contacts: int | None
    created_at: datetime
    updated_at: datetime


def every() -> list[SegmentView]:
    """Return all segments by name, counted in one pass over the contacts."""
    with db.transaction() as session:
        segments = session.scalars(select(Segment).order_by(func.lower(Segment.name), Segment.id)).all()
        return _counted(session, list(segments))


def get(segment_id: int) -> SegmentView:
    """Return one segment. Raises NotFound."""
    with db.transaction() as session:
        segment = session.get(Segment, segment_id)
        if segment is None:
            raise NotFound.thing("segment", segment_id)
        return _counted(session, [segment])[0]


def create(name: str, condition: Json) -> int:
    """Keep a condition under a name; returns the segment's id. Raises Invalid or Conflict."""
    actor = permissions.current()
    line, checked = values.line("name", name), _checked(condition)
    with db.transaction() as session:
        _refuse_taken(session, line)
        created_by = actor.user_id if actor else None
        statement = insert(Segment).values(name=line, condition=checked, created_by=created_by)
        segment_id = session.scalars(statement.returning(Segment.id)).one()
        bump_revision()
        quick_search.ask()
        audit.record("created", "segment", segment_id)
    return segment_id


def change(segment_id: int, *, name: str | None = None, condition: Json = None) -> None:
    """Change name, condition or both. Raises NotFound, Invalid or Conflict."""
    columns: dict[str, Any] = {} if name is None else {"name": values.line("name", name)}
    columns |= {} if condition is None else {"condition": _checked(condition)}
    with db.transaction() as session:
        if name is not None:
            _refuse_taken(session, columns["name"], but=segment_id)
        statement = update(Segment).where(Segment.id == segment_id).values(columns | {"updated_at": func.now()})
        if session.scalar(statement.returning(Segment.id)) is None:
            raise NotFound.thing("segment", segment_id)
        bump_revision()
        quick_search.ask()
        audit.record("updated", "segment", segment_id, {"changed": sorted(columns)})


def delete(segment_id: int) -> None:
    """Delete a segment. Raises NotFound, or Conflict naming the automations that use it."""
    with db.transaction() as session:
        usage.refuse_segment_in_use(segment_id)
        if session.scalar(delete_from(Segment).where(Segment.id == segment_id).returning(Segment.id)) is None:
            raise NotFound.thing("segment", segment_id)
        bump_revision()
        audit.record("deleted", "segment", segment_id)


def _checked(condition: Json) -> Json:
    """Return the condition in canonical form. Raises Invalid."""
    judged(condition, load_catalog())
    return dump(parse(condition))


def _counted(session: Session, segments: list[Segment]) -> list[SegmentView]:
    catalog = load_catalog()
    conditions = [_judged(each, catalog) for each in segments]
    found = iter(_count(session, [each for each in conditions if each is not None]))
    return [
        SegmentView(
            each.id,
            each.name,
            each.condition,
            None if condition is None else next(found),
            each.created_at,
            each.updated_at,
        )
        for each, condition in zip(segments, conditions, strict=True)
    ]


def _count(session: Session, conditions: Sequence[ColumnElement[bool]]) -> Sequence[int]:
    """Count for each condition for how many contacts it holds: one alone may use an index."""
    if len(conditions) == 1:
        return [session.scalar(select(func.count()).select_from(Contact).where(*conditions)) or 0]
    counts = [func.count().filter(each) for each in conditions]
    return tuple(session.execute(select(*counts).select_from(Contact)).one()) if counts else ()


def _judged(segment: Segment, catalog: Catalog) -> ColumnElement[bool] | None:
    try:
        return judged(segment.condition, catalog)
    except Invalid:
        return None


def _refuse_taken(session: Session, name: str, but: int | None = None) -> None:
    """Names differ in more than case."""
    holder = session.scalar(select(Segment.id).where(func.lower(Segment.name) == name.lower()).limit(1))
    if holder not in {None, but}:
        message = f"There is a segment “{values.shortened(name)}” already."
        raise Conflict(message, [Problem("name", "taken", message, "Choose another name.")])
