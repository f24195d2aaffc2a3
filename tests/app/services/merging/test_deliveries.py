"""What waits to leave for two contacts who become one: one person gets nothing twice, and two get each their own."""

import pytest
from flask import Flask
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from app.adapters import mail_links
from app.models import DeliveryState, Message, Outbox
from app.services import contacts, merging, outbox, retention
from app.services.campaigns import running, spreading
from app.services.verdicts import Verdict, settle
from tests.factories.automations import opens
from tests.factories.campaigns import list_of, start, work
from tests.factories.mailing import template
from tests.support import live
from tests.support.mailbox import Mailbox

ADA, ADAS = "ada@example.com", "ada.private@example.com"
URL = "https://hooks.example.com/"
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


def test_a_campaign_whose_turn_has_not_come_passes_by_who_has_it(database: Session, mailbox: Mailbox):
    """The one who was written to becomes part of the one who was not yet."""
    start(lists=(list_of(ADA, ADAS),))
    while not waiting(database):
        assert spreading._step()
    first = database.scalars(select(Outbox.contact_id)).one()
    merging.merge(next(each for each in pair() if each != first), first or 0, {})
    work(database)
    assert len(got(mailbox)) == 1


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


def test_what_was_written_under_the_old_number_is_put_right_by_the_clock(database: Session):
    """A program had found the contact before the merge, and its mail waits for an hour that is to come."""
    list_of(ADA, ADAS)
    ada, other = pair()
    merging.merge(ada, other, {})
    database.execute(insert(Outbox).values(key="late", kind="email", payload={}, contact_id=other))
    retention.clear_stragglers()
    assert database.scalars(select(Outbox.contact_id)).one() == ada


@pytest.fixture
def calling(database: Session) -> int:
    """An automation in which both stand at a call to another system, which is under way."""
    list_of(ADA, ADAS)
    steps = [("opened", "email_opened", {}), ("hook", "call_webhook", {"url": URL}), ("pause", "wait", WAIT)]
    automation = live.activate(live.document(steps, [("opened", "next", "hook"), ("hook", "next", "pause")]))
    opens(ADA)
    opens(ADAS)
    database.execute(update(Outbox).values(sending=True, tries=1))
    return automation


def runs(automation: int) -> list[tuple[str, str]]:
    return [(run.node, run.state) for run in live.enrollments(automation)]


@pytest.mark.parametrize(("state", "ends"), [("sent", ("pause", "active")), ("failed", ("hook", "failed"))])
def test_an_answer_that_came_while_its_run_had_ended_is_heard(
    database: Session, calling: int, state: str, ends: tuple[str, str]
):
    """The other system answered between the merge and its undoing: both runs go on, or fail, by their answers."""
    ada, other = pair()
    merge = merging.merge(ada, other, {}).id
    for each in database.scalars(select(Outbox)).all():
        settle(database, each, Verdict(DeliveryState(state), "It answered 400." if state == "failed" else None))

    merging.undo(ada, merge)
    live.drain_all()
    assert runs(calling) == [ends, ends]


def test_an_answer_that_is_not_kept_any_more_was_one(database: Session, calling: int):
    """It was undone so late that the delivery had been taken away."""
    ada, other = pair()
    merge = merging.merge(ada, other, {}).id
    database.execute(delete(Outbox))
    merging.undo(ada, merge)
    live.drain_all()
    assert ("pause", "active") in runs(calling)


def test_a_call_that_had_not_left_is_waited_for_again(database: Session, calling: int):
    """It was dropped with its run, and comes back with it: neither run goes on before its answer."""
    database.execute(update(Outbox).values(sending=False, tries=0))
    ada, other = pair()
    merge = merging.merge(ada, other, {}).id
    assert waiting(database) == 1
    merging.undo(ada, merge)
    live.drain_all()
    assert runs(calling) == [("hook", "active"), ("hook", "active")]
    for each in database.scalars(select(Outbox)).all():
        settle(database, each, Verdict(DeliveryState.SENT))
    live.drain_all()
    assert runs(calling) == [("pause", "active"), ("pause", "active")]
