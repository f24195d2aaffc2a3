"""A mail server that keeps what it takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Final

from aiosmtpd.controller import Controller

from app.services import mail
from app.services.mail import ServerSettings
from tests.support.instance import free_port


class Mailbox:
    """What an SMTP server on loopback took: envelopes as they came. `answer`: what it says to a mail."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.answer = "250 OK"
        self.refused: dict[str, str] = {}  # what is said to an address instead of taking its mail
        self.connections = 0

    async def handle_EHLO(  # noqa: N802 - named by aiosmtpd
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - named by aiosmtpd
        self.mails.append(envelope)
        return self.answer

    @property
    def letters(self) -> list[EmailMessage]:
        """The mails, parsed."""
        return [message_from_bytes(each.content, policy=policy.default) for each in self.mails]


_SERVER: Final[ServerSettings] = {
    "host": "127.0.0.1",
    "port": 25,
    "username": "",
    "security": "none",
    "sender_name": "Cadenza",
    "sender_email": "alerts@example.com",
}


@contextmanager
def listening() -> Iterator[tuple[Mailbox, ServerSettings]]:
    """Run a mail server; with what a workspace must be told to use it."""
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield (
        box,
        {
            "host": "127.0.0.1",
            "port": port,
            "username": "",
            "security": "none",
            "sender_name": "Cadenza",
            "sender_email": "alerts@example.com",
        },
    )
    controller.stop()


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Run a mail server, and let the workspace use it."""
    with listening() as (box, settings):
        mail.configure(settings)
        yield box
