"""Sending mail over SMTP, by connections that are kept for the next one."""

import atexit
import contextlib
import mimetypes
import re
import smtplib
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formataddr, formatdate
from secrets import token_hex
from typing import Final, Literal, NamedTuple, TypeAlias

from app.adapters.mail_headers import UNFOLDED, in_ascii, listed
from app.adapters.outside import DEADLINE_SECONDS, Deadline, NotReached, checked_address
from app.adapters.signing import Key, sign

Security: TypeAlias = Literal["none", "starttls", "tls"]
TIMEOUT_SECONDS: Final = 15.0
# Servers close a connection that is silent for long, or that has brought many mails. Whether it was closed is asked
# before the next mail, unless the last one was a moment ago.
_KEPT_SECONDS: Final = 20.0
_TRUSTED_SECONDS: Final = 1.0
_MOST_MAILS: Final = 100
# What a server says of an address that will never take mail. Any other refusal may be about us: our name, our rights.
_NO_SUCH_ADDRESS = re.compile(r"55[013] (?:5\.1\.(?:1|2|3|6|10)|5\.2\.1)\b|55[013] (?![0-9]\.[0-9])")


# A server on the way may write anew what is not ASCII, and a signature would not fit any more (RFC 6376, 5.3).
_SEVEN_BIT: Final = UNFOLDED.clone(max_line_length=78, cte_type="7bit")


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and in whose name. `keys`: by which it is signed, by the domain it is from."""

    host: str
    port: int
    username: str
    password: str
    security: Security
    sender_name: str
    sender_email: str
    keys: Mapping[str, Key] = field(default_factory=dict, compare=False)


class File(NamedTuple):
    """A file that goes along with a mail."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one address; `identifier` makes its Message-ID, so that a repetition can be told.

    Those of `cc` (name and address) and `bcc` get it, too.
    Without `html` it is plain text. `sender` (name and address) instead of the server's own, if given. `returns`: where
    what cannot be delivered goes to, if not to the sender. `shown_to`: whom it says it is to, if not `to` alone.
    `only`: who is left of those it is for, where the others have it.
    """

    to: str
    subject: str
    text: str
    identifier: str
    html: str = ""
    sender: tuple[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=lambda: {"Auto-Submitted": "auto-generated"})
    returns: str | None = None
    shown_to: Sequence[tuple[str, str]] = ()
    cc: Sequence[tuple[str, str]] = ()
    bcc: Sequence[str] = ()
    files: Sequence[File] = ()
    only: Sequence[str] = ()


class NotSent(Exception):
    """The mail server did not take it. `permanent`: it never will; `bounced`: because of the address."""

    def __init__(self, reason: str, *, permanent: bool, bounced: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.bounced = bounced


_Refused: TypeAlias = dict[str, tuple[int, bytes]]


class Written(NamedTuple):
    """A mail as it is handed over: writing it out takes longer than all else, so that is done once."""

    message: EmailMessage
    octets: bytes


class _Connection(smtplib.SMTP):
    """Reaches no address that is not to be reached, and holds nobody beyond the deadline."""

    def __init__(self, server: MailServer, deadline: Deadline) -> None:
        self._tls = server.security == "tls"
        self._deadline = deadline
        self.brought = 0
        self._first = ""
        self.used_at = 0.0
        super().__init__(server.host, server.port, timeout=TIMEOUT_SECONDS)
        try:
            if server.security == "starttls":
                self.starttls(context=ssl.create_default_context())
            if server.username:
                self.login(server.username, server.password)
        except BaseException:
            self.close()
            raise

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connection = socket.create_connection((checked_address(host, port), port), timeout)
        self._deadline.watch(connection)
        return ssl.create_default_context().wrap_socket(connection, server_hostname=host) if self._tls else connection

    def still_serves(self, deadline: Deadline) -> bool:
        """Tell whether one more mail can go by this connection."""
        idle = time.monotonic() - self.used_at
        if self.sock is None or self.brought >= _MOST_MAILS or idle > _KEPT_SECONDS:
            return False
        deadline.watch(self.sock)
        if idle < _TRUSTED_SECONDS:
            return True
        with contextlib.suppress(smtplib.SMTPException, OSError):
            return self.noop()[0] == 250
        return False

    def bring(self, written: Written, sender: str, to: Sequence[str], *, first: str) -> _Refused:
        """Hand one mail over; returns who was refused, if not all. Raises what smtplib does, also where `first` is."""
        self.brought += 1
        self._first = first
        if sender.isascii() and all(each.isascii() for each in to):
            return self.sendmail(sender, to, written.octets)
        # Only the library knows whether the server takes such addresses.
        return self.send_message(written.message, sender, to)

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """Name one whom the mail is for; raises where the first one is refused, lest copies leave at each try."""
        code, words = super().rcpt(recip, options)
        if recip == self._first and code not in {250, 251}:
            raise smtplib.SMTPRecipientsRefused({recip: (code, words)})
        return code, words


class _Pool:
    """Connections that wait for the next mail, by server."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: defaultdict[MailServer, list[_Connection]] = defaultdict(list)

    def take(self, server: MailServer, deadline: Deadline) -> _Connection:
        """Return a connection that serves."""
        while True:
            with self._lock:
                connection = self._idle[server].pop() if self._idle[server] else None
            if connection is None:
                return _Connection(server, deadline)
            if connection.still_serves(deadline):
                return connection
            connection.close()

    def give_back(self, server: MailServer, connection: _Connection) -> None:
        """Keep a connection for the next mail."""
        connection.used_at = time.monotonic()
        with self._lock:
            self._idle[server].append(connection)

    def close(self) -> None:
        """Let go of all that wait."""
        with self._lock:
            for connection in (each for waiting in self._idle.values() for each in waiting):
                connection.close()
            self._idle.clear()


