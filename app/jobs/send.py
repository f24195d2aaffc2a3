"""Delivering what is due."""

from app.adapters import doorbell
from app.jobs.job import job
from app.services import outbox


@job
def send() -> None:
    """Deliver until nothing is due."""
    doorbell.answer_sender()
    while outbox.deliver_due():
        pass
