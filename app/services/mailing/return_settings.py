"""Where mail that comes back is taken from, and how often an address may fail."""

from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.adapters import secrets
from app.adapters.imap import Mailbox
from app.errors import Invalid
from app.models import Workspace
from app.services import audit, values

_LONGEST_LOCAL: Final = 12


class ReturnSettings(NamedTuple):
    """`address`: where mail comes back to, each message with an address of its own behind a `+`; empty: the sender.

    `host` … `folder`: the mailbox it lands in, read by IMAP; an empty host: none is read. After `soft_limit` returns
    within `soft_days` an address that could not be delivered to takes no more mail.
    """

    address: str = ""
    host: str = ""
    port: int = 993
    username: str = ""
    folder: str = "INBOX"
    soft_limit: int = 3
    soft_days: int = 30


class ShownSettings(NamedTuple):
    """The settings as they may be shown: without the password. `fault`: why the mailbox could not be read last time."""

    settings: ReturnSettings
    has_password: bool
    fault: str | None


def current(session: Session) -> ReturnSettings:
    """Return the settings."""
    stored = session.scalars(select(Workspace.returns)).one()
    return ReturnSettings(**{name: stored[name] for name in ReturnSettings._fields if name in stored})


def shown() -> ShownSettings:
    """Return the settings for people to see."""
    with db.transaction() as session:
        stored = session.scalars(select(Workspace.returns)).one()
        return ShownSettings(current(session), bool(stored.get("password")), stored.get("fault"))


def configure(new: ReturnSettings, password: str | None = None) -> ShownSettings:
    """Use these settings from now on. No password keeps the stored one, as long as it goes to the same mailbox.

    Raises Invalid for an address that has no room for what tells messages apart.
    """
    address = values.email(new.address, "address") if new.address else ""
    if len(address.partition("@")[0]) > _LONGEST_LOCAL:
        remedy = f"Choose one with at most {_LONGEST_LOCAL} characters before the @, like bounces@example.com."
        raise Invalid.field("address", "too_long", "This address is too long to come back to.", remedy)
    with db.transaction() as session:
        workspace = session.scalars(select(Workspace).with_for_update()).one()
        old = workspace.returns
        same = all(old.get(name) == getattr(new, name) for name in ("host", "port", "username"))
        kept = old.get("password", "") if same else ""
        encrypted = kept if password is None else password and secrets.encrypt(password)
        workspace.returns = {**new._asdict(), "address": address, "password": encrypted}
        audit.record("mail_server.updated", "mail_server", detail={"returns": address, "host": new.host})
        session.flush()
        return shown()


def mailbox() -> Mailbox | None:
    """Return the mailbox to read, if there is one. Raises secrets.Unreadable for a password of another SECRET_KEY."""
    with db.transaction() as session:
        stored: dict[str, Any] = session.scalars(select(Workspace.returns)).one()
        known = current(session)
    if not known.host:
        return None
    password = secrets.decrypt(stored["password"]) if stored.get("password") else ""
    return Mailbox(known.host, known.port, known.username, password, known.folder)


def note_fault(fault: str | None) -> None:
    """Keep why the mailbox could not be read, for people to see; None: it could."""
    with db.transaction() as session:
        workspace = session.scalars(select(Workspace).with_for_update()).one()
        if workspace.returns.get("fault") != fault:
            workspace.returns = {**workspace.returns, "fault": fault}


def return_address(settings: ReturnSettings, reference: str) -> str | None:
    """Return where one message comes back to (VERP); None: to its sender."""
    local, at, domain = settings.address.partition("@")
    return f"{local}+{reference}@{domain}" if at else None
