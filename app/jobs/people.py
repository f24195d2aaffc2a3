"""Moving those inside to another version."""

from app.jobs.job import job
from app.services.automations import people


@job
def move() -> None:
    """Do so for a turn."""
    people.move_all()
