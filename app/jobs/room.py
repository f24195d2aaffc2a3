"""Letting those look again who wait for room."""

from app.jobs.job import job
from app.services import room


@job
def look_again() -> None:
    """Do so for a turn."""
    room.look_again()
