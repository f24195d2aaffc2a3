"""Keys of programs, and secrets that are kept encrypted."""

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_PREFIX = "cdz_"
SHOWN = len(KEY_PREFIX) + 6


class Unreadable(ValueError):
    """A secret was encrypted with another SECRET_KEY."""


def new_key() -> str:
    """Make a program's key: 256 random bits."""
    return KEY_PREFIX + secrets.token_urlsafe(32)


def digest(key: str) -> str:
    """Return what is stored of a program's key. The key is random, so one round of SHA-256 cannot be guessed back."""
    return hashlib.sha256(key.encode()).hexdigest()


def shown(key: str) -> str:
    """Return the beginning of a key, by which people recognise it."""
    return key[:SHOWN]


def encrypt(text: str, secret_key: str) -> str:
    """Encrypt a text so that only an instance with the same SECRET_KEY reads it."""
    return _fernet(secret_key).encrypt(text.encode()).decode()


def decrypt(token: str, secret_key: str) -> str:
    """Read an encrypted text; raises Unreadable."""
    try:
        return _fernet(secret_key).decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("This secret was encrypted with another SECRET_KEY.") from error


def _fernet(secret_key: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"cadenza stored secrets").derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
