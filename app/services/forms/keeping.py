"""Making forms, changing them, and counting who saw and who submitted them."""

import secrets as random
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import delete as delete_from
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import db
from app.adapters import sightings
from app.adapters.catalog import load_catalog
from app.errors import Conflict, Invalid, NotFound, Problem
from app.models import ConsentTopic, ContactList, WebForm
from app.services import audit, values
from app.services.web import sites
from nodes.websites import allows

MOST_FORMS: Final = 500
KINDS: Final = ("newsletter", "contact", "download", "registration", "other")
TAKES: Final = ("email", "phone", "attribute", "topic", "hidden")


class FormView(NamedTuple):
    """A form; see `WebForm`."""

    id: int
    name: str
    key: str
    enabled: bool
    domains: Sequence[str]
    design: Mapping[str, Any]
    list_id: int | None
    shown: int
    submitted: int
    created_at: datetime
    submitted_at: datetime | None


def every() -> Sequence[FormView]:
    """Return all forms by name."""
    with db.transaction() as session:
        return [_view(each) for each in session.scalars(select(WebForm).order_by(func.lower(WebForm.name)))]


def get(form_id: int) -> FormView:
    """Return one form. Raises NotFound."""
    with db.transaction() as session:
        return _view(_find(session, form_id))


def create(given: Mapping[str, Any]) -> FormView:
    """Make a form. Raises Invalid naming the field, Conflict for a name in use or too many."""
    with db.transaction() as session:
        if (session.scalar(select(func.count()).select_from(WebForm)) or 0) >= MOST_FORMS:
            raise Conflict(f"There are {MOST_FORMS} forms already. Delete one that nobody needs.")
        form = WebForm(**_checked(session, given, 0), key=random.token_urlsafe(12))
        session.add(form)
        session.flush()
        session.refresh(form)
        audit.record("created", "form", form.id)
        return _view(form)


def change(form_id: int, given: Mapping[str, Any]) -> FormView:
    """Change a form; its address stays. Raises NotFound, and as `create` does."""
    with db.transaction() as session:
        form = _find(session, form_id)
        for name, value in _checked(session, given, form_id).items():
            setattr(form, name, value)
        session.flush()
        audit.record("updated", "form", form_id)
        return _view(form)


def delete(form_id: int) -> None:
    """Delete a form; what it brought stays. Raises NotFound."""
    with db.transaction() as session:
        if session.scalar(delete_from(WebForm).where(WebForm.id == form_id).returning(WebForm.id)) is None:
            raise NotFound.thing("form", form_id)
        audit.record("deleted", "form", form_id)


def at(key: str) -> FormView:
    """Return the form that stands at this address. Raises NotFound, also for one that is switched off."""
    with db.transaction() as session:
        form = session.scalar(select(WebForm).where(WebForm.key == key, WebForm.enabled))
        if form is None:
            raise NotFound("There is no such form, or it is closed.")
        return _view(form)


def keep_sightings() -> None:
    """Add to each form how often it was seen lately; the clock calls it."""
    seen = sightings.take()
    if not seen:
        return
    with db.transaction() as session:
        for form_id, times in sorted(seen.items()):
            session.execute(update(WebForm).where(WebForm.id == form_id).values(shown=WebForm.shown + times))
        db.after_commit(sightings.done)


def count_submitted(session: Session, form_id: int) -> None:
    """Note that somebody submitted the form."""
    counted = {"submitted": WebForm.submitted + 1, "submitted_at": func.now()}
    session.execute(update(WebForm).where(WebForm.id == form_id).values(counted))


def _find(session: Session, form_id: int) -> WebForm:
    form = session.get(WebForm, form_id)
    if form is None:
        raise NotFound.thing("form", form_id)
    return form


def _checked(session: Session, given: Mapping[str, Any], besides: int) -> dict[str, Any]:
    name = values.line("name", given["name"])
    if session.scalar(select(func.count()).where(WebForm.name == name, WebForm.id != besides)):
        raise Conflict(f"There is a form “{name}” already. Choose another name.")
    if given["list_id"] is not None and session.get(ContactList, given["list_id"]) is None:
        raise Invalid.field("list_id", "unknown_list", "There is no such list.", "Choose another one.")
    domains = sites.read_domains(given["domains"])
    redirect = _allowed(given["design"]["redirect"], domains)
    if problems := _problems(session, given["design"]["fields"]):
        raise Invalid(problems[0].message, problems)
    return {**given, "name": name, "domains": domains, "design": {**given["design"], "redirect": redirect}}


def _allowed(redirect: str, domains: Sequence[str]) -> str:
    """Return where visitors go on to: who may edit forms is not to lead them just anywhere."""
    address = _address(redirect)
    if redirect and not (address and (allows(domains, address) or sites.is_watched(address))):
        message = f"“{values.shortened(redirect)}” is no page of this form’s domains or of your websites."
        raise Invalid.field("design.redirect", "not_allowed", message, "Add its domain to the form, or choose another.")
    return address


def _address(text: str) -> str:
    """Return an address as it was read here, "" for none: browsers read a backslash as a slash, and so another host."""
    try:
        parts = urlsplit(text)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:
        return ""
    plain = text.isprintable() and not any(sign in text for sign in " ;\\")
    if not plain or parts.scheme not in {"http", "https"} or not host or not host.isascii() or "@" in parts.netloc:
        return ""
    return urlunsplit(parts._replace(netloc=f"{host}{port}", path=parts.path or "/"))


def _problems(session: Session, fields: Sequence[Mapping[str, Any]]) -> list[Problem]:
    attributes, topics = load_catalog().attributes, set(session.scalars(select(ConsentTopic.id)))
    found: list[Problem] = []
    taken: set[tuple[str, object]] = set()
    for index, field in enumerate(fields):
        where, takes = f"design.fields.{index}", field["takes"]
        target = field["name"] if takes == "hidden" else field.get(takes)
        if takes == "attribute" and target not in attributes:
            found.append(Problem(f"{where}.attribute", "unknown", "There is no such attribute.", "Choose another one."))
        elif takes == "topic" and target not in topics:
            found.append(Problem(f"{where}.topic", "unknown", "There is no such topic.", "Choose another one."))
        elif takes == "hidden" and not target:
            found.append(Problem(f"{where}.name", "required", "A hidden field needs a name.", "Write one."))
        elif takes != "hidden" and not field["label"]:
            found.append(Problem(f"{where}.label", "required", "This field has no label.", "Say what is asked."))
        elif (takes, target) in taken:
            found.append(Problem(f"{where}.takes", "twice", "This is asked twice.", "Remove one of them."))
        taken.add((takes, target))
    if not any(each["takes"] == "email" and each["required"] for each in fields):
        message = "Without an e-mail that must be filled in, nobody knows whose it is."
        found.append(Problem("design.fields", "no_email", message, "Add an e-mail field, and make it required."))
    return found


def _view(form: WebForm) -> FormView:
    return FormView(*(getattr(form, name) for name in FormView._fields))
