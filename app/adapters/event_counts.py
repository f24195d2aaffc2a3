"""Which events a countable question about a contact's past means."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement

from app.models import Event, EventType
from nodes.world import EventCount


def events_meant(question: EventCount, now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions on `event` joined with `event_type`; `now` (aware) ends the window."""
    clauses = [EventType.name == question.event]
    if question.days is not None:
        clauses.append(Event.at >= now - timedelta(days=question.days))
    if question.where:
        clauses.append(Event.properties.contains(dict(question.where)))
    return clauses
