"""Reading the mailbox that mail comes back to."""

import logging
from typing import Final

from app import db
from app.adapters import imap, queue, secrets
from app.adapters.imap import NotRead
from app.adapters.locks import alone
from app.services.mailing import return_settings, returns

_JOB: Final = "app.jobs.returns.read"
_LOCK: Final = 770_015
_MOST: Final = 200

log = logging.getLogger(__name__)


def ask() -> None:
    """Let a worker look into the mailbox, if there is one."""
    with db.transaction() as session:
        if return_settings.current(session).host:
            db.after_commit(lambda: queue.enqueue(_JOB))


def read() -> int:
    """Take what lies in the mailbox unseen, some at a time; returns how many messages. One worker at a time does."""
    with alone(_LOCK) as ours:
        if not ours:
            return 0
        try:
            mailbox = return_settings.mailbox()
            taken = imap.take_unseen(mailbox, _take, _MOST) if mailbox else 0
        except secrets.Unreadable:
            return_settings.note_fault("The password was stored under another SECRET_KEY. Enter it anew.")
            return 0
        except NotRead as fault:
            return_settings.note_fault(str(fault))
            return 0
        return_settings.note_fault(None)
        return taken


def _take(raw: bytes) -> None:
    try:
        returns.take(raw)
    except ValueError:  # a report that nobody can read must not keep those behind it waiting
        log.exception("A message that came back cannot be read")
