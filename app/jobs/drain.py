"""Working through one partition."""

from app.jobs.job import job
from app.services import drain as service


@job
def drain(part: int) -> None:
    """Drain the partition."""
    service.drain(part)
