"""Reading texts and identifiers from the outside world into the form they are stored in, or refusing them clearly."""

import re
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from email_validator import EmailNotValidError, validate_email

from app.errors import Invalid
from app.services.sms import numbers

LONGEST_TEXT: Final = 5_000
LONGEST_IDENTIFIER: Final = 200
LONGEST_NAME: Final = 200

_PLAIN_EMAIL = re.compile(
    r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.)+(?:[a-z]{2,3}|info)"
)
_PHONE_FILLING = re.compile(r"[\s().\-/\u00a0\u2010-\u2015\u202f]+")
_PHONE = re.compile(r"\+[1-9][0-9]{5,14}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Such as French keyboards and word processors write before a colon; Python calls them not printable.
_OTHER_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


def storable(field: str, value: object, longest: int = LONGEST_TEXT) -> str:
    """Return the text if PostgreSQL can hold it and it is not too long."""
    if not isinstance(value, str):
        raise Invalid.field(field, "not_text", f"{_name(field)} must be a text.", "Send a string.")
    if _UNSTORABLE.search(value):
        raise Invalid.field(
            field, "bad_characters", f"{_name(field)} holds characters that cannot be stored.", "Remove NUL characters."
        )
    if len(value) > longest:
        raise Invalid.field(
            field, "too_long", f"{_name(field)} is too long ({len(value)} characters).", f"At most {longest} are kept."
        )
    return value


def is_line(text: str) -> bool:
    """Tell whether a text has neither line breaks nor control characters."""
    return text.isprintable() or _OTHER_SPACES.sub("", text).isprintable()


def line(field: str, value: object, longest: int = LONGEST_NAME) -> str:
    """Return the text, trimmed, if it is one line and not empty: the name of something."""
    text = storable(field, value, longest).strip()
    if not text or not is_line(text):
        raise Invalid.field(field, "bad_line", f"{_name(field)} must be a text of one line.", "Write at least a word.")
    return text


def email(value: object, field: str = "email") -> str:
    """Return the address in the one form it is stored in: lower case, international domains in their own script."""
    if isinstance(value, str) and _plain(lowered := value.strip().lower()):
        return lowered
    text = storable(field, value, 320).strip()
    try:
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise Invalid.field(
            field, "bad_email", f"“{shortened(text)}” is no email address.", "Write it like name@example.com."
        ) from error


def _plain(address: str) -> bool:
    """Recognise the usual address at once: validating in full costs forty microseconds, and imports have many."""
    return len(address) <= 64 and "--" not in address and bool(_PLAIN_EMAIL.fullmatch(address))


def phone(value: object, field: str = "phone") -> str:
    """Return a telephone number in international form, `+33612345678`.

    Without "+" or "00" it is read as one of the workspace's own country first, if it has one: what it calls there.
    """
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else storable(field, value, 40)
    digits = _PHONE_FILLING.sub("", text)
    number = f"+{digits.removeprefix('00').removeprefix('+')}"
    if not digits.startswith(("+", "00")) and (country := numbers.default_country()):
        number = numbers.international(text, country) or number
    if not _PHONE.fullmatch(number):
        raise Invalid.field(
            field,
            "bad_phone",
            f"“{shortened(text)}” is no international telephone number.",
            "Write it with the country code, like +33612345678.",
        )
    return number


def ext_id(value: object, field: str = "ext_id") -> str:
    """Return another system's own id of a contact, trimmed."""
    return storable(field, value, LONGEST_IDENTIFIER).strip()


def time_zone(value: object, field: str = "time_zone") -> str:
    """Return the name of a time zone that exists."""
    name = storable(field, value, 64).strip()
    if not _zone_exists(name):
        raise Invalid.field(
            field, "bad_time_zone", f"There is no time zone “{shortened(name)}”.", "Use a name like Europe/Paris."
        )
    return name


@lru_cache(maxsize=1024)
def _zone_exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)


def shortened(text: str) -> str:
    """Return the beginning of a text that a message quotes, fit to be stored and sent."""
    return _UNSTORABLE.sub("\ufffd", text if len(text) <= 60 else f"{text[:59]}…")


def _name(field: str) -> str:
    return field.rpartition(".")[2]
