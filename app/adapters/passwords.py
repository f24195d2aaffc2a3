"""Passwords: hashed with argon2id, never kept. Flask-Security is set to the same scheme and reads the same hashes."""

import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 8
LONGEST = 128
NORMAL_FORM: Final = "NFKD"

_hasher = PasswordHasher()


def hash_of(password: str) -> str:
    """Return the hash to store."""
    return _hasher.hash(_normal(password))


def fits(password: str, stored: str | None) -> bool:
    """Tell whether the password is the one hashed; takes as long when nothing is stored."""
    try:
        _hasher.verify(stored or _nobodys(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return bool(stored)


def _normal(password: str) -> str:
    return unicodedata.normalize(NORMAL_FORM, password)


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")
