"""Files that go along with mail of programs."""

import base64
from datetime import timedelta

import httpx
import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.adapters import mail_links
from app.models import MailFile, Message, Outbox
from app.services import outbox, retention
from app.services.mailing import senders
from tests.factories.mailing import MARIA
from tests.support.mailbox import Mailbox

BODY = {"sender": {"email": "shop@example.com"}, "subject": "S", "htmlContent": "<p>Hi</p>"}


@pytest.fixture(autouse=True)
def _shop(app: Flask, mailbox: Mailbox) -> None:
    mail_links.configure("https://cadenza.example.com")
    senders.create("Shop", "shop@example.com")


def test_a_file_is_kept_once_and_until_it_has_left(wire: httpx.Client, mailbox: Mailbox, database: Session):
    """However many get it; while its mail waits, or was given up and may be tried again, it stays."""
    files = [{"name": "a.txt", "content": base64.b64encode(b"words").decode()}]
    versions = [{"to": [{"email": email}]} for email in (MARIA, "gone@example.com")]
    wire.post("/smtp/email", json=BODY | {"attachment": files, "messageVersions": versions})

    def kept() -> list[bytes]:
        database.execute(update(MailFile).values(created_at=func.now() - timedelta(hours=2)))
        retention.keep_house()
        return list(database.scalars(select(MailFile.content)))

    assert kept() == [b"words"]
    mailbox.refused["gone@example.com"] = "550 5.1.1 No such user"
    outbox.deliver()
    (file,) = mailbox.letters[0].iter_attachments()
    assert file.get_content().strip() == "words"
    assert kept() == [b"words"]
    database.execute(delete(Outbox).where(Outbox.state == "failed"))
    assert kept() == []


def test_a_mail_whose_file_is_gone_is_not_sent_without(wire: httpx.Client, mailbox: Mailbox, database: Session):
    """It is left out, with the reason."""
    files = [{"name": "a.txt", "content": "QQ=="}]
    wire.post("/smtp/email", json=BODY | {"to": [{"email": MARIA}], "attachment": files})
    database.execute(delete(MailFile))
    outbox.deliver()
    assert (mailbox.mails, database.scalar(select(Message.reason))) == ([], "file_gone")
