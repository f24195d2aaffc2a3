"""Segments: listed, for use as a filter."""

from typing import Final

from flask import Response, jsonify
from sqlalchemy import func, select

from app import db
from app.compat.brevo.door import door
from app.compat.brevo.requests import slice_of, written
from app.models import Segment
from app.permissions import requires

_MOST: Final = 50
_CATEGORY: Final = "Segments"


@door.get("/contacts/segments")
@requires("contacts.view")
def list_segments() -> Response:
    """List the segments."""
    wanted = slice_of(10, _MOST)
    order = Segment.id.desc() if wanted.newest_first else Segment.id.asc()
    with db.transaction() as session:
        count = session.scalar(select(func.count(Segment.id)))
        found = session.scalars(select(Segment).order_by(order).limit(wanted.limit).offset(wanted.offset)).all()
    shown = [
        {"id": each.id, "segmentName": each.name, "categoryName": _CATEGORY, "updatedAt": written(each.updated_at)}
        for each in found
    ]
    return jsonify(segments=shown, count=count)
