"""Applying the rules of pages to the past."""

from app.jobs.job import job
from app.services.web import recategorising


@job
def apply_rules() -> None:
    """Do so for a turn."""
    recategorising.work()
