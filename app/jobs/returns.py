"""Looking for mail that came back."""

from app.jobs.job import job
from app.services.mailing import return_mailbox


@job
def read() -> None:
    """Take what lies in the mailbox."""
    return_mailbox.read()
