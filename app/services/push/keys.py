"""The key pair that browsers know the workspace by: made when first asked for, and kept for good."""

from typing import Final

from sqlalchemy import select

from app import db
from app.adapters import secrets, web_push
from app.adapters.web_push import Keys
from app.models import Workspace

# Push services want somebody to ask when something goes wrong.
_NOBODY: Final = "cadenza@localhost"


def public() -> str:
    """Return the key that browsers subscribe with."""
    with db.transaction() as session:
        if known := session.scalar(select(Workspace.push["public"].astext)):
            return str(known)
        workspace = session.scalars(
            select(Workspace).with_for_update(), execution_options={"populate_existing": True}
        ).one()
        if "public" not in workspace.push:
            made = web_push.new_keys()
            workspace.push = {"public": made.public, "private": secrets.encrypt(made.private)}
        return str(workspace.push["public"])


def pair() -> Keys:
    """Return both. Raises secrets.Unreadable if they were encrypted with another SECRET_KEY."""
    known = public()
    with db.transaction() as session:
        private = session.scalars(select(Workspace.push["private"].astext)).one()
    return Keys(secrets.decrypt(private), known)


def sender() -> str:
    """Return whom a push service may ask: the workspace's own sender of mail."""
    with db.transaction() as session:
        return f"mailto:{session.scalar(select(Workspace.mail['sender_email'].astext)) or _NOBODY}"
