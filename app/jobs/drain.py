"""Working through one partition."""

from app.jobs.job import job
from app.logging import about
from app.services import drain as service


@job
def drain(part: int) -> None:
    """Drain the partition."""
    with about(part=part):
        service.drain(part)
