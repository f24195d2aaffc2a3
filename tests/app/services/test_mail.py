from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters import secrets
from app.adapters.mail import NotSent
from app.errors import Conflict, Invalid
from app.models import Outbox, Workspace
from app.services import mail
from app.services.paging import Paging
from tests.support.instance import free_port

pytestmark = pytest.mark.usefixtures("reachable_loopback")

SECRET = "the mail server's password"


@pytest.fixture(autouse=True)
def _key(database: Session) -> None:
    secrets.configure("only-for-tests-only-for-tests")


def use(password: str | None = None, **changes: Any) -> dict[str, Any]:
    server: mail.ServerSettings = {
        "host": "127.0.0.1",
        "port": free_port(),
        "username": "",
        "security": "none",
        "sender_name": "Cadenza",
        "sender_email": "alerts@example.com",
    }
    return mail.configure({**server, **changes}, password)


class Accepting:
    mails: list[bytes]

    def __init__(self) -> None:
        self.mails = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - named by aiosmtpd
        self.mails.append(envelope.content)
        return "250 OK"


def test_the_password_is_never_shown(database: Session) -> None:
    """It is stored encrypted, and what is read back only says that there is one."""
    shown = use(SECRET, username="cadenza")
    assert shown["has_password"] is True
    assert SECRET not in str(shown) + str(database.scalars(select(Workspace.mail)).one())
    assert mail.server().password == SECRET


def test_the_password_stays_unless_another_comes() -> None:
    """Saving the form without typing it again keeps it; without a user name there is none."""
    use(SECRET, username="cadenza", port=2525)
    use(username="cadenza", port=2525, sender_name="Other")
    assert mail.server().password == SECRET
    assert use(port=2525)["has_password"] is False


@pytest.mark.parametrize(
    "elsewhere",
    [{"host": "evil.example"}, {"port": 2526}, {"username": "other"}, {"security": "none"}],
)
def test_the_password_goes_nowhere_else(elsewhere: dict[str, Any]) -> None:
    """Who enters another server, user or less protection has to know the password."""
    present = {"host": "mail.example.com", "port": 2525, "username": "cadenza", "security": "starttls"}
    use(SECRET, **present)
    assert use(**{**present, **elsewhere})["has_password"] is False


def test_a_password_of_another_key_is_asked_for_again() -> None:
    """After SECRET_KEY changed, the stored password cannot be read, and that is what is said."""
    use(SECRET, username="cadenza")
    secrets.configure("another key altogether")
    with pytest.raises(NotSent, match="SECRET_KEY"):
        mail.server()


def test_no_host_means_no_server() -> None:
    """An empty host switches sending off."""
    use()
    assert use(host="")["configured"] is False
    assert mail.server() is None


def test_a_test_mail_goes_out_at_once() -> None:
    """The server gets it, with the sender that was entered."""
    box = Accepting()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    use(port=controller.port)
    mail.send_test("admin@example.com")
    controller.stop()
    assert b"From: Cadenza <alerts@example.com>" in box.mails[0]


def test_a_test_mail_that_fails_says_why() -> None:
    """Without a server it cannot be sent; with a wrong one, the reason comes back."""
    with pytest.raises(Conflict):
        mail.send_test("admin@example.com")
    use()
    with pytest.raises(Invalid, match="refused"):
        mail.send_test("admin@example.com")


def test_mail_is_listed_newest_first(database: Session) -> None:
    """Whatever became of a mail, it can be read; webhooks are not mail."""
    for number, kind in enumerate(("mail", "webhook", "mail")):
        content = {"to": f"{number}@example.com", "subject": "Hot lead", "text": "Call."}
        database.add(Outbox(key=str(number), kind=kind, payload=content, state="kept"))
    database.flush()
    listed = mail.sent(Paging()).items
    assert [(entry.to, entry.state) for entry in listed] == [("2@example.com", "kept"), ("0@example.com", "kept")]
