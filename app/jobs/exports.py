"""Writing a file of contacts that a program asked for."""

from app.jobs.job import job
from app.services import contact_files


@job
def run_export(process_id: int) -> None:
    """Go on with the file where it stands, for a turn."""
    if contact_files.run(process_id):
        contact_files.hand_on(process_id)
