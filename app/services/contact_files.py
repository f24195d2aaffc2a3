"""Files of contacts that programs ask for: written by the workers, piece by piece, kept for some days to be fetched.

How far a file is, is written together with its pieces: whatever is killed, the next run goes on behind the last one.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters import secrets
from app.adapters.locks import alone
from app.adapters.queue import TURN_SECONDS, enqueue
from app.errors import CadenzaError, NotFound
from app.models import Process, ProcessPiece
from app.services import audit, callbacks
from app.services.contacts import ContactView
from app.services.contacts.finding import ContactQuery, count, find_behind
from app.services.csv_cells import csv_lines
from app.services.imports.views import UNFINISHED, ImportState

KIND: Final = "export"
KEPT: Final = timedelta(days=3)
"""They are copies of what is known of people: none stays for long, nor when somebody is erased (`erasure`)."""

_JOB: Final = "app.jobs.exports.run_export"
_BATCH: Final = 1000
_MOST_STARTS: Final = 8
_SEPARATOR: Final = ";"
_LOCK: Final = 770_021


class Column(NamedTuple):
    """One column: what stands above it, what it holds (see `_cell`), and of which field or attribute."""

    header: str
    what: str
    name: str = ""


class Wanted(NamedTuple):
    """Whose data: everybody, or those on a list, in a segment, with or without mail. Moments are told in `zone`."""

    columns: Sequence[Column]
    zone: str
    list_id: int | None = None
    segment_id: int | None = None
    subscribed: bool | None = None

    def query(self) -> ContactQuery:
        """Return who is meant."""
        lists = None if self.list_id is None else [self.list_id]
        return ContactQuery(list_ids=lists, segment_id=self.segment_id, subscribed=self.subscribed)


def start(wanted: Wanted, fetched_at: str, notify_url: str | None) -> int:
    """Begin a file, which is fetched at `fetched_at` with its token at the end. Raises Invalid or NotFound."""
    actor = permissions.current()
    with db.transaction() as session:
        process = Process(kind=KIND, total=count(wanted.query()), created_by=actor.user_id if actor else None)
        session.add(process)
        session.flush()
        address = f"{fetched_at}{_signer().dumps(process.id)}"
        process.params = {"wanted": wanted._asdict(), "address": address, "notify_url": notify_url, "last": 0}
        audit.record("exported", "contact", detail={"count": process.total})
        db.after_commit(lambda: hand_on(process.id))
    return process.id


def run(process_id: int) -> bool:
    """Work on a file for a turn; True if it is not over by then. Does nothing while another worker is at it."""
    with alone(_LOCK, process_id) as ours:
        over = time.monotonic() + TURN_SECONDS
        if not ours or not _begin(process_id):
            return False
        while _write(process_id):
            if time.monotonic() > over:
                return True
    return False


def hand_on(process_id: int) -> None:
    """Let a worker go on with the file, after all that waits."""
    enqueue(_JOB, process_id)


def resume() -> None:
    """Hand every unfinished file to the workers again; the one who works on it already goes on alone."""
    with db.transaction() as session:
        unfinished = session.scalars(
            select(Process.id).where(Process.kind == KIND, Process.state.in_(UNFINISHED)).order_by(Process.id)
        ).all()
    for process_id in unfinished:
        hand_on(process_id)


def forget_old() -> None:
    """Delete files that are kept no longer."""
    with db.transaction() as session:
        session.execute(delete(Process).where(Process.kind == KIND, Process.created_at < datetime.now(UTC) - KEPT))


def pieces(token: str) -> Iterator[bytes]:
    """Give a file by its token, piece by piece. Raises NotFound at once if there is none, or not yet."""
    try:
        process_id = int(_signer().loads(token))
    except (BadSignature, ValueError, TypeError) as error:
        raise NotFound("There is no such file.") from error
    with db.transaction() as session:
        asked = select(Process.state, Process.processed).where(Process.id == process_id, Process.kind == KIND)
        found = session.execute(asked).one_or_none()
        if found is None or found.state != ImportState.FINISHED:
            raise NotFound("This file is not there yet, or no more.")
        audit.record("fetched", "contact", detail={"process": process_id, "count": found.processed})
    return _pieces(process_id)


def _pieces(process_id: int) -> Iterator[bytes]:
    number = 0
    while True:
        with db.transaction() as session:
            asked = select(ProcessPiece.content).where(
                ProcessPiece.process_id == process_id, ProcessPiece.number == number
            )
            content = session.scalar(asked)
        if content is None:
            return
        yield content
        number += 1


def _begin(process_id: int) -> bool:
    """Tell whether there is anything to do; a file that broke off again and again is given up."""
    with db.transaction() as session:
        process = _locked(session, process_id)
        if process is None:
            return False
        starts: int = process.params.get("starts", 0) + 1
        process.state, process.params = ImportState.RUNNING, {**process.params, "starts": starts}
        if starts > _MOST_STARTS:
            _end(process, ImportState.FAILED)
        return starts <= _MOST_STARTS


def _write(process_id: int) -> bool:
    """Write the next piece; False when that was the last."""
    with db.transaction() as session:
        process = _locked(session, process_id)
        if process is None:
            return False
        wanted = _wanted(process.params)
        try:
            batch = find_behind(wanted.query(), process.params["last"], _BATCH)
        except CadenzaError:  # the segment is gone, or asks for what is
            _end(process, ImportState.FAILED)
            return False
        first = process.params["last"] == 0
        if first or batch:
            session.add(_piece(process, wanted, batch, first=first))
        process.processed += len(batch)
        if len(batch) < _BATCH:
            _end(process, ImportState.FINISHED)
            return False
        process.params = {**process.params, "last": batch[-1].id, "starts": 0}
        return True


def _piece(process: Process, wanted: Wanted, batch: Sequence[ContactView], *, first: bool) -> ProcessPiece:
    zone = ZoneInfo(wanted.zone)
    rows = [[_cell(each, column, zone) for column in wanted.columns] for each in batch]
    header = [[column.header for column in wanted.columns]] if first else []
    content = csv_lines([*header, *rows], _SEPARATOR).encode()
    return ProcessPiece(process_id=process.id, number=process.processed // _BATCH, content=content)


def _cell(contact: ContactView, column: Column, zone: ZoneInfo) -> object:
    match column.what:
        case "attribute":
            return contact.attributes.get(column.name)
        case "lists":
            return [str(each) for each in contact.list_ids]
        case "silent":
            return "unsubscribed" if getattr(contact, column.name) else "subscribed"
        case "moment":
            return getattr(contact, column.name).astimezone(zone).isoformat(timespec="seconds")
        case "number":  # a plus would be a formula to a spreadsheet
            return (getattr(contact, column.name) or "").removeprefix("+")
        case _:
            return getattr(contact, column.name)


def _wanted(params: Mapping[str, Any]) -> Wanted:
    said = params["wanted"]
    return Wanted(**{**said, "columns": [Column(*each) for each in said["columns"]]})


def _end(process: Process, state: ImportState) -> None:
    process.state, process.finished_at = state, datetime.now(UTC)
    if url := process.params["notify_url"]:
        address = process.params["address"] if state == ImportState.FINISHED else None
        callbacks.call(f"{KIND}:{process.id}:over", url, {"processId": process.id, "status": state, "url": address})


def _locked(session: Session, process_id: int) -> Process | None:
    """Return the file if it is to be gone on with."""
    asked = select(Process).where(Process.id == process_id, Process.kind == KIND, Process.state.in_(UNFINISHED))
    return session.scalar(asked.with_for_update(), execution_options={"populate_existing": True})


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(secrets.signing_key(), salt="file of contacts")
