"""Taking away what the workspace does not keep."""

from app.jobs.job import job
from app.services import forgetting


@job
def go_on() -> None:
    """Do so for a turn, and for another while it is night."""
    if forgetting.go_on():
        forgetting.ask()