_pool = _Pool()
atexit.register(_pool.close)


def send(server: MailServer, mail: Mail) -> Mapping[str, NotSent]:
    """Hand the mail over; raises NotSent, after `DEADLINE_SECONDS` at the latest.

    Returns who did not get their copy; those who did not for now (not `permanent`) may be tried again, alone (`only`).
    """
    written = _written(server, mail)
    try:
        with Deadline(DEADLINE_SECONDS) as deadline:
            refused = _send(server, deadline, written, mail)
        return {each: NotSent(_words(code, said), permanent=code >= 500) for each, (code, said) in refused.items()}
    except smtplib.SMTPRecipientsRefused as error:
        code, words = min(error.recipients.values())  # whoever may take it later is tried again
        said = _words(code, words)
        raise NotSent(said, permanent=code >= 500, bounced=bool(_NO_SUCH_ADDRESS.match(said))) from error
    except smtplib.SMTPResponseException as error:
        # A password can be corrected before the next try.
        permanent = error.smtp_code >= 500 and not isinstance(error, smtplib.SMTPAuthenticationError)
        raise NotSent(_words(error.smtp_code, error.smtp_error), permanent=permanent) from error
    except NotReached as error:
        raise NotSent(str(error), permanent=False) from error  # the settings can be corrected, too
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        permanent = isinstance(error, smtplib.SMTPNotSupportedError | UnicodeError)
        raise NotSent(str(error) or type(error).__name__, permanent=permanent) from error


def written_id(identifier: str, sender: str) -> str:
    """Return the Message-ID of a mail from this address."""
    return f"<{identifier}@{in_ascii(sender).partition('@')[2] or 'localhost'}>"


def _written(server: MailServer, mail: Mail) -> Written:
    """Write the mail out; raises NotSent for what no mail can say, wherever the library comes upon it."""
    try:
        message = _message(server, mail)
        octets = message.as_bytes()
    except Exception as error:
        raise NotSent(f"This mail cannot be written: {error}", permanent=True) from error
    return Written(message, _signed(server, mail, message, octets))


def _signed(server: MailServer, mail: Mail, message: EmailMessage, octets: bytes) -> bytes:
    """Sign by the key of the sender's domain, if it has one; raises NotSent for a fault that lies in the key."""
    key = server.keys.get(_sender(server, mail)[1].rpartition("@")[2].lower())
    # Where an address is not ASCII, the library writes the mail out anew, and a signature would not fit.
    if not key or not all(each.isascii() for each in (_returns(server, mail), *_recipients(mail))):
        return octets
    try:
        return sign(message, octets, key)
    except Exception as error:  # another key may be made before the next try
        raise NotSent(f"This mail cannot be signed for {key.domain}: {error}", permanent=False) from error


def _send(server: MailServer, deadline: Deadline, written: Written, mail: Mail) -> _Refused:
    connection = _pool.take(server, deadline)
    first = "" if mail.only else in_ascii(mail.to)
    try:
        refused = connection.bring(written, _returns(server, mail), _recipients(mail), first=first)
    except BaseException:
        connection.close()
        raise
    _pool.give_back(server, connection)
    return refused


def _returns(server: MailServer, mail: Mail) -> str:
    return in_ascii(mail.returns or _sender(server, mail)[1])


def _recipients(mail: Mail) -> Sequence[str]:
    return mail.only or [in_ascii(each) for each in (mail.to, *(address for _, address in mail.cc), *mail.bcc)]


def _sender(server: MailServer, mail: Mail) -> tuple[str, str]:
    name, address = mail.sender or (server.sender_name, server.sender_email)
    return name, in_ascii(address)


def _message(server: MailServer, mail: Mail) -> EmailMessage:
    sender = _sender(server, mail)
    message = EmailMessage(policy=UNFOLDED if (mail.text + mail.html).isascii() else _SEVEN_BIT)
    message["From"] = formataddr(sender)
    message["To"] = listed(mail.shown_to) or in_ascii(mail.to)
    if mail.cc:
        message["Cc"] = listed(mail.cc)
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = written_id(mail.identifier, sender[1])
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    if mail.html:
        # One of its own: the library would look through the whole mail, by a pattern made anew, for one that is free.
        message.make_alternative(boundary=f"={token_hex(16)}=")
        message.add_alternative(mail.html, subtype="html")
    for file in mail.files:
        kind, _, subkind = (mimetypes.guess_type(file.name)[0] or "application/octet-stream").partition("/")
        message.add_attachment(file.content, maintype=kind, subtype=subkind, filename=file.name)
    message.policy = UNFOLDED
    return message


def _words(code: int, words: bytes | str) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:500]
