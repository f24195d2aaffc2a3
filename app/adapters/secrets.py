"""Keys of programs, and secrets that are kept encrypted."""

import base64
import hashlib
import secrets
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_PREFIX = "cdz_"
SHOWN = len(KEY_PREFIX) + 6


class _State:
    secret_key: str | None = None


class NotConfigured(RuntimeError):
    """A secret was to be kept before `configure`."""


class Unreadable(ValueError):
    """A secret was encrypted with another SECRET_KEY."""


def configure(secret_key: str) -> None:
    """Keep secrets under this SECRET_KEY from now on."""
    _State.secret_key = secret_key


def new_key() -> str:
    """Make a program's key: 256 random bits."""
    return KEY_PREFIX + secrets.token_urlsafe(32)


def digest(key: str) -> str:
    """Return what is stored of a program's key. The key is random, so one round of SHA-256 cannot be guessed back."""
    return hashlib.sha256(key.encode()).hexdigest()


def shown(key: str) -> str:
    """Return the beginning of a key, by which people recognise it."""
    return key[:SHOWN]


def encrypt(text: str) -> str:
    """Encrypt a text so that only an instance with the same SECRET_KEY reads it."""
    return _fernet().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Read an encrypted text; raises Unreadable."""
    try:
        return _fernet().decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("This secret was encrypted with another SECRET_KEY.") from error


def signing_key() -> bytes:
    """Return the key under which addresses are signed that others carry about."""
    return _derived(b"cadenza signed addresses", _secret_key())


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived(b"cadenza stored secrets", _secret_key())))


def _secret_key() -> str:
    if _State.secret_key is None:
        raise NotConfigured("Call app.adapters.secrets.configure(secret_key) first.")
    return _State.secret_key


@lru_cache(maxsize=8)
def _derived(purpose: bytes, secret_key: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(secret_key.encode())
