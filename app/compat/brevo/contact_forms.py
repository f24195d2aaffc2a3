"""Contacts between Brevo's words and ours, both ways."""

from collections.abc import Mapping
from typing import Any

from app.compat.brevo.identifiers import attribute_identifier, shown_identifiers
from app.compat.brevo.requests import Body, written, written_value
from app.services.contacts import ContactInput, ContactView, FieldName, Identifier
from nodes.catalog import Attribute, Kind


def contact_input(
    body: Body, known: Mapping[str, Attribute], who: Identifier | None = None, *, email: str = ""
) -> ContactInput:
    """Read what a client says of a contact; `who` and `email` where the call itself names them.

    An attribute that is an identifier becomes one; its emptiness takes it away. `known`: the workspace's attributes.
    """
    fields: dict[FieldName, Any] = {}
    attributes: dict[str, object] = {}
    for name, value in body.mapping("attributes").items():
        kind = attribute_identifier(name.upper())
        if kind is None or kind == "id":
            attributes[name.upper()] = _label(known.get(name.upper()), value)
        else:
            fields[kind] = value
    if email:
        fields["email"] = email
    if body.has("ext_id"):
        fields["ext_id"] = body.text("ext_id")
    if body.has("emailBlacklisted"):
        fields["email_blacklisted"] = body.flag("emailBlacklisted")
    if body.has("smsBlacklisted"):
        fields["sms_blacklisted"] = body.flag("smsBlacklisted")
    return ContactInput(
        who=who,
        fields=fields,
        attributes=attributes,
        add_lists=body.numbers("listIds"),
        remove_lists=body.numbers("unlinkListIds"),
    )


def _label(attribute: Attribute | None, value: object) -> object:
    """Return the label of a category's value; clients may send either."""
    if attribute is None or attribute.kind != Kind.CATEGORY or type(value) is not int:
        return value
    return attribute.options[value - 1] if 0 < value <= len(attribute.options) else value


def shown(contact: ContactView) -> dict[str, object]:
    """Return a contact as every list shows it. Older clients cannot read an address that is null."""
    return {
        "id": contact.id,
        "email": contact.email or "",
        "emailBlacklisted": contact.email_blacklisted,
        "smsBlacklisted": contact.sms_blacklisted,
        "whatsappBlacklisted": False,
        "createdAt": written(contact.created_at),
        "modifiedAt": written(contact.modified_at),
        "listIds": contact.list_ids,
        "listUnsubscribed": [],
        "attributes": _attributes(contact),
    }


def _attributes(contact: ContactView) -> Mapping[str, object]:
    values = {name: written_value(value) for name, value in contact.attributes.items() if value is not None}
    identifiers = {name: getattr(contact, kind) for name, kind in shown_identifiers()}
    return values | {name: value for name, value in identifiers.items() if value is not None}
