"""What waits to leave for two contacts who become one: one person gets nothing twice, and two get each their own."""

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.adapters import mail_links
from app.models import Message, Outbox
from app.services import contacts, merging, outbox
from app.services.campaigns import running, spreading
from tests.factories.automations import opens
from tests.factories.campaigns import list_of, start, work
from tests.factories.mailing import template
from tests.support import live
from tests.support.mailbox import Mailbox

ADA, ADAS = "ada@example.com", "ada.private@example.com"
WAIT = {"duration": {"amount": 1, "unit": "days"}}


@pytest.fixture(autouse=True)
def _links(app: Flask, mailbox: Mailbox, reachable_loopback: None) -> None:
    mail_links.configure("https://cadenza.example.com")


@pytest.fixture
def campaign(database: Session) -> int:
    """A campaign whose mail to both of them waits in the outbox."""
    number = start(lists=(list_of(ADA, ADAS),))
    while waiting(database) < 2:
        assert spreading._step()
    return number


def pair() -> tuple[int, int]:
    """Ada, and Ada by another address."""
    return contacts.one(contacts.Identifier("email", ADA)), contacts.one(contacts.Identifier("email", ADAS))


def waiting(database: Session) -> int:
    return database.scalar(select(func.count()).select_from(Outbox).where(Outbox.state.in_(("pending", "held")))) or 0


def got(mailbox: Mailbox) -> list[str]:
    return sorted(each["To"] for each in mailbox.letters)


def delay(database: Session, contact: int, by: str) -> None:
    """Put off, or bring near, what waits for a contact."""
    database.execute(
        text("UPDATE outbox SET due_at = now() + CAST(:by AS interval) WHERE contact_id = :id"),
        {"id": contact, "by": by},
    )


@pytest.mark.usefixtures("campaign")
def test_a_campaign_that_waits_for_both_leaves_once(database: Session, mailbox: Mailbox):
    """Both were written to already, and neither mail had left."""
    merging.merge(*pair(), {})
    work(database)
    assert got(mailbox) == [ADA]


@pytest.mark.usefixtures("campaign")
@pytest.mark.parametrize("first", [0, 1])
def test_a_campaign_that_one_of_them_got_does_not_come_again(database: Session, mailbox: Mailbox, first: int):
    """Whichever of the two had it: the other's waits for its hour, and is dropped."""
    both = pair()
    delay(database, both[1 - first], "1 day")
    outbox.deliver_due()
    merging.merge(*both, {})
    assert waiting(database) == 0
    assert got(mailbox) == [(ADA, ADAS)[first]]


def test_undone_while_the_campaign_goes_on_each_gets_its_own(database: Session, mailbox: Mailbox, campaign: int):
    """Held while the campaign is paused, as all of it is."""
    ada, other = pair()
    merge = merging.merge(ada, other, {}).id
    running.pause(campaign)
    merging.undo(ada, merge)
    assert set(database.scalars(select(Outbox.state))) == {"held"}
    running.resume(campaign)
    work(database)
    assert got(mailbox) == [ADAS, ADA]


def test_undone_after_the_campaign_nothing_comes_late(database: Session, mailbox: Mailbox, campaign: int):
    """It was called off meanwhile: what was dropped stays away."""
    ada, other = pair()
    merge = merging.merge(ada, other, {}).id
    running.cancel(campaign)
    merging.undo(ada, merge)
    work(database)
    assert got(mailbox) == []


def test_what_a_run_that_ends_was_to_send_is_dropped(database: Session, mailbox: Mailbox):
    """Both stand behind the same mail, which leaves in the morning: one of the two is enough. Undone, each is."""
    number = template()
    steps = [("opened", "email_opened", {}), ("mail", "send_email", {"template": number}), ("pause", "wait", WAIT)]
    list_of(ADA, ADAS)
    live.activate(live.document(steps, [("opened", "next", "mail"), ("mail", "next", "pause")]))
    opens(ADA)
    opens(ADAS)
    ada, other = pair()
    assert waiting(database) == 2

    merge = merging.merge(ada, other, {}).id
    assert waiting(database) == 1
    merging.undo(ada, merge)
    assert waiting(database) == 2
    outbox.deliver_due()
    assert got(mailbox) == [ADAS, ADA]


@pytest.mark.usefixtures("campaign")
def test_what_was_tried_before_says_why_it_does_not_leave(database: Session, mailbox: Mailbox):
    """The mail server had asked to come again later: its message is left out, and leaves after all if undone."""
    ada, other = pair()
    mailbox.answer = "451 Come again later"
    outbox.deliver_due()
    fates = select(Message.contact_id, Message.state, Message.reason).order_by(Message.address)

    merge = merging.merge(ada, other, {}).id
    assert database.execute(fates).all() == [(ada, "left_out", "merged"), (ada, "sending", None)]

    mailbox.answer, mailbox.mails = "250 OK", []
    merging.undo(ada, merge)
    delay(database, ada, "0")
    delay(database, other, "0")
    outbox.deliver_due()
    assert got(mailbox) == [ADAS, ADA]
    assert database.execute(fates).all() == [(other, "sent", None), (ada, "sent", None)]
