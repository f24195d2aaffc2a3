"""Copies of mail (`cc`, `bcc`) whose receivers' servers do not take them at once."""

import httpx
import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.models import Message, Outbox
from app.services import outbox
from app.services.mailing import senders, suppressions
from app.services.verdicts import MOST_TRIES
from tests.support.mailbox import Mailbox

MARIA, COPY, BLIND = "maria@example.com", "cc@example.com", "bcc@example.com"
LATER = "450 4.2.1 Later"


@pytest.fixture(autouse=True)
def _sent(wire: httpx.Client, mailbox: Mailbox) -> None:
    senders.create("Shop", "shop@example.com")
    body = {"sender": {"email": "shop@example.com"}, "subject": "S", "htmlContent": "<p>Hi</p>"}
    people = {"to": [{"email": MARIA}], "cc": [{"email": COPY}], "bcc": [{"email": BLIND}]}
    wire.post("/smtp/email", json=body | people).raise_for_status()


def arrived(mailbox: Mailbox) -> list[list[str]]:
    return [each.rcpt_tos for each in mailbox.mails]


def try_again(database: Session) -> None:
    database.execute(update(Outbox).values(due_at=func.now()))
    outbox.deliver()


def test_who_could_not_take_the_copy_gets_it_later_alone(mailbox: Mailbox, database: Session):
    """The others get no second one; it is the same mail, and the message counts as sent from the first try on."""
    mailbox.refused[COPY] = LATER
    outbox.deliver()
    assert arrived(mailbox) == [[MARIA, BLIND]]
    assert database.execute(select(Outbox.state, Outbox.error)).all() == [("pending", LATER)]
    (message,) = database.scalars(select(Message))
    sent_at = message.sent_at
    assert message.state == "sent"
    try_again(database)
    mailbox.refused.clear()
    try_again(database)
    try_again(database)
    assert arrived(mailbox) == [[MARIA, BLIND], [COPY]]
    first, second = mailbox.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert database.execute(select(Outbox.state, Outbox.error)).all() == [("sent", None)]
    database.expire_all()
    (message,) = database.scalars(select(Message))
    assert (message.state, message.sent_at) == ("sent", sent_at)


def test_a_copy_that_is_never_taken_is_given_up_with_the_reason(mailbox: Mailbox, database: Session):
    """After as many tries as any mail has; the message stays sent, for its own receiver got it."""
    mailbox.refused[COPY] = LATER
    for _ in range(MOST_TRIES + 1):
        try_again(database)
    assert arrived(mailbox) == [[MARIA, BLIND]]
    assert database.execute(select(Outbox.state, Outbox.error, Outbox.tries)).all() == [("failed", LATER, MOST_TRIES)]
    assert database.scalars(select(Message.state)).all() == ["sent"]


def test_one_who_never_will_does_not_hold_up_one_who_may_later(mailbox: Mailbox, database: Session):
    """A refusal for good is not tried again, and stays to be read; what is left goes to the other one alone."""
    mailbox.refused.update({COPY: "550 5.1.1 No such user", BLIND: LATER})
    outbox.deliver()
    mailbox.refused.pop(BLIND)
    try_again(database)
    assert arrived(mailbox) == [[MARIA], [BLIND]]
    assert database.execute(select(Outbox.state, Outbox.error)).all() == [("sent", f"{COPY}: 550 5.1.1 No such user")]


def test_a_copy_that_is_refused_for_good_is_told_of(mailbox: Mailbox, database: Session):
    """The mail itself was sent; its delivery says who did not get it and why."""
    mailbox.refused[COPY] = "550 5.1.1 No such user"
    outbox.deliver()
    assert arrived(mailbox) == [[MARIA, BLIND]]
    assert database.execute(select(Outbox.state, Outbox.error)).all() == [("sent", f"{COPY}: 550 5.1.1 No such user")]
    assert database.scalars(select(Message.state)).all() == ["sent"]


def test_what_has_left_is_not_called_off(wire: httpx.Client, mailbox: Mailbox, database: Session):
    """While a copy waits for its next try, the mail itself was sent: there is nothing to call off."""
    mailbox.refused[COPY] = LATER
    outbox.deliver()
    reference = mailbox.letters[0]["Message-ID"]
    assert wire.delete(f"/smtp/email/{reference}").status_code == 404
    assert database.scalars(select(Message.state)).all() == ["sent"]


def test_a_copy_is_not_tried_again_where_no_mail_is_taken_any_more(mailbox: Mailbox, database: Session):
    """Whose address came to be suppressed gets none; the other one does, and of nobody left nothing leaves."""
    mailbox.refused.update({COPY: LATER, BLIND: LATER})
    outbox.deliver()
    suppressions.add(COPY)
    try_again(database)
    mailbox.refused.clear()
    suppressions.add(MARIA)
    try_again(database)
    assert arrived(mailbox) == [[MARIA], [BLIND]]


def test_copies_to_nobody_are_at_their_end(mailbox: Mailbox, database: Session):
    """The delivery says why; the message stays sent."""
    mailbox.refused[COPY] = LATER
    outbox.deliver()
    suppressions.add(COPY)
    mailbox.refused.clear()
    try_again(database)
    assert arrived(mailbox) == [[MARIA, BLIND]]
    assert database.execute(select(Outbox.state, Outbox.error)).all() == [("kept", "suppressed")]
    assert database.scalars(select(Message.state)).all() == ["sent"]
