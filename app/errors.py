"""What a service may refuse, in words a person can act on. The doors translate these into their own form."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where (`field`, dotted path), a stable `code`, and what to do about it."""

    field: str | None
    code: str
    message: str
    remedy: str = ""


class CadenzaError(Exception):
    """Base of all refusals. `status` is the HTTP status that fits, `title` its short name."""

    status = 400
    title = "Request refused"

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.problems = tuple(problems)


class Invalid(CadenzaError):
    """A value cannot be accepted."""

    status = 422
    title = "Invalid value"

    @classmethod
    def field(cls, field: str, code: str, message: str, remedy: str = "") -> "Invalid":
        """Refuse one field."""
        return cls(message, [Problem(field, code, message, remedy)])


class NotFound(CadenzaError):
    """The thing asked for does not exist."""

    status = 404
    title = "Not found"

    @classmethod
    def thing(cls, kind: str, identifier: object) -> "NotFound":
        """Say which thing is missing."""
        return cls(f"There is no {kind} “{identifier}”.")


class Conflict(CadenzaError):
    """The request does not fit the present state."""

    status = 409
    title = "Conflict"


class Gone(CadenzaError):
    """What stood here will not come back."""

    status = 410
    title = "Gone"


class NotSignedIn(CadenzaError):
    """Nobody is signed in."""

    status = 401
    title = "Not signed in"


class Forbidden(CadenzaError):
    """The person or program may not do this."""

    status = 403
    title = "Not allowed"

    @classmethod
    def lacking(cls, permission: str) -> "Forbidden":
        """Name the missing permission."""
        return cls(f"This needs the permission “{permission}”. Ask an admin of the workspace.")


class TooManyRequests(CadenzaError):
    """Slow down; `retry_after` in seconds."""

    status = 429
    title = "Too many requests"

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
