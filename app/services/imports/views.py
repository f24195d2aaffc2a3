"""What there is to see of an import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from app.models import Process, ProcessError
from app.services.imports.guesses import Guess

ERRORS_SHOWN: Final = 50


class ImportState(StrEnum):
    """How far an import is."""

    PREVIEW = "preview"
    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNFINISHED: Final = (ImportState.QUEUED, ImportState.RUNNING)


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column of a file: its first values, and where it probably goes."""

    index: int
    header: str
    samples: list[str]
    guess: Mapping[str, str] | None
    suggestion: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """A file as it was understood."""

    id: int
    state: str
    columns: list[ColumnView]
    rows_total_estimate: int
    encoding: str
    delimiter: str
    preview_rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong with a cell, or (without a column) with its row; `row` as a spreadsheet counts."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is, and what became of its rows. `problem`: why it failed."""

    id: int
    state: str
    filename: str
    processed: int
    total: int
    created: int
    updated: int
    unchanged: int
    failed: int
    problem: str | None
    errors_sample: list[CellError]
    created_at: datetime
    finished_at: datetime | None


def column_view(index: int, header: str, samples: Sequence[str], guess: Guess) -> ColumnView:
    """Show one column."""
    target = guess.target
    return ColumnView(
        index,
        header,
        list(samples),
        {target.what: target.name} if target else None,
        {"name": guess.new_name, "kind": guess.new_kind},
    )


def progress_view(session: Session, process: Process, *, errors: bool = False) -> ImportProgress:
    """Show one import, with the first errors if asked for."""
    counts, params = process.counts, process.params
    return ImportProgress(
        process.id,
        process.state,
        params.get("filename", ""),
        process.processed,
        process.total,
        counts.get("created", 0),
        counts.get("updated", 0),
        counts.get("unchanged", 0),
        counts.get("failed", 0),
        params.get("problem"),
        first_errors(session, process.id, ERRORS_SHOWN) if errors else [],
        process.created_at,
        process.finished_at,
    )


def first_errors(session: Session, process_id: int, limit: int, after: tuple[int, str] = (0, "")) -> list[CellError]:
    """Return errors in order of rows, behind the row and column given."""
    statement = (
        select(ProcessError.row, ProcessError.column, ProcessError.value, ProcessError.message)
        .where(ProcessError.process_id == process_id, tuple_(ProcessError.row, ProcessError.column) > tuple_(*after))
        .order_by(ProcessError.row, ProcessError.column)
        .limit(limit)
    )
    return [CellError(*row) for row in session.execute(statement)]
