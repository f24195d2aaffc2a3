"""The addresses of steps: made when first asked for, so that a draft has its own before it is switched on.

A hook belongs to a step of an automation, not to a document: a copy of either is reached at an address of its own.
"""

import re
import secrets as random
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app import db
from app.adapters import secrets
from app.errors import Conflict, NotFound
from app.models import Automation, AutomationVersion, Hook
from app.services import audit
from app.services.automations.drafts import demand_editable, find
from workflows.document import MOST_NODES

PATH: Final = "/hooks"
"""Where the door is; a token follows."""

_STEP: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TOKEN_BYTES: Final = 32
# A step that was just drawn may not be saved yet.
_DRAWN_WITHIN: Final = timedelta(days=1)


class Address(NamedTuple):
    """Where a step is called; whoever knows the `token` may call it. `since`: when it was made."""

    step: str
    token: str
    since: datetime


def address(automation_id: int, step: str) -> Address:
    """Return where a step is called, making the address when it is asked for the first time. Raises NotFound."""
    with db.transaction() as session:
        automation = find(session, automation_id, lock=True)
        hook = of_step(session, automation_id, step)
        if hook is None:
            demand_editable(automation)
            _demand_place(session, automation, step)
            hook = Hook(automation_id=automation_id, step=step)
            _give_token(session, hook)
        return _view(hook)


def rotate(automation_id: int, step: str) -> Address:
    """Give a step another address; the old one stops at once. Raises NotFound."""
    with db.transaction() as session:
        hook = demand(session, automation_id, step)
        hook.created_at = session.scalars(select(func.now())).one()
        _give_token(session, hook)
        audit.record("automation.address_changed", "automation", automation_id, {"step": step})
        return _view(hook)


def of_step(session: Session, automation_id: int, step: str) -> Hook | None:
    """Return the hook of a step, if it was asked for once."""
    return session.scalar(select(Hook).where(Hook.automation_id == automation_id, Hook.step == step))


def demand(session: Session, automation_id: int, step: str) -> Hook:
    """Return the hook of a step; raises NotFound."""
    hook = of_step(session, automation_id, step)
    if hook is None:
        raise NotFound.thing("address of step", step)
    return hook


def called(session: Session, token: str) -> Hook:
    """Return the hook that is called by this token; raises NotFound."""
    hook = session.scalar(select(Hook).where(Hook.digest == secrets.digest(token)))
    if hook is None:
        raise NotFound("There is no such address, or it was replaced. Copy it anew from the step's settings.")
    return hook


def _demand_place(session: Session, automation: Automation, step: str) -> None:
    """An automation has so many steps at most; where there is no place, the addresses of removed steps make it."""
    if not _STEP.fullmatch(step):
        raise NotFound.thing("step", step)
    held = select(func.count()).where(Hook.automation_id == automation.id)
    if session.scalars(held).one() < MOST_NODES:
        return
    live = session.get(AutomationVersion, automation.live_version_id) if automation.live_version_id else None
    standing = {node["id"] for each in (automation.draft, live and live.document) if each for node in each["nodes"]}
    session.execute(
        delete(Hook).where(
            Hook.automation_id == automation.id,
            Hook.step.not_in(standing),
            Hook.created_at < func.now() - _DRAWN_WITHIN,
        )
    )
    if session.scalars(held).one() >= MOST_NODES:
        message = f"This automation has {MOST_NODES} addresses already. Those of removed steps make room in a day."
        raise Conflict(message)


def _give_token(session: Session, hook: Hook) -> None:
    token = random.token_urlsafe(_TOKEN_BYTES)
    hook.digest, hook.token = secrets.digest(token), secrets.encrypt(token)
    session.add(hook)
    session.flush()
    session.refresh(hook)


def _view(hook: Hook) -> Address:
    return Address(hook.step, secrets.decrypt(hook.token), hook.created_at)
