"""Working through an uploaded file of contacts."""

from app.jobs.job import job
from app.services import imports


@job
def run_import(process_id: int) -> None:
    """Go on with the import where it stands, for a turn."""
    if imports.run(process_id):
        imports.hand_on(process_id)
