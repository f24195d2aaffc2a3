"""The website of the demo world: its pages and what they are about, its form, and the shop that tells of orders."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models import MessageResult, Site, Source, SourceKind, SourceMessage, Visitor, WebForm
from app.services.demo.happenings import FORM, Happening, Moment
from app.services.demo.pages import DOMAIN, RULES
from app.services.demo.rows import insert
from app.services.forms import keeping as forms
from app.services.sources import keeping as sources
from app.services.web import category_rules, sites
from app.services.web.visits import VISITED

_SEEN_FOR_EACH_SUBMITTED: Final = 7
_PAID: Final = "invoice_paid"
_MESSAGES: Final = 12
_NOT_AN_ADDRESS: Final = {
    "field": "traits.email",
    "code": "bad_email",
    "message": "“jo at example.com” is no email address.",
    "remedy": "Write it like name@example.com.",
}


def set_up(session: Session, contacts: Sequence[int], moments: Sequence[Moment]) -> None:
    """Make the website with the browsers of those who came, the form with what it brought, and the shop's source."""
    category_rules.save(RULES)
    happenings = [each for moment in moments for each in moment.happenings]
    _watch(session, contacts, [each for each in happenings if each.name == VISITED])
    asked = [each for each in happenings if each.properties.get("form") == FORM]
    _ask(session, asked)
    _listen(session, contacts, [each for each in happenings if each.name == _PAID][-_MESSAGES:])


def _watch(session: Session, contacts: Sequence[int], views: Sequence[Happening]) -> None:
    site = sites.create(
        {
            "name": "Northlight",
            "domains": [DOMAIN],
            "needs_consent": False,
            "heeds_do_not_track": True,
            "push_after": None,
        }
    )
    first = {each.person: each.at for each in reversed(views)}
    last = {each.person: each.at for each in views}
    browsers = [
        {
            "site_id": site,
            "token": f"demo-browser-{person:05}",
            "contact_id": contacts[person],
            "created_at": first[person],
            "seen_at": at,
            "visited_at": at,
        }
        for person, at in last.items()
    ]
    insert(session, Visitor, browsers)
    if views:
        dates = {"created_at": views[0].at, "seen_at": views[-1].at}
        session.execute(update(Site).where(Site.id == site).values(dates))


def _ask(session: Session, submitted: Sequence[Happening]) -> None:
    """Make the form that those who submitted it saw."""
    fields = [_field("email", "Work e-mail", required=True), _field("attribute", "First name", attribute="FIRSTNAME")]
    design = {
        "kind": "contact",
        "language": "en",
        "title": "See it at work",
        "text": "Half an hour, with your own numbers. We write back within a day.",
        "button": "Ask for a demo",
        "thanks": "Thank you! You hear from us within a day.",
        "redirect": "",
        "accent": "#0d7a5f",
        "scheme": "auto",
        "fields": fields,
    }
    made = forms.create({"name": FORM, "enabled": True, "domains": [DOMAIN], "list_id": None, "design": design})
    known: dict[str, Any] = {"submitted": len(submitted), "shown": len(submitted) * _SEEN_FOR_EACH_SUBMITTED}
    if submitted:
        known |= {"created_at": submitted[0].at, "submitted_at": submitted[-1].at}
    session.execute(update(WebForm).where(WebForm.id == made.id).values(known))


def _field(takes: str, label: str, *, required: bool = False, attribute: str | None = None) -> dict[str, Any]:
    given = {"takes": takes, "label": label, "required": required, "attribute": attribute}
    return {**given, "topic": None, "name": "", "value": ""}


def _listen(session: Session, contacts: Sequence[int], paid: Sequence[Happening]) -> None:
    """Make the source that tells of paid invoices, with its last messages: all but the newest were in order."""
    source = sources.create({"name": "Billing", "kind": SourceKind.SERVER})
    rows: list[dict[str, Any]] = [
        {
            "source_id": source,
            "at": each.at,
            "kind": "track",
            "name": _PAID,
            "result": MessageResult.TAKEN,
            "problems": [],
            "payload": _track(f"crm-{each.person + 1:05d}", each),
            "contact_id": contacts[each.person],
        }
        for each in paid
    ]
    if rows:
        failed = {**rows[-1], "result": MessageResult.REFUSED, "problems": [_NOT_AN_ADDRESS], "contact_id": None}
        failed["payload"] = {"type": "identify", "traits": {"email": "jo at example.com"}}
        insert(session, SourceMessage, [*rows, {**failed, "kind": "identify", "name": ""}])
        dates = {"created_at": rows[0]["at"], "seen_at": rows[-1]["at"]}
        session.execute(update(Source).where(Source.id == source).values(dates))


def _track(user: str, happening: Happening) -> dict[str, Any]:
    """Return a message of Segment's protocol."""
    sent = {"type": "track", "event": happening.name, "userId": user, "properties": dict(happening.properties)}
    return {**sent, "timestamp": happening.at.isoformat(timespec="milliseconds")}
