import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from app.adapters import mail
from app.adapters.mail import Mail, MailServer, NotSent, Security
from app.adapters.signing import Key
from tests.support.instance import free_port

pytestmark = pytest.mark.usefixtures("reachable_loopback")

MAIL = Mail("rep@example.com", "Hot lead: Zoé", "Call Zoé.\n.\nNow.", "abc")


class Mailbox:
    answer = "250 OK"

    def __init__(self) -> None:
        self.raw: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - named by aiosmtpd
        self.raw.append(envelope.content)
        return self.answer

    def read(self) -> EmailMessage:
        message = message_from_bytes(self.raw[0], policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message


def signs_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    return AuthResult(success=given.password == b"right", handled=False)


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def port(box: Mailbox) -> Iterator[int]:
    options = {"auth_require_tls": False, "authenticator": signs_in}
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    yield controller.port
    controller.stop()


def server(port: int, *, security: Security = "none", username: str = "", password: str = "") -> MailServer:
    return MailServer("127.0.0.1", port, username, password, security, "Zoé’s team", "alerts@example.com")


def test_a_mail_arrives_as_it_was_meant(box: Mailbox, port: int) -> None:
    """Accents, lone dots and the sender's name survive; the Message-ID is the same at each try."""
    mail.send(server(port), MAIL)
    message = box.read()
    assert (message["Subject"], message["To"]) == ("Hot lead: Zoé", "rep@example.com")
    assert message["From"] == "Zoé’s team <alerts@example.com>"
    assert message["Message-ID"] == "<abc@example.com>"
    assert message.get_content().splitlines() == MAIL.text.splitlines()


def test_a_subject_cannot_add_headers(box: Mailbox, port: int) -> None:
    """Line breaks in a subject, which contacts' data may hold, are spaces."""
    mail.send(server(port), Mail("rep@example.com", "a\r\nBcc: all@example.com", "b", "abc"))
    assert box.read()["Subject"] == "a Bcc: all@example.com"
    assert box.read()["Bcc"] is None


def test_signing_in_to_the_server(box: Mailbox, port: int) -> None:
    """With the right password mail leaves; a wrong one may be corrected before the next try."""
    mail.send(server(port, username="u", password="right"), MAIL)
    with pytest.raises(NotSent) as refused:
        mail.send(server(port, username="u", password="wrong"), MAIL)
    assert (len(box.raw), refused.value.permanent) == (1, False)


@pytest.mark.parametrize(("answer", "permanent"), [("451 Later", False), ("550 Never", True)])
def test_refusals_are_told_apart(box: Mailbox, port: int, answer: str, permanent: bool) -> None:
    """A 4xx may be tried again, a 5xx not; the server's words are kept."""
    box.answer = answer
    with pytest.raises(NotSent, match=re.escape(answer)) as refused:
        mail.send(server(port), MAIL)
    assert refused.value.permanent is permanent


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_no_fall_back_to_plain_text(
    port: int, box: Mailbox, security: Security, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where encryption was asked for and is not to be had, nothing is sent."""
    monkeypatch.setattr(mail, "TIMEOUT_SECONDS", 0.5)
    with pytest.raises(NotSent):
        mail.send(server(port, security=security), MAIL)
    assert box.raw == []


def test_a_server_that_is_away_may_come_back() -> None:
    """A refused connection is no last word."""
    with pytest.raises(NotSent) as refused:
        mail.send(server(free_port()), MAIL)
    assert refused.value.permanent is False


def test_what_cannot_be_signed_waits_for_a_better_key(box: Mailbox, port: int) -> None:
    """It is neither lost nor sent without the signature that its domain promises."""
    keys = {"example.com": Key("example.com", "cadenza1", b"no key")}
    with pytest.raises(NotSent, match="cannot be signed for example") as left:
        mail.send(replace(server(port), keys=keys), MAIL)
    assert (left.value.permanent, box.raw) == (False, [])
