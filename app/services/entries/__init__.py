"""Letting contacts into an automation whatever they did: some by name, or all of a segment, a list or a search."""

from app.services.entries.asking import Asked, Crowd, enter_contacts, enter_crowd
from app.services.entries.progress import BulkEntryView, cancel, cancel_all, of_automation
from app.services.entries.taking import queue_alone, take

__all__ = [
    "Asked",
    "BulkEntryView",
    "Crowd",
    "cancel",
    "cancel_all",
    "enter_contacts",
    "enter_crowd",
    "of_automation",
    "queue_alone",
    "take",
]
