"""Reading a mailbox by IMAP over TLS."""

import imaplib
import socket
import ssl
from collections.abc import Callable
from typing import Final, NamedTuple

from app.adapters.outside import Deadline, NotReached, checked_address

_SECONDS: Final = 30.0
LARGEST: Final = 2_000_000
"""Of what is larger the headers are read alone: no report is, and of an answer they say all."""


class Mailbox(NamedTuple):
    """Where a mailbox is, and how to get in."""

    host: str
    port: int
    username: str
    password: str
    folder: str


class NotRead(Exception):
    """The mailbox could not be read; the words are for people."""


class _Connection(imaplib.IMAP4_SSL):
    """Reaches no address that is not to be reached, and holds nobody beyond the deadline."""

    def __init__(self, mailbox: Mailbox, deadline: Deadline, context: ssl.SSLContext) -> None:
        self._deadline = deadline
        super().__init__(mailbox.host, mailbox.port, ssl_context=context, timeout=_SECONDS)

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        plain = socket.create_connection((checked_address(self.host, self.port), self.port), timeout)
        self._deadline.watch(plain)
        secured: ssl.SSLSocket = self.ssl_context.wrap_socket(plain, server_hostname=self.host)
        return secured


def take_unseen(
    mailbox: Mailbox, take: Callable[[bytes], None], most: int, context: ssl.SSLContext | None = None
) -> int:
    """Give up to `most` messages that nobody has seen to `take`, the oldest first, and mark each as seen after that.

    Returns how many. Raises NotRead. A message that was taken and not marked any more is given again another time.
    """
    try:
        with (
            Deadline(_SECONDS) as deadline,
            _Connection(mailbox, deadline, context or ssl.create_default_context()) as box,
        ):
            box.login(mailbox.username, mailbox.password)
            _ok(box.select(_quoted(mailbox.folder)))
            numbers = _ok(box.uid("SEARCH", "UNSEEN"))[0].split()[:most]
            large = set(_ok(box.uid("SEARCH", f"UNSEEN LARGER {LARGEST}"))[0].split())
            for number in numbers:
                wanted = f"BODY.PEEK[HEADER]<0.{LARGEST}>" if number in large else "BODY.PEEK[]"
                parts = _ok(box.uid("FETCH", number.decode(), f"({wanted})"))
                take(next(part[1] for part in parts if isinstance(part, tuple)))
                _ok(box.uid("STORE", number.decode(), "+FLAGS.SILENT", "(\\Seen)"))
            return len(numbers)
    except (imaplib.IMAP4.error, NotReached, OSError, UnicodeError, StopIteration) as error:
        raise NotRead(str(error)[:300] or type(error).__name__) from error


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _ok(answer: tuple[str, list]) -> list:  # type: ignore[type-arg] # as imaplib has it
    state, data = answer
    if state != "OK":
        raise imaplib.IMAP4.error(str(data[0])[:300])
    return data
