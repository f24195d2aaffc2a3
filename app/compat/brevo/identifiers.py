"""Saying which contact is meant, as Brevo's clients do."""

from collections.abc import Iterator
from typing import Final

from flask import request

from app.compat.brevo.refusals import absent, wrong
from app.compat.brevo.requests import LARGEST_ID
from app.errors import Invalid
from app.services import contacts
from app.services.contacts import Identifier, IdentifierKind
from app.services.contacts.inputs import normalised

KINDS: Final[dict[str, IdentifierKind]] = {
    "contact_id": "id",
    "email_id": "email",
    "ext_id": "ext_id",
    "phone_id": "phone",
    "whatsapp_id": "whatsapp",
    "landline_number_id": "landline",
}
"""Brevo's names of identifiers, in the order in which they decide."""

_ATTRIBUTES: Final[dict[str, IdentifierKind]] = {
    "EMAIL": "email",
    "SMS": "phone",
    "WHATSAPP": "whatsapp",
    "LANDLINE_NUMBER": "landline",
    "EXT_ID": "ext_id",
}
"""Identifiers that Brevo shows and takes among the attributes."""

UNKNOWN: Final = "Contact"


def meant(text: str) -> int:
    """Return the id of the contact that the path names; `identifierType` says how. Raises NotFound or Invalid."""
    kind = request.args.get("identifierType")
    candidates = [_of_kind(text, kind)] if kind else list(_guesses(text))
    found = next((each for each in contacts.resolve(candidates) if each is not None), None)
    if found is None:
        raise absent(UNKNOWN)
    return found


def attribute_identifier(name: str) -> IdentifierKind | None:
    """Return which identifier an attribute of this name is, if it is one."""
    return _ATTRIBUTES.get(name)


def shown_identifiers() -> Iterator[tuple[str, IdentifierKind]]:
    """Give the attributes that are identifiers; the address stands apart."""
    return ((name, kind) for name, kind in _ATTRIBUTES.items() if kind != "email")


def _of_kind(text: str, kind: str) -> Identifier:
    if kind not in KINDS:
        raise wrong("identifierType", f"identifierType should be one of {', '.join(KINDS)}")
    if KINDS[kind] == "id":
        if not _is_id(text):
            raise wrong("identifier", "Invalid contact id")
        return Identifier("id", int(text))
    try:
        return normalised(Identifier(KINDS[kind], text))
    except Invalid as error:
        raise wrong("identifier", "Invalid email address" if kind == "email_id" else error.message) from error


def _guesses(text: str) -> Iterator[Identifier]:
    """What a bare identifier may be, the likeliest first."""
    if "@" in text:
        yield Identifier("email", text)
    else:
        if _is_id(text):
            yield Identifier("id", int(text))
        yield Identifier("phone", text)
    yield Identifier("ext_id", text)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 19 and 0 < int(text) <= LARGEST_ID
