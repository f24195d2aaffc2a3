"""Reading the mailbox that mail comes back to, over a real connection."""

import ssl
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters import imap
from app.models import Suppression
from app.services import outbox
from app.services.mailing import return_mailbox, return_settings
from app.services.mailing.return_settings import ReturnSettings
from tests.factories.contacts import make_contact
from tests.factories.mailing import MARIA, enter, happened, mailing, template
from tests.factories.returns import answer, undelivered
from tests.support.imap import ImapBox, imap_server
from tests.support.mailbox import Mailbox

PASSWORD = "a-long-password"


def test_reports_are_taken_from_the_mailbox_once(
    database: Session, mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What is no report is left in peace, but looked at no more; the mailbox keeps everything."""
    make_contact(email=MARIA)
    mailing(template())
    enter(MARIA)
    outbox.deliver()
    report = undelivered(mailbox.letters[0], "5.1.1", "550 5.1.1 unknown")
    box = ImapBox([b"Subject: Lunch?\r\n\r\nAt noon?\r\n", report, b"\xff\xfe rubbish"])
    with imap_server(box, tmp_path, PASSWORD) as trusting:
        monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
        settings = ReturnSettings(host="127.0.0.1", port=box.port, username="bounces", folder='In "box"')
        return_settings.configure(settings, PASSWORD)
        assert return_mailbox.read() == 3
        assert return_mailbox.read() == 0
    assert box.seen == {1, 2, 3}
    assert database.scalars(select(Suppression.address)).all() == [MARIA]
    assert return_settings.shown().fault is None


def test_an_answer_with_a_large_file_is_heard(
    database: Session, mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """By its headers, which are all that is fetched of it; it is looked at once."""
    make_contact(email=MARIA)
    mailing(template())
    enter(MARIA)
    outbox.deliver()
    box = ImapBox([answer(mailbox.letters[0], "So be it. " * (imap.LARGEST // 10))])
    assert len(box.messages[0]) > imap.LARGEST
    with imap_server(box, tmp_path, PASSWORD) as trusting:
        monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
        return_settings.configure(ReturnSettings(host="127.0.0.1", port=box.port, username="bounces"), PASSWORD)
        assert (return_mailbox.read(), return_mailbox.read()) == (1, 0)
    assert len(happened(database, "email_replied")) == 1
    assert sum(box.given) < 2_000


def test_what_keeps_it_from_being_read_is_said(database: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Under the settings, until it works again; the password goes to no other mailbox, and nobody reads it."""
    box = ImapBox([])
    with imap_server(box, tmp_path, PASSWORD) as trusting:
        monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
        settings = ReturnSettings(host="127.0.0.1", port=box.port, username="bounces")
        return_settings.configure(settings, "wrong")
        assert return_mailbox.read() == 0
        assert "wrong password" in (return_settings.shown().fault or "")
        return_settings.configure(settings, PASSWORD)
        return_mailbox.read()
        assert return_settings.shown().fault is None
    assert return_settings.configure(settings).has_password
    assert not return_settings.configure(settings._replace(username="somebody")).has_password
    return_mailbox.read()
    assert return_settings.shown().fault
