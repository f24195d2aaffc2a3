"""Working through partitions."""

from app.jobs.job import job
from app.logging import about
from app.services import drain as service


@job
def drain(*parts: int) -> None:
    """Drain the partitions."""
    with about(parts=",".join(map(str, parts))):
        service.drain(parts)
