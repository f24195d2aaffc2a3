"""Making indexes that segments ask for."""

from app.jobs.job import job
from app.services import quick_search


@job
def keep_up() -> None:
    """See to the indexes on attributes."""
    quick_search.keep_up()
