"""The chain of causes in an HTTP header: a webhook that comes back to us does not start from nothing."""

from typing import Final

HEADER: Final = "Cadenza-Causes"
LONGEST: Final = 100


def write(causes: tuple[int, ...]) -> str:
    """Return the header's value for these automations, in order."""
    return ",".join(map(str, causes))


def read(value: str | None) -> tuple[int, ...]:
    """Return the automations that a request names as its causes; what is no such list names none."""
    parts = value.split(",")[:LONGEST] if value else []
    if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        return ()
    return tuple(int(part) for part in parts)
