"""The workspace's mail server, and the mail that went through it."""

import re
import secrets as random
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, TypedDict, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.adapters import mail, secrets
from app.adapters.bulk import among
from app.adapters.contact_names import contact_name
from app.adapters.mail import Mail, MailServer, NotSent, Security
from app.adapters.signing import Key
from app.errors import Conflict, Invalid
from app.models import Contact, Outbox, Workspace
from app.services import audit
from app.services.mailing import domains
from app.services.paging import Order, Page, Paging, page

SECURITIES: Final[tuple[str, ...]] = get_args(Security)
KIND: Final = "mail"
_NO_SERVER: Final[dict[str, Any]] = {
    "host": "",
    "port": 587,
    "username": "",
    "security": "starttls",
    "sender_name": "",
    "sender_email": "",
}


class ServerSettings(TypedDict):
    """A mail server as admins enter it."""

    host: str
    port: int
    username: str
    security: str
    sender_name: str
    sender_email: str


class MailEntry(NamedTuple):
    """A mail in the log of sent mail."""

    id: int
    to: str
    subject: str
    body_text: str
    state: str
    at: Any
    error: str | None


def settings() -> dict[str, Any]:
    """Return the mail server's settings as they may be shown: without the password."""
    stored = _stored()
    shown = {key: stored.get(key, usual) for key, usual in _NO_SERVER.items()}
    return {**shown, "configured": bool(shown["host"]), "has_password": bool(stored.get("password"))}


def configure(new: ServerSettings, password: str | None = None) -> dict[str, Any]:
    """Use this server from now on; an empty host means no server.

    No password keeps the stored one, as long as it goes to the same server, for the same user and as well protected.
    """
    with db.transaction() as session:
        workspace = session.scalars(select(Workspace).with_for_update()).one()
        kept = workspace.mail.get("password", "") if _goes_there(workspace.mail, new) else ""
        encrypted = kept if password is None else password and secrets.encrypt(password)
        workspace.mail = {**new, "password": encrypted}
        audit.record("mail_server.updated", "mail_server", detail={"host": new["host"], "port": new["port"]})
        session.flush()
        return settings()


def server() -> MailServer | None:
    """Return the server to hand mail over to, if there is one; raises NotSent when its password cannot be read."""
    stored = _stored()
    if not stored.get("host"):
        return None
    try:
        password = secrets.decrypt(stored["password"]) if stored["password"] else ""
    except secrets.Unreadable as error:
        raise NotSent(
            "The mail password was stored under another SECRET_KEY. Enter it anew.", permanent=False
        ) from error
    return MailServer(**{key: stored[key] for key in _NO_SERVER}, password=password, keys=_keys())


def send_test(to: str) -> None:
    """Send a mail now; raises Conflict without a server, Invalid with the server's own words when it refuses."""
    try:
        present = server()
        if present is None:
            raise Conflict("There is no mail server yet. Enter one first.")
        text = "This mail was sent from Cadenza's settings. Mail works."
        mail.send(present, Mail(to, "Test mail from Cadenza", text, random.token_hex(16)))
    except NotSent as refused:
        message = f"The mail could not be sent: {refused}"
        raise Invalid.field("to", "not_sent", message, "Check the server's settings.") from refused


def sent(paging: Paging) -> Page[MailEntry]:
    """Return the mail of this workspace, newest first, whatever became of it."""
    with db.transaction() as session:
        found = page(session, select(Outbox).where(Outbox.kind == KIND), [Order(Outbox.id, descending=True)], paging)
        texts = texts_of(session, found.items)
    return Page([_entry(row, texts[row.id]) for row in found.items], found.next_cursor)


def texts_of(session: Session, rows: Sequence[Outbox]) -> Mapping[int, str]:
    """Return what each alert says by its id: below it stands the contact's name, where its own words do not say it."""
    people = {row.contact_id for row in rows if row.contact_id is not None}
    named = select(Contact.id, contact_name()).where(among(Contact.id, people))
    names = {row.id: str(row[1]) for row in session.execute(named)} if people else {}
    return {row.id: _with_name(row.payload, names.get(row.contact_id or 0, "")) for row in rows}


def _with_name(content: Mapping[str, Any], name: str) -> str:
    text = str(content["text"])
    told = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", f"{content['subject']} {text}")
    return text if told else f"{text}\n\n{name}".strip()


def _goes_there(stored: Mapping[str, Any], new: ServerSettings) -> bool:
    """Tell whether the stored password may be used as before: a new address could be somebody else's."""
    kept = (stored.get("host"), stored.get("port"), stored.get("username"), stored.get("security"))
    return bool(new["username"]) and kept == (new["host"], new["port"], new["username"], new["security"])


def _entry(row: Outbox, text: str) -> MailEntry:
    content = row.payload
    at = row.settled_at or row.created_at
    return MailEntry(row.id, content["to"], content["subject"], text, row.state, at, row.error)


def _keys() -> Mapping[str, Key]:
    try:
        with db.transaction() as session:
            return domains.signing_keys(session)
    except secrets.Unreadable as error:
        raise NotSent(
            "The keys of domains were stored under another SECRET_KEY. Delete the domains, and add them anew.",
            permanent=False,
        ) from error


def _stored() -> dict[str, Any]:
    with db.transaction() as session:
        stored: dict[str, Any] = session.scalars(select(Workspace.mail)).one()
    return stored
