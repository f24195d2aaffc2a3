"""Contacts out of text files: upload, match columns, start; workers do the rest in batches that survive any kill."""

from app.services.imports.processes import ImportOptions, cancel, errors, get, recent, start, upload
from app.services.imports.running import forget_old, hand_on, resume, run
from app.services.imports.views import CellError, ImportPreview, ImportProgress, ImportState

__all__ = [
    "CellError",
    "ImportOptions",
    "ImportPreview",
    "ImportProgress",
    "ImportState",
    "cancel",
    "errors",
    "forget_old",
    "get",
    "hand_on",
    "recent",
    "resume",
    "run",
    "start",
    "upload",
]
