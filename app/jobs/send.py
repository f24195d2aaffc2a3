"""Delivering what is due."""

from app.adapters import doorbell
from app.jobs.job import job
from app.services import outbox


@job
def send() -> None:
    """Deliver what is due, for a turn."""
    doorbell.answer_sender()
    if outbox.deliver():
        doorbell.ring_sender(force=True)
