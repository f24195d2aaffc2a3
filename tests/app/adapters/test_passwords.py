import pytest

from app.adapters import passwords


class Counting:
    """The hasher, counting its work."""

    def __init__(self) -> None:
        self.verified = 0
        self._real = passwords._hasher

    def hash(self, password: str) -> str:
        return self._real.hash(password)

    def verify(self, stored: str, password: str) -> bool:
        self.verified += 1
        return self._real.verify(stored, password)


@pytest.mark.parametrize("known", [True, False])
def test_nobody_is_known_by_the_time_it_takes(monkeypatch: pytest.MonkeyPatch, known: bool) -> None:
    """A wrong password costs one whole verification, whether or not the account exists."""
    stored = passwords.hash_of("right one") if known else None
    hasher = Counting()
    monkeypatch.setattr(passwords, "_hasher", hasher)
    assert not passwords.fits("wrong one", stored)
    assert hasher.verified == 1


@pytest.mark.parametrize("stored", ["", "no hash", "$argon2id$broken"])
def test_a_damaged_hash_lets_nobody_in(stored: str) -> None:
    """Whatever stands in the database, only a real hash of the password opens."""
    assert not passwords.fits("nobody has this password", stored)
    assert not passwords.fits("anything", stored)


def test_the_stand_in_is_no_password() -> None:
    """Where no password is stored, not even the one of the stand-in hash opens."""
    assert not passwords.fits("nobody has this password", None)
