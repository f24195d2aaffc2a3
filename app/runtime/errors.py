"""What can go wrong while starting, told in words."""

from pathlib import Path


class StartError(RuntimeError):
    """Cadenza cannot start; the message says why and what to do."""


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a server's log, for an error message."""
    if not log.exists():
        return f"({log} was not written)"
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
