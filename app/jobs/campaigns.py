"""Going on with campaigns."""

from app.adapters.queue import enqueue
from app.jobs.job import job
from app.services.campaigns import spreading


@job
def go_on() -> None:
    """Do so for a turn."""
    if spreading.go_on():
        enqueue(spreading.JOB)
