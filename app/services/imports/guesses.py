"""What a column of a file is probably about."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from app.errors import Invalid
from app.services.attribute_values import read_loosely
from app.services.imports.targets import Target
from app.services.values import email
from nodes.catalog import Attribute, Kind

# What people call the same thing in English, French and Russian; compared without case, accents and punctuation.
_FIELD_NAMES: Final[Mapping[str, str]] = {
    "email": "email, email address, e-mail, mail, courriel, adresse e-mail, adresse mail, почта, эл. почта, "
    "электронная почта, имейл, адрес эл. почты",
    "phone": "phone, phone number, mobile, mobile phone, mobile number, cell, cell phone, sms, tel, telephone, "
    "portable, numéro de téléphone, téléphone portable, телефон, мобильный, мобильный телефон, номер телефона",
    "ext_id": "ext id, external id, customer id, client id, user id, id, reference, identifiant, identifiant externe, "
    "numéro client, внешний id, внешний код, идентификатор, номер клиента",
    "time_zone": "time zone, timezone, fuseau, fuseau horaire, часовой пояс",
}
_ATTRIBUTE_NAMES: Final[Mapping[str, str]] = {
    "FIRSTNAME": "first name, given name, forename, prénom, имя",
    "LASTNAME": "last name, surname, family name, name, nom, nom de famille, фамилия",
    "COUNTRY": "country, pays, страна",
}
_TRANSLITERATED: Final = str.maketrans("абвгдезиклмнопрстуфхыэ", "abvgdeziklmnoprstufhye", "ъь") | str.maketrans(
    {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya"}
)


class Guess(NamedTuple):
    """Where a column probably goes; for one that fits nothing known, which attribute to make of it."""

    target: Target | None
    new_name: str
    new_kind: Kind


def guess_columns(
    headers: Sequence[str], samples: Sequence[Sequence[str]], attributes: Mapping[str, Attribute]
) -> list[Guess]:
    """Guess what each column is about, each thing once."""
    guesses: list[Guess] = []
    taken: set[str] = set()
    for header, values in zip(headers, samples, strict=True):
        target = _target(header, values, attributes)
        target = None if target is None or target.name in taken else target
        taken |= {target.name} if target else set()
        guesses.append(Guess(target, _attribute_name(header), _kind(values)))
    return guesses


def _target(header: str, values: Sequence[str], attributes: Mapping[str, Attribute]) -> Target | None:
    name = _plain(header)
    for field, names in _KNOWN_FIELDS.items():
        if name in names:
            return Target("field", field)
    own = next((each for each in attributes if _plain(each) == name), None)
    known = next((each for each, names in _KNOWN_ATTRIBUTES.items() if name in names and each in attributes), None)
    if own or known:
        return Target("attribute", own or known or "")
    return Target("field", "email") if values and _all(values, email) else None


def _kind(values: Sequence[str]) -> Kind:
    """The narrowest kind that all samples fit."""
    for kind in (Kind.NUMBER, Kind.DATE, Kind.BOOLEAN) if values else ():
        if _all(values, partial(read_loosely, Attribute("", kind))):
            return kind
    return Kind.TEXT


def _all(values: Sequence[str], reader: Callable[[str], Any]) -> bool:
    try:
        for value in values:
            reader(value)
    except Invalid:
        return False
    return True


def _attribute_name(header: str) -> str:
    latin = unicodedata.normalize("NFKD", header.casefold()).translate(_TRANSLITERATED)
    words = re.sub(r"[^A-Z0-9]+", "_", _unmarked(latin).upper()).strip("_")[:50]
    return words if words[:1].isalpha() else f"C_{words}".rstrip("_")[:50]


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", _unmarked(unicodedata.normalize("NFKD", text.casefold())))


def _unmarked(text: str) -> str:
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def _named(names: Mapping[str, str]) -> Mapping[str, Collection[str]]:
    return {target: frozenset(_plain(each) for each in listed.split(",")) for target, listed in names.items()}


_KNOWN_FIELDS: Final = _named(_FIELD_NAMES)
_KNOWN_ATTRIBUTES: Final = _named(_ATTRIBUTE_NAMES)
