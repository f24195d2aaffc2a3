"""What an alert says that leaves by mail."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.models import Outbox
from app.services import mail, outbox
from app.services.paging import Paging
from tests.factories.contacts import make_contact
from tests.support.mailbox import Mailbox

pytestmark = pytest.mark.usefixtures("reachable_loopback")


@pytest.fixture(autouse=True)
def _secrets(app: Flask) -> None:
    """Message-IDs are made under the instance's own key."""


@pytest.mark.parametrize(
    ("title", "text", "body"),
    [
        ("Hot lead by keys", "", "Maria Curie"),
        ("Hot lead", "Call her.", "Call her.\n\nMaria Curie"),
        ("Maria Curie is hot", "Call her.", "Call her."),
        ("Hot lead", "Call Maria Curie.", "Call Maria Curie."),
    ],
)
def test_an_alert_by_mail_names_its_contact(
    database: Session, mailbox: Mailbox, title: str, text: str, body: str
) -> None:
    """Where its own words do not; so does the log of what was sent."""
    contact = make_contact(FIRSTNAME="Maria", LASTNAME="Curie")
    content = {"to": "rep@example.com", "subject": title, "text": text}
    database.add(Outbox(kind="mail", key="mail:1", payload=content, contact_id=contact))
    database.flush()
    outbox.deliver_due()
    (letter,) = mailbox.letters
    assert letter.get_content().strip().splitlines() == body.splitlines()
    assert [each.body_text for each in mail.sent(Paging()).items] == [body]
