"""Which events a countable question about a contact's past means."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement

from app.models import Event, EventType
from nodes.world import EventCount

_FAST_CLOCKS: Final = timedelta(days=1)


def events_meant(question: EventCount, now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions on `event` joined with `event_type`; `now` (aware) ends the window."""
    clauses = [EventType.name == question.event]
    if question.days is not None:
        since = now - timedelta(days=question.days)
        # No event is taken in long before it happened: the older months need not be looked at.
        clauses += [Event.at >= since, Event.received_at >= since - _FAST_CLOCKS]
    if question.where:
        clauses.append(Event.properties.contains(dict(question.where)))
    return clauses
