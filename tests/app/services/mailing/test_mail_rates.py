"""Rates of senders and of the domains that mail goes to: what is over waits for a time of its own, nothing is lost."""

import threading
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.adapters import mail
from app.models import Outbox, SendCount, Workspace
from app.services import outbox
from app.services.mailing import senders
from tests.factories.contacts import make_contact
from tests.factories.mailing import enter, mailing, template
from tests.support.mailbox import Mailbox

SIX_A_MINUTE = {"of": "domain", "name": "gmail.com", "most": 6, "per": "minute"}


def limit(database: Session, *rates: dict[str, object]) -> None:
    database.execute(update(Workspace).values(mail_rates=list(rates)))


def write_to(*emails: str) -> None:
    for each in emails:
        make_contact(email=each)
    mailing(template())
    enter(*emails)


def waits(database: Session) -> Sequence[timedelta]:
    """How much later than the first each mail that waits is to leave."""
    rows = database.execute(
        select(Outbox.turn_at, Outbox.tries).where(Outbox.state == "pending").order_by(Outbox.turn_at)
    )
    found = [tuple(row) for row in rows]
    assert {tries for _, tries in found} <= {0}
    return [turn - found[0][0] for turn, _ in found]


def test_a_domain_gets_mail_at_its_pace(database: Session, mailbox: Mailbox):
    """The others at once; each mail over the rate has a time of its own, evenly spread, and no try is spent."""
    limit(database, SIX_A_MINUTE)
    write_to(*(f"p{number}@gmail.com" for number in range(4)), "anna@example.com")
    outbox.deliver()
    outbox.deliver()
    assert sorted(each["To"].partition("@")[2] for each in mailbox.letters) == ["example.com", "gmail.com"]
    assert waits(database) == [timedelta(0), timedelta(seconds=10), timedelta(seconds=20)]


def test_who_waited_leaves_when_its_time_has_come(database: Session, mailbox: Mailbox):
    """Without taking another; who comes long after its time takes one anew."""
    limit(database, SIX_A_MINUTE)
    write_to(*(f"p{number}@gmail.com" for number in range(4)))
    outbox.deliver()
    first = select(Outbox.id).where(Outbox.state == "pending").order_by(Outbox.turn_at).limit(1)
    earlier = Outbox.turn_at - timedelta(seconds=40)
    database.execute(update(Outbox).where(Outbox.id == database.scalar(first)).values(due_at=earlier, turn_at=earlier))
    outbox.deliver()
    assert len(mailbox.letters) == 2
    late = Outbox.turn_at - timedelta(hours=1)
    database.execute(update(Outbox).where(Outbox.state == "pending").values(due_at=late, turn_at=late))
    outbox.deliver()
    assert len(mailbox.letters) == 2
    assert waits(database) == [timedelta(0), timedelta(seconds=10)]


def test_mail_that_is_put_off_counts_when_it_leaves(database: Session, mailbox: Mailbox):
    """Not before: who waits for a domain's turn takes none of its channel's rate from the others."""
    limit(database, SIX_A_MINUTE)
    database.execute(update(Workspace).values(send_rates=[{"channel": "email", "most": 100, "per": "hour"}]))
    write_to(*(f"p{number}@gmail.com" for number in range(4)), "anna@example.com")
    while outbox.deliver_due():
        pass
    assert len(mailbox.letters) == 2
    assert database.scalar(select(func.sum(SendCount.count))) == 2


def test_senders_have_rates_each_of_its_own(database: Session, mailbox: Mailbox):
    """A star is for each that has none by name; a rate by name goes before."""
    each = {"of": "sender", "name": "*", "most": 1, "per": "day"}
    limit(database, each, {"of": "sender", "name": "alerts@example.com", "most": 600_000_000, "per": "minute"})
    make_contact(email="a@example.com")
    mailing(template("Other"), sender=senders.create("Anna", "anna@example.com"))
    enter("a@example.com")
    write_to("b@example.com", "c@example.com")
    while outbox.deliver_due():
        pass
    assert {letter["From"] for letter in mailbox.letters} == {"Anna <anna@example.com>", "Cadenza <alerts@example.com>"}
    assert len(waits(database)) == 2


def test_one_that_hangs_holds_up_none_of_those_behind(
    database: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
):
    """They leave while the first is not answered; and it arrives, too."""
    monkeypatch.setattr(outbox, "_AT_ONCE", 4)
    others, send, count = threading.Event(), mail.send, 12

    def hang(server: mail.MailServer, letter: mail.Mail) -> None:
        if letter.to == "slow@example.com":
            assert others.wait(30)
        send(server, letter)
        if len(mailbox.mails) == count:
            others.set()

    monkeypatch.setattr(mail, "send", hang)
    write_to("slow@example.com", *(f"p{number}@example.com" for number in range(count)))
    outbox.deliver()
    assert len(mailbox.letters) == count + 1
    assert mailbox.letters[-1]["To"] == "slow@example.com"
