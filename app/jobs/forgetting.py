"""Taking away what the workspace does not keep."""

from app.adapters.queue import enqueue
from app.jobs.job import job
from app.services import forgetting


@job
def go_on() -> None:
    """Do so for a turn."""
    if forgetting.go_on():
        enqueue(forgetting.JOB)
