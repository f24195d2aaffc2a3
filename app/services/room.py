"""When frequency caps change, who waits for room looks again: soon after, and one partition at a time.

Each partition is held for as long as its timers are read. What is yet to be done stands in the database.
"""

import time
from typing import Final

from sqlalchemy import exists, select

from app import db
from app.adapters import doorbell, queue
from app.adapters.engine import pressure
from app.models import RoomCheck

_JOB: Final = "app.jobs.room.look_again"


def caps_changed() -> None:
    """Have all who wait look again, once the current transaction is durable."""
    with db.transaction() as session:
        pressure.ask_to_look_again(session)
        db.after_commit(_ask)


def resume() -> None:
    """Ask again for what is left to do, in case that nobody heard."""
    with db.transaction() as session:
        left = session.scalar(select(exists().select_from(RoomCheck)))
    if left:
        _ask()


def look_again() -> None:
    """Do so for a turn; then what came meanwhile has its own."""
    began = time.monotonic()
    while _look_again_in_one():
        if time.monotonic() - began >= queue.TURN_SECONDS:
            _ask()
            return


def _ask() -> None:
    queue.enqueue(_JOB)


def _look_again_in_one() -> bool:
    """False when it is done everywhere, or others are at the rest."""
    with db.transaction() as session:
        part = pressure.look_again(session)
        if part is not None:
            db.after_commit(lambda: doorbell.ring([part]))
    return part is not None
