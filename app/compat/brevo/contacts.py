"""Contacts: made, found by every identifier, changed, deleted."""

from typing import Final

from flask import Response, jsonify

from app import db
from app.adapters.catalog import load_catalog
from app.compat.brevo.contact_forms import contact_input, shown
from app.compat.brevo.door import door
from app.compat.brevo.identifiers import UNKNOWN, meant
from app.compat.brevo.refusals import absent, missing, out_of_range, taken
from app.compat.brevo.requests import Body, body, period
from app.compat.brevo.statistics import statistics
from app.errors import CadenzaError, NotFound
from app.permissions import requires
from app.services import contacts
from app.services.contacts import ContactInput, Identifier

LONGEST_BATCH: Final = 1000
_PERIOD_DAYS: Final = 90
_NOTHING: Final = ("", 204)


@door.post("/contacts")
@requires("contacts.edit")
def create_contact() -> Response | tuple[Response | str, int]:
    """Make a contact, or with `updateEnabled` change the one that has the identifier."""
    sent = body()
    row = contact_input(sent, load_catalog().attributes, email=sent.text("email"))
    if not any(value for field, value in row.fields.items() if field in contacts.IDENTIFIERS):
        raise missing("email", "Please provide Email or SMS attribute value to create user")
    update = sent.flag("updateEnabled")
    outcome = contacts.write([row], "upsert" if update else "create", tolerant=True)[0]
    if outcome.refusal is not None:
        raise _in_brevos_words(outcome.refusal, "create")
    if outcome.result == "created":
        return jsonify(id=outcome.contact_id), 201
    return jsonify(id=outcome.contact_id) if sent.flag("getId") else _NOTHING


@door.get("/contacts/<path:identifier>")
@requires("contacts.view")
def read_contact(identifier: str) -> Response:
    """Show one contact with what became of the mails sent to it."""
    contact = contacts.get(meant(identifier))
    return jsonify(shown(contact) | {"statistics": statistics(contact.id, period(longest_days=_PERIOD_DAYS))})


@door.get("/contacts/<path:identifier>/campaignStats")
@requires("contacts.view")
def read_campaign_statistics(identifier: str) -> Response:
    """Show what became of the mails sent to a contact."""
    return jsonify(statistics(meant(identifier), period(longest_days=_PERIOD_DAYS)))


@door.put("/contacts/<path:identifier>")
@requires("contacts.edit")
def update_contact(identifier: str) -> tuple[str, int]:
    """Change what is given of a contact, and leave the rest."""
    _update([contact_input(body(), load_catalog().attributes, Identifier("id", meant(identifier)))])
    return _NOTHING


@door.delete("/contacts/<path:identifier>")
@requires("contacts.edit")
def delete_contact(identifier: str) -> tuple[str, int]:
    """Delete a contact with all that is known of it."""
    if not contacts.delete([meant(identifier)]):
        raise absent(UNKNOWN)
    return _NOTHING


@door.post("/contacts/batch")
@requires("contacts.edit")
def update_contacts() -> tuple[str, int]:
    """Change many contacts, or none of them when one does not exist."""
    sent = body().bodies("contacts")
    if not sent:
        raise missing("contacts")
    if len(sent) > LONGEST_BATCH:
        raise out_of_range("contacts", f"contacts should hold at most {LONGEST_BATCH} contacts")
    found = contacts.resolve([_named(each) for each in sent])
    unknown = [index for index, contact_id in enumerate(found) if contact_id is None]
    if unknown:
        raise NotFound(f"No contact found for indexes {','.join(map(str, unknown))}")
    known = load_catalog().attributes
    _update(
        [
            contact_input(each, known, Identifier("id", contact_id))
            for each, contact_id in zip(sent, found, strict=True)
            if contact_id is not None
        ]
    )
    return _NOTHING


def _named(sent: Body) -> Identifier:
    """Whom an entry of a batch is about."""
    number = sent.number("id")
    if number is not None:
        return Identifier("id", number)
    if sent.text("email"):
        return Identifier("email", sent.text("email"))
    if sent.text("sms"):
        return Identifier("phone", sent.text("sms"))
    return Identifier("ext_id", sent.needed_text("ext_id"))


def _update(rows: list[ContactInput]) -> None:
    with db.transaction():
        for outcome in contacts.write(rows, "update", tolerant=True):
            if outcome.refusal is not None:
                raise _in_brevos_words(outcome.refusal, "update")


def _in_brevos_words(refusal: CadenzaError, verb: str) -> CadenzaError:
    if isinstance(refusal, NotFound):
        return absent(UNKNOWN)
    return taken(refusal.problems, verb) or refusal
