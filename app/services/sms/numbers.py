"""Telephone numbers in international form (E.164)."""

from typing import Final

import phonenumbers
from sqlalchemy import select

from app import db
from app.models import Workspace

COUNTRIES: Final[frozenset[str]] = frozenset(phonenumbers.SUPPORTED_REGIONS)
"""The countries that a number without a country code can be read as, such as FR."""

_COUNTRY: Final = "default_country"


def international(text: str, country: str | None = None) -> str | None:
    """Return a number as `+33612345678`; one without a country code is read as one of `country`. None: it is none."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_possible(number: str) -> bool:
    """Tell whether an international number has the length of one; which of these exist changes every month."""
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False


def default_country() -> str | None:
    """Return the country of numbers that name none, if the workspace has one; read once a transaction."""
    with db.transaction() as session:
        if _COUNTRY not in session.info:
            session.info[_COUNTRY] = session.scalar(select(Workspace.sms["country"].astext)) or None
        country: str | None = session.info[_COUNTRY]
    return country
