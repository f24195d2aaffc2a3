"""Imports as people handle them: a file waits for its columns to be matched, is started, watched, cancelled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters.catalog import load_catalog
from app.adapters.queue import enqueue
from app.errors import Conflict, Invalid, NotFound
from app.models import Process
from app.services import attributes, audit, callbacks, values
from app.services.contacts import FieldName
from app.services.imports.guesses import guess_columns
from app.services.imports.survey import Survey, survey
from app.services.imports.targets import Target, read_targets
from app.services.imports.text_files import LARGEST_FILE, TextFile, recognise, shown
from app.services.imports.views import (
    UNFINISHED,
    CellError,
    ImportPreview,
    ImportProgress,
    ImportState,
    column_view,
    first_errors,
    progress_view,
)
from app.services.paging import Order, Page, Paging, page
from nodes.catalog import Catalog

KIND: Final = "import"
JOB: Final = "app.jobs.imports.run_import"
_SAMPLES: Final = 200
_SHOWN_SAMPLES: Final = 5
_SHOWN_ROWS: Final = 20
_ERRORS_AT_ONCE: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How to take a file in. `mapping`: where each column goes, by its number: see `targets`.

    `update_existing`: else contacts that exist only join the lists. `empty_overwrites`: empty cells empty what is
    stored. `fields` hold for every row. `tolerant`: cells that do not fit are left out, not refused with their row.
    `notify_url` is called when the import is over.
    """

    mapping: Mapping[int, str]
    list_ids: Sequence[int] = ()
    update_existing: bool = True
    empty_overwrites: bool = False
    fields: Mapping[FieldName, bool] = field(default_factory=dict)
    tolerant: bool = False
    notify_url: str | None = None


def upload(
    content: bytes, filename: str, *, encoding: str | None = None, separator: str | None = None
) -> ImportPreview:
    """Keep a file until it is started, and show how it was understood. Raises Invalid for what cannot be read."""
    if len(content) > LARGEST_FILE:
        message = f"The file is larger than {LARGEST_FILE // 2**20} MB."
        raise Invalid.field("file", "too_large", message, "Split it into several files.")
    file = recognise(content, encoding=encoding, separator=separator)
    headers = file.headers()
    first = [row.cells for row in islice(file.rows(), _SAMPLES)]
    total = sum(1 for _ in file.rows())
    if total == 0:
        raise Invalid.field("file", "no_rows", "Beneath its first line the file is empty.", "Choose a file with rows.")
    process_id = _keep(file, filename, total)
    samples = [_filled(first, index) for index in range(len(headers))]
    guesses = guess_columns(headers, samples, load_catalog().attributes)
    return ImportPreview(
        process_id,
        ImportState.PREVIEW,
        [
            column_view(index, header, [shown(each) for each in filled[:_SHOWN_SAMPLES]], guess)
            for index, (header, filled, guess) in enumerate(zip(headers, samples, guesses, strict=True))
        ],
        total,
        file.encoding,
        file.separator,
        [[shown(cell) for cell in row] for row in first[:_SHOWN_ROWS]],
    )


def start(process_id: int, options: ImportOptions) -> ImportProgress:
    """Queue an uploaded file, and make the attributes it needs. Raises Invalid, NotFound, Conflict."""
    with db.transaction() as session:
        process = _locked(session, process_id)
        if process.state != ImportState.PREVIEW:
            raise Conflict("This import was started already.")
        file = stored_file(session, process)
        known = load_catalog()
        targets = read_targets(options.mapping, file.headers(), known.attributes)
        _demand_lists(options.list_ids, known)
        found = survey(file.rows(), targets, known.attributes)
        for target in targets.values():
            if target.make:
                attributes.create(target.name, target.make, found.options.get(target.name, ()))
        process.params = process.params | _plan(options, targets, found)
        process.state = ImportState.QUEUED
        session.flush()
        audit.record("started", KIND, process_id, {"rows": process.total})
        db.after_commit(lambda: enqueue(JOB, process_id))
        return progress_view(session, process)


def get(process_id: int) -> ImportProgress:
    """Return one import with its first errors. Raises NotFound."""
    with db.transaction() as session:
        return progress_view(session, _found(session, process_id), errors=True)


