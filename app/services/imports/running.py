"""Working through an import, a batch at a time.

How far it is, is written together with the rows: whatever is killed, the next run goes on behind the last row taken.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from app import db
from app.adapters import live
from app.adapters.bulk import insert_rows
from app.adapters.locks import alone
from app.adapters.queue import TURN_SECONDS, enqueue
from app.errors import CadenzaError, Invalid, Problem
from app.models import Process, ProcessError
from app.services.contacts import ContactInput, Mode, write
from app.services.csv_cells import unmarked
from app.services.imports.processes import JOB, KIND, end, stored_file
from app.services.imports.targets import Target
from app.services.imports.text_files import Row, shown
from app.services.imports.views import UNFINISHED, ImportState

BATCH: Final = 1000
MOST_STARTS: Final = 8
PREVIEWS_KEPT: Final = timedelta(days=1)
ERRORS_KEPT: Final = timedelta(days=30)
_LOCK: Final = 770_004


def run(process_id: int) -> bool:
    """Work on an import for a turn; True if it is not over by then. Does nothing while another worker is at it."""
    with alone(_LOCK, process_id) as ours:
        begun = _begin(process_id) if ours else None
        if begun is None:
            return False
        plan, rows, position = begun
        end = time.monotonic() + TURN_SECONDS
        batch = list(islice(rows, BATCH))
        while _take(process_id, plan, batch, position):
            if time.monotonic() > end:
                return True
            position += len(batch)
            batch = list(islice(rows, BATCH))
    return False


def hand_on(process_id: int) -> None:
    """Let a worker go on with the import, after all that waits."""
    enqueue(JOB, process_id)


def resume() -> None:
    """Hand every unfinished import to the workers again; the one who works on it already goes on alone."""
    with db.transaction() as session:
        statement = select(Process.id).where(Process.kind == KIND, Process.state.in_(UNFINISHED))
        unfinished = session.scalars(statement.order_by(Process.id)).all()
    for process_id in unfinished:
        hand_on(process_id)


def forget_old() -> None:
    """Delete files that were never started, and imports whose errors nobody needs any more."""
    now = datetime.now(UTC)
    over = Process.state.not_in({ImportState.PREVIEW, *UNFINISHED})
    old = or_(
        and_(Process.state == ImportState.PREVIEW, Process.created_at < now - PREVIEWS_KEPT),
        and_(over, Process.created_at < now - ERRORS_KEPT),
    )
    with db.transaction() as session:
        session.execute(delete(Process).where(Process.kind == KIND, old))


class _Plan:
    """How the rows of one import become inputs, and refusals become errors of cells."""

    def __init__(self, params: Mapping[str, Any], headers: Sequence[str]) -> None:
        self.mode: Mode = "upsert" if params["update_existing"] else "keep"
        self.tolerant: bool = params["tolerant"]
        self._params = params
        self._headers = headers
        self._targets = [(column, Target.of(written)) for column, written in params["targets"]]
        self._columns = {_field(target): column for column, target in self._targets}

    def input(self, row: Row) -> ContactInput:
        """Read one row. An empty cell says nothing, or empties what is stored: as the options have it."""
        given: dict[str, dict[str, Any]] = {"field": dict(self._params["fields"]), "attribute": {}}
        for column, target in self._targets:
            cell = _cell(row, column)
            if cell or self._params["empty_overwrites"]:
                given[target.what][target.name] = cell or None
        return ContactInput(
            fields=given["field"],  # type: ignore[arg-type] # targets are fields
            attributes=given["attribute"],
            add_lists=self._params["list_ids"],
            from_text=True,
            month_first=self._params["month_first"],
        )

    def errors(self, row: Row, refusal: CadenzaError) -> Iterator[dict[str, Any]]:
        """Say what is wrong with which cells of a refused row."""
        for problem in refusal.problems or [Problem(None, "", refusal.message)]:
            column = self._columns.get(problem.field or "")
            yield {
                "row": row.number,
                "column": "" if column is None else self._headers[column],
                "value": "" if column is None else shown(_cell(row, column)),
                "message": f"{problem.message} {problem.remedy}".strip(),
            }

    def too_long(self, row: Row) -> Invalid | None:
        """Refuse a row that has more in it than there are columns: its cells have probably slipped."""
        if not any(cell.strip() for cell in row.cells[len(self._headers) :]):
            return None
        message = f"The row has {len(row.cells)} cells, the first row {len(self._headers)}."
        return Invalid(
            message, [Problem(None, "too_long", message, "Put cells with a separator into quotation marks.")]
        )


def _begin(process_id: int) -> tuple[_Plan, Iterator[Row], int] | None:
    """Return the plan, the rows still to be taken and how many were; None when there is nothing to do."""
    with db.transaction() as session:
        process = _locked(session, process_id)
        if process is None or process.state not in UNFINISHED:
            return None
        starts = process.params.get("starts", 0) + 1
        process.params = process.params | {"starts": starts}
        if starts > MOST_STARTS:
            process.params = process.params | {"problem": f"It broke off {MOST_STARTS} times at the same rows."}
            end(process, ImportState.FAILED)
            _tell(process)
            return None
        file = stored_file(session, process)
        return _Plan(process.params, file.headers()), islice(file.rows(), process.processed, None), process.processed


def _take(process_id: int, plan: _Plan, batch: Sequence[Row], position: int) -> bool:
    """Take the rows that begin at `position`, and tell how far the import is; False when it is over."""
    with db.transaction() as session:
        process = _locked(session, process_id)
        if process is None or process.state not in UNFINISHED or process.processed != position:
            return False
        process.state = ImportState.RUNNING
        process.params = process.params | {"starts": 0}
        if batch:
            _write(session, process, plan, batch)
        else:
            end(process, ImportState.FINISHED)
        _tell(process)
        return bool(batch)


def _write(session: Session, process: Process, plan: _Plan, batch: Sequence[Row]) -> None:
    refusals: dict[int, CadenzaError] = {row.number: refusal for row in batch if (refusal := plan.too_long(row))}
    rows = [row for row in batch if row.number not in refusals]
    outcomes = write([plan.input(row) for row in rows], plan.mode, tolerant=plan.tolerant)
    refusals |= {row.number: each.refusal for row, each in zip(rows, outcomes, strict=True) if each.refusal}
    errors = {
        (error["row"], error["column"]): {"process_id": process.id, **error}
        for row in batch
        if row.number in refusals
        for error in plan.errors(row, refusals[row.number])
    }
    if errors:
        session.execute(insert_rows(ProcessError, list(errors.values())))
    results = Counter(each.result for each in outcomes if not each.refusal)
    counts = Counter(process.counts) + results + Counter(failed=len(refusals))
    process.counts, process.processed = dict(counts), process.processed + len(batch)


def _locked(session: Session, process_id: int) -> Process | None:
    statement = select(Process).where(Process.id == process_id, Process.kind == KIND).with_for_update()
    return session.scalar(statement.execution_options(populate_existing=True))


def _tell(process: Process) -> None:
    """Let open browsers know how far the import is, once that is durable."""
    channel = live.user_channel(process.created_by) if process.created_by else live.WORKSPACE
    news = {"id": process.id, "state": process.state, "processed": process.processed, "total": process.total}
    live.publish(channel, "import", news)


def _field(target: Target) -> str:
    return target.name if target.what == "field" else f"attributes.{target.name}"


def _cell(row: Row, column: int) -> str:
    """The cell, trimmed, without marks of joined files and the apostrophe that keeps spreadsheets from calculating."""
    return unmarked(row.cells[column].strip().lstrip("\ufeff")) if column < len(row.cells) else ""
