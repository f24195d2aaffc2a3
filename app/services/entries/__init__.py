"""Letting contacts into an automation whatever they did: some by name, or all of a segment, a list or a search."""

from app.services.entries.asking import Asked, Crowd, enter_contacts, enter_crowd
from app.services.entries.members import StandingView, enter_members, of_draft
from app.services.entries.progress import BulkEntryView, cancel, cancel_all, of_automation
from app.services.entries.taking import queue_alone, take

__all__ = [
    "Asked",
    "BulkEntryView",
    "Crowd",
    "StandingView",
    "cancel",
    "cancel_all",
    "enter_contacts",
    "enter_crowd",
    "enter_members",
    "of_automation",
    "of_draft",
    "queue_alone",
    "take",
]
