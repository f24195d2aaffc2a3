"""Contacts out of text files."""

from collections.abc import Iterator
from typing import Any

from flask import Response, request
from werkzeug.datastructures import FileStorage

from app import permissions
from app.api.blueprint import Blueprint
from app.api.csv_answers import csv_answer
from app.api.paging import paging
from app.api.schemas.base import PageArguments, page_of
from app.api.schemas.imports import ImportFile, ImportHints, ImportPreview, ImportProgress, ImportStart
from app.permissions import requires
from app.services import imports
from app.services.csv_cells import csv_lines
from app.services.imports import ImportOptions
from app.services.imports.text_files import LARGEST_FILE
from app.services.paging import Page

blueprint = Blueprint("imports", __name__, url_prefix="/api/imports", description="Contacts out of text files.")

_ENVELOPE = 64 * 1024


@blueprint.url_value_preprocessor
def allow_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let the body of an upload be larger than others, before anything reads it."""
    if endpoint == f"{blueprint.name}.{upload.__name__}":
        request.max_content_length = LARGEST_FILE + _ENVELOPE


@blueprint.post("")
@requires("contacts.import")
@blueprint.arguments(ImportFile, location="files")
@blueprint.arguments(ImportHints, location="query")
@blueprint.response(201, ImportPreview)
def upload(files: dict[str, FileStorage], hints: dict[str, Any]) -> imports.ImportPreview:
    """Upload a text file (CSV) and see how it is understood; nothing is imported yet."""
    file = files["file"]
    content = file.stream.read()
    return imports.upload(content, file.filename or "", encoding=hints["encoding"], separator=hints["delimiter"])


@blueprint.get("")
@requires("contacts.import")
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, page_of(ImportProgress))
def recent(arguments: dict[str, Any]) -> Page[imports.ImportProgress]:
    """List the imports, the latest first."""
    return imports.recent(paging(arguments))


@blueprint.post("/<id:id>/start")
@requires("contacts.import")
@blueprint.arguments(ImportStart)
@blueprint.response(202, ImportProgress)
def start(wanted: dict[str, Any], id: int) -> imports.ImportProgress:
    """Start an import whose columns are matched. Making attributes on the way needs the right to edit attributes."""
    mapping = {each["column"]: each["target"] for each in wanted["mapping"]}
    if any(target.startswith("new:") for target in mapping.values()):
        permissions.demand("attributes.edit")
    options = ImportOptions(
        mapping=mapping,
        list_ids=[wanted["list_id"]] if wanted["list_id"] else [],
        update_existing=wanted["update_existing"],
        empty_overwrites=wanted["empty_overwrites"],
    )
    return imports.start(id, options)


@blueprint.get("/<id:id>")
@requires("contacts.import")
@blueprint.response(200, ImportProgress)
def read(id: int) -> imports.ImportProgress:
    """See how far an import is."""
    return imports.get(id)


@blueprint.post("/<id:id>/cancel")
@requires("contacts.import")
@blueprint.response(200, ImportProgress)
def cancel(id: int) -> imports.ImportProgress:
    """Stop an import; what was taken stays."""
    return imports.cancel(id)


@blueprint.get("/<id:id>/errors.csv")
@requires("contacts.import")
@blueprint.response(200, {"type": "string"}, content_type="text/csv")
def errors(id: int) -> Response:
    """Download everything that is wrong with the file."""
    return csv_answer(_error_lines(imports.errors(id)), f"import-{id}-errors.csv")


def _error_lines(errors: Iterator[list[imports.CellError]]) -> Iterator[str]:
    yield csv_lines([["row", "column", "value", "message"]])
    for some in errors:
        yield csv_lines((each.row, each.column, each.value, each.message) for each in some)
