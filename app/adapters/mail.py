"""Sending a mail over SMTP."""

import smtplib
import socket
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr, formatdate
from typing import Final, Literal, TypeAlias

from app.adapters.outside import DEADLINE_SECONDS, Deadline, NotReached, checked_address

Security: TypeAlias = Literal["none", "starttls", "tls"]
TIMEOUT_SECONDS: Final = 15.0


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and in whose name."""

    host: str
    port: int
    username: str
    password: str
    security: Security
    sender_name: str
    sender_email: str


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one address; `identifier` makes its Message-ID, so that a repetition can be told."""

    to: str
    subject: str
    text: str
    identifier: str


class NotSent(Exception):
    """The mail server did not take it. `permanent`: it never will."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent


class _Connection(smtplib.SMTP):
    """Reaches no address that is not to be reached, and holds nobody beyond the deadline."""

    def __init__(self, server: MailServer, deadline: Deadline) -> None:
        self._tls = server.security == "tls"
        self._deadline = deadline
        super().__init__(server.host, server.port, timeout=TIMEOUT_SECONDS)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        connection = socket.create_connection((checked_address(host, port), port), timeout)
        self._deadline.watch(connection)
        return ssl.create_default_context().wrap_socket(connection, server_hostname=host) if self._tls else connection


def send(server: MailServer, mail: Mail) -> None:
    """Hand the mail over; raises NotSent, after `DEADLINE_SECONDS` at the latest."""
    message = _message(server, mail)
    try:
        with Deadline(DEADLINE_SECONDS) as deadline, _Connection(server, deadline) as smtp:
            if server.security == "starttls":
                smtp.starttls(context=ssl.create_default_context())
            if server.username:
                smtp.login(server.username, server.password)
            smtp.send_message(message, server.sender_email, [mail.to])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise NotSent(_words(code, words), permanent=code >= 500) from error
    except smtplib.SMTPResponseException as error:
        # A password can be corrected before the next try.
        permanent = error.smtp_code >= 500 and not isinstance(error, smtplib.SMTPAuthenticationError)
        raise NotSent(_words(error.smtp_code, error.smtp_error), permanent=permanent) from error
    except NotReached as error:
        raise NotSent(str(error), permanent=False) from error  # the settings can be corrected, too
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        permanent = isinstance(error, smtplib.SMTPNotSupportedError | UnicodeError)
        raise NotSent(str(error) or type(error).__name__, permanent=permanent) from error


def _message(server: MailServer, mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["From"] = formataddr((server.sender_name, server.sender_email))
    message["To"] = mail.to
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{mail.identifier}@{server.sender_email.partition('@')[2] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message


def _words(code: int, words: bytes | str) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:500]
