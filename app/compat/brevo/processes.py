"""Long work that clients ask about until it is done."""

from typing import Final

from flask import Response, current_app, jsonify
from sqlalchemy import func, select

from app import db
from app.compat.brevo.door import door
from app.compat.brevo.refusals import absent
from app.compat.brevo.requests import slice_of
from app.models import Process
from app.permissions import requires
from app.services import contact_files
from app.services.imports import ImportState
from app.settings import Settings

EMPTYING: Final = "list_emptied"
_MOST: Final = 50
_NAMES: Final = {"import": "IMPORTUSER", contact_files.KIND: "EXPORTUSER", EMPTYING: "LIST_CLEANUP"}
_UNDER_WAY: Final = {ImportState.QUEUED: "queued", ImportState.RUNNING: "in_process"}
_SHOWN: Final = (Process.kind.in_(_NAMES), Process.state != ImportState.PREVIEW)


@door.get("/processes")
@requires("contacts.view")
def list_processes() -> Response:
    """List the processes."""
    wanted = slice_of(10, _MOST)
    order = Process.id.desc() if wanted.newest_first else Process.id.asc()
    statement = select(Process).where(*_SHOWN).order_by(order).limit(wanted.limit).offset(wanted.offset)
    with db.transaction() as session:
        found = session.scalars(statement).all()
        count = session.scalar(select(func.count(Process.id)).where(*_SHOWN))
    return jsonify(processes=[_shown(each) for each in found], count=count)


@door.get("/processes/<id:process_id>")
@requires("contacts.view")
def read_process(process_id: int) -> Response:
    """Show one process."""
    with db.transaction() as session:
        found = session.scalar(select(Process).where(Process.id == process_id, *_SHOWN))
    if found is None:
        raise absent("Process ID")
    return jsonify(_shown(found))


def record_emptying(members: int) -> int:
    """Keep a process that is over already: a client that emptied a list asks for it. Returns its id."""
    process = Process(kind=EMPTYING, state=ImportState.FINISHED, total=members, processed=members)
    with db.transaction() as session:
        session.add(process)
        session.flush()
    return process.id


def _shown(process: Process) -> dict[str, object]:
    """One process. Clients know three states only: whatever is over is completed."""
    shown: dict[str, object] = {
        "id": process.id,
        "name": _NAMES[process.kind],
        "status": _UNDER_WAY.get(ImportState(process.state), "completed"),
    }
    if process.kind == contact_files.KIND and process.state == ImportState.FINISHED:
        shown["export_url"] = process.params["address"]
    if process.counts.get("failed"):
        settings: Settings = current_app.extensions["cadenza-settings"]
        shown["info"] = {"import": {"invalid_emails": f"{settings.public_url}/api/imports/{process.id}/errors.csv"}}
    return shown
