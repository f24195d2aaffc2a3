"""What nobody can make us do by an address that they enter: reach this machine's own servers, or wait for ever."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from app.adapters import http, mail
from app.adapters.mail import Mail, MailServer, NotSent
from app.adapters.outside import Deadline, NotReached

DEADLINE = 0.5
MAIL = Mail("rep@example.com", "Hot lead", "Call.", "abc")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "DEADLINE_SECONDS", DEADLINE)


@pytest.fixture
def dripping(reachable_loopback: None) -> Iterator[int]:
    """The port of a server that sends a byte now and then, for ever, until the other side hangs up."""
    over = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            while not over.wait(DEADLINE / 5):
                try:
                    connection.send(b"2")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        over.set()
        thread.join()


def server(port: int) -> MailServer:
    return MailServer("127.0.0.1", port, "", "", "none", "Cadenza", "alerts@example.com")


def test_a_webhook_that_drips_is_left(dripping: int) -> None:
    """Each byte is in time, the whole is not: the request ends, and may be tried again."""
    began = time.monotonic()
    with pytest.raises(NotReached, match="within") as left:
        http.request("POST", f"http://127.0.0.1:{dripping}/", {}, seconds=DEADLINE)
    assert (left.value.permanent, time.monotonic() - began < 3 * DEADLINE) == (False, True)


def test_a_mail_server_that_drips_is_left(dripping: int) -> None:
    """The same for a greeting that takes for ever."""
    began = time.monotonic()
    with pytest.raises(NotSent, match="within") as left:
        mail.send(server(dripping), MAIL)
    assert (left.value.permanent, time.monotonic() - began < 3 * DEADLINE) == (False, True)


def test_no_mail_server_behind_the_wall_is_reached() -> None:
    """An address of this machine or its network is refused before anything is sent there."""
    with pytest.raises(NotSent, match="private address"):
        mail.send(server(25), MAIL)


def wait_for_the_end(connection: socket.socket) -> None:
    with Deadline(DEADLINE) as deadline:
        deadline.watch(connection)
        connection.recv(1)


def test_a_short_time_ends_before_a_longer_one_that_began_earlier() -> None:
    """However many wait for their time, each ends at its own."""
    here, there = socket.socketpair()
    with here, there, Deadline(60) as long:
        long.watch(here)
        began = time.monotonic()
        with pytest.raises(NotReached, match="within"):
            wait_for_the_end(there)
        assert time.monotonic() - began < 3 * DEADLINE
