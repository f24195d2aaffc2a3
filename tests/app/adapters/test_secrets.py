import pytest

from app.adapters import secrets

TEXT = "pässword"


def test_a_secret_is_read_again() -> None:
    """What was encrypted is not to be seen, and comes back with the same key."""
    secrets.configure("one key")
    token = secrets.encrypt(TEXT)
    assert TEXT not in token
    assert secrets.decrypt(token) == TEXT


def test_another_key_reads_nothing() -> None:
    """Neither another key nor a changed token gives the secret away."""
    secrets.configure("one key")
    token = secrets.encrypt(TEXT)
    secrets.configure("another key")
    for attempt in (token, token[:-4] + "AAAA", ""):
        with pytest.raises(secrets.Unreadable):
            secrets.decrypt(attempt)


def test_keys_are_long_and_never_alike() -> None:
    """A program's key has 256 random bits behind its prefix."""
    made = {secrets.new_key() for _ in range(100)}
    assert len(made) == 100
    assert {len(key) for key in made} == {len("cdz_") + 43}