def errors(process_id: int) -> Iterator[list[CellError]]:
    """Give all errors of an import in order of rows, some at a time. Raises NotFound at once."""
    with db.transaction() as session:
        _found(session, process_id)
    return _errors(process_id)


def recent(paging: Paging) -> Page[ImportProgress]:
    """Return the imports that were started, the latest first."""
    statement = select(Process).where(Process.kind == KIND, Process.state != ImportState.PREVIEW)
    with db.transaction() as session:
        found = page(session, statement, [Order(Process.id, descending=True)], paging)
        return Page([progress_view(session, each) for each in found.items], found.next_cursor)


def cancel(process_id: int) -> ImportProgress:
    """Stop an import after the rows it is just working on; what was taken stays. Raises NotFound or Conflict."""
    with db.transaction() as session:
        process = _locked(session, process_id)
        if process.state not in {ImportState.PREVIEW, *UNFINISHED}:
            raise Conflict(f"This import is {process.state}; there is nothing to cancel.")
        end(process, ImportState.CANCELLED)
        session.flush()
        audit.record("cancelled", KIND, process_id)
        return progress_view(session, process)


def end(process: Process, state: ImportState) -> None:
    """Mark an import as over and let go of its file."""
    process.state, process.content, process.finished_at = state, None, datetime.now(UTC)
    if url := process.params.get("notify_url"):
        news = {"processId": process.id, "status": state, "total": process.total, **process.counts}
        callbacks.call(f"{KIND}:{process.id}:over", url, news)


def stored_file(session: Session, process: Process) -> TextFile:
    """Return the file of an import that is not over."""
    content = session.scalar(select(Process.content).where(Process.id == process.id))
    written = process.params["file"]
    return TextFile(content or b"", written["encoding"], written["separator"], written["has_header"])


def _errors(process_id: int) -> Iterator[list[CellError]]:
    after = (0, "")
    while True:
        with db.transaction() as session:
            found = first_errors(session, process_id, _ERRORS_AT_ONCE, after)
        if not found:
            return
        yield found
        after = (found[-1].row, found[-1].column)


def _keep(file: TextFile, filename: str, total: int) -> int:
    actor = permissions.current()
    written = {"encoding": file.encoding, "separator": file.separator, "has_header": file.has_header}
    columns = {
        "kind": KIND,
        "state": ImportState.PREVIEW,
        "total": total,
        "params": {"filename": values.storable("file", filename, 1000)[-200:], "file": written},
        "content": file.content,
        "created_by": actor.user_id if actor else None,
    }
    with db.transaction() as session:
        return session.scalars(insert(Process).values(columns).returning(Process.id)).one()


def _plan(options: ImportOptions, targets: Mapping[int, Target], found: Survey) -> dict[str, Any]:
    """What the workers need to know, as JSON."""
    return {
        "targets": [[column, str(target)] for column, target in targets.items()],
        "month_first": sorted(found.month_first),
        "list_ids": list(options.list_ids),
        "update_existing": options.update_existing,
        "empty_overwrites": options.empty_overwrites,
        "fields": dict(options.fields),
        "tolerant": options.tolerant,
        "notify_url": options.notify_url,
    }


def _demand_lists(list_ids: Sequence[int], catalog: Catalog) -> None:
    for list_id in list_ids:
        if list_id not in catalog.lists:
            message = f"There is no list with the id {list_id}."
            raise Invalid.field("list_id", "unknown_list", message, "Use the id of one that exists, or none.")


def _found(session: Session, process_id: int) -> Process:
    process = session.scalar(select(Process).where(Process.id == process_id, Process.kind == KIND))
    if process is None:
        raise NotFound.thing(KIND, process_id)
    return process


def _locked(session: Session, process_id: int) -> Process:
    statement = select(Process).where(Process.id == process_id, Process.kind == KIND).with_for_update()
    process = session.scalar(statement.execution_options(populate_existing=True))
    if process is None:
        raise NotFound.thing(KIND, process_id)
    return process


def _filled(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    return [row[index].strip() for row in rows if index < len(row) and row[index].strip()]
