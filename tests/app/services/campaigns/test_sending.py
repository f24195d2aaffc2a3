"""Campaigns as they leave: to whom, once each, held and called off, and who is left out."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from app.errors import Conflict, Invalid
from app.models import Campaign, Contact, Message, Outbox, SendLane, Workspace
from app.services import contacts, lists, outbox, segments
from app.services.campaigns import audience, plans, running, spreading, views, writing
from app.services.campaigns.plans import Plan, Trial
from app.services.mailing import suppressions
from tests.factories.campaigns import list_of, make_campaign, start, work
from tests.factories.consents import agrees, make_topic
from tests.factories.contacts import change, make_contact
from tests.factories.mailing import template
from tests.support.mailbox import Mailbox

SIX_A_MINUTE = {"of": "domain", "name": "example.com", "most": 6, "per": "minute"}
PEOPLE = [f"p{number}@example.com" for number in range(40)]


def got(mailbox: Mailbox) -> list[str]:
    """Who got mail, in order of the alphabet."""
    return sorted(each["To"] for each in mailbox.letters)


def fates(database: Session) -> Mapping[str, str]:
    """What became of each address."""
    rows = database.execute(select(Message.address, func.coalesce(Message.reason, Message.state)))
    return dict(rows.all())


def test_everybody_of_lists_and_segments_gets_it_once(database: Session, mailbox: Mailbox):
    """Who is on two lists and in the segment, too; excepted ones do not."""
    first, second = list_of(*PEOPLE[:20]), list_of("q@example.com", name="Second")
    members = list(database.scalars(select(Contact.id).where(Contact.email.in_(PEOPLE[:5]))))
    lists.add(second, members)
    segment = segments.create("Q", {"field": "email", "op": "contains", "value": "q@"})
    excepted = list_of(name="Not these")
    lists.add(excepted, members[:2])
    number = start(lists=(first, second), segments=(segment,), except_lists=(excepted,))
    work(database)
    assert len(got(mailbox)) == len(set(got(mailbox))) == 19
    shown = views.get(number)
    assert (shown.state, shown.total, shown.settled) == ("done", 19, 19)
    assert {each["Message-ID"].partition("@")[2] for each in mailbox.letters} == {"example.com>"}


def test_the_segment_is_asked_when_it_is_sent(database: Session, mailbox: Mailbox):
    """Not when it was chosen; who comes after the start is not meant."""
    number = make_campaign(lists=(list_of(*PEOPLE[:3]),))
    plan = plans.read(views.get(number).settings)
    lists.add(plan.lists[0], [make_contact(email="late@example.com")])
    running.start(number)
    spreading._step()
    lists.add(plan.lists[0], [make_contact(email="later@example.com")])
    work(database)
    assert got(mailbox) == ["late@example.com", *PEOPLE[:3]]


def test_who_cannot_be_written_to_is_told_with_the_reason(database: Session, mailbox: Mailbox):
    """Asked when the mail leaves; the estimate before says the same."""
    news = make_topic("News")
    number = list_of("no@example.com", "yes@example.com", "out@example.com", "gone@example.com", "a@closed.example.org")
    lists.add(number, [contacts.create(contacts.ContactInput(fields={"ext_id": "no mail"}))])
    by_mail = dict(database.execute(select(Contact.email, Contact.id)).all())
    for email in by_mail.keys() - {None, "no@example.com"}:
        agrees(by_mail[email], news)
    contacts.write([change(by_mail["out@example.com"], email_blacklisted=True)], "update")
    list(map(suppressions.add, ("gone@example.com", "@closed.example.org")))
    plan = Plan(lists=(number,), topic=news)
    assert audience.estimate(plan) == (6, 1, 1, 2, 1, 1)
    start(lists=(number,), topic=news)
    work(database)
    assert got(mailbox) == ["yes@example.com"]
    assert fates(database) == {
        "": "no_address",
        "no@example.com": "no_consent",
        "out@example.com": "unsubscribed",
        "gone@example.com": "suppressed",
        "a@closed.example.org": "suppressed",
        "yes@example.com": "sent",
    }


def test_frequency_caps_hold_by_choice_and_count_either_way(database: Session, mailbox: Mailbox):
    """Who had as many as may be is left out; a campaign that does not ask counts all the same."""
    cap = {"channel": "email", "most": 1, "within": {"amount": 1, "unit": "days"}}
    database.execute(update(Workspace).values(frequency_caps=[cap]))
    number = list_of(*PEOPLE[:2])
    start("First", lists=(number,), keep_caps=False)
    work(database)
    kept = start("Second", lists=(number,))
    work(database)
    start("Third", lists=(number,), keep_caps=False)
    work(database)
    assert len(got(mailbox)) == 4
    assert views.get(kept).counts.left_out == 2
    assert views.get(kept).state == "done"


def test_who_is_not_reached_uses_up_no_cap(database: Session, mailbox: Mailbox):
    """A campaign that may not write to somebody leaves room for what may."""
    cap = {"channel": "email", "most": 1, "within": {"amount": 1, "unit": "days"}}
    database.execute(update(Workspace).values(frequency_caps=[cap]))
    number, news = list_of(*PEOPLE[:2]), make_topic("News")
    agrees(database.scalars(select(Contact.id).where(Contact.email == PEOPLE[0])).one(), news)
    start("With consent", lists=(number,), topic=news)
    work(database)
    assert fates(database) == {PEOPLE[0]: "sent", PEOPLE[1]: "no_consent"}
    start("To all", lists=(number,))
    work(database)
    assert got(mailbox) == PEOPLE[:2]


def test_quiet_hours_put_mail_off_by_choice(database: Session, mailbox: Mailbox):
    """Until they are over on the contact's clock; or not at all."""
    always = {"from": "00:00", "to": "23:59", "then": "wait"}
    database.execute(update(Workspace).values(quiet_hours=always))
    number = list_of("a@example.com")
    start("Kept", lists=(number,))
    start("At once", lists=(number,), keep_quiet=False)
    work(database)
    assert got(mailbox) == ["a@example.com"]
    (late,) = database.scalars(select(Outbox.due_at).where(Outbox.state == "pending"))
    assert late > database.scalar(select(func.now()))  # type: ignore[operator] # a moment


def test_a_pause_holds_what_has_not_left(database: Session, mailbox: Mailbox):
    """And going on sends each of them, once."""
    number = start(lists=(list_of(*PEOPLE),))
    while spreading.go_on():
        pass
    outbox.deliver_due()
    running.pause(number)
    left = len(got(mailbox))
    work(database)
    assert 0 < left == len(got(mailbox)) < len(PEOPLE)
    running.resume(number)
    work(database)
    assert got(mailbox) == sorted(PEOPLE)
    assert views.get(number).state == "done"


def test_what_is_called_off_sends_no_more(database: Session, mailbox: Mailbox):
    """Nor can it go on."""
    number = start(lists=(list_of(*PEOPLE),))
    while spreading.go_on():
        pass
    outbox.deliver_due()
    left = len(got(mailbox))
    running.cancel(number)
    work(database)
    assert len(got(mailbox)) == left < len(PEOPLE)
    assert views.get(number).state == "cancelled"
    with pytest.raises(Conflict):
        running.resume(number)


def test_only_so_much_waits_in_the_outbox(database: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch):
    """However many a campaign is for; the rest follows as it empties, nobody twice."""
    monkeypatch.setattr(spreading, "BATCH", 2)
    monkeypatch.setattr(spreading, "WAITING_AT_MOST", 6)
    start(lists=(list_of(*PEOPLE),))
    while spreading.go_on():
        pass
    assert database.scalar(select(func.count()).select_from(Outbox)) <= 6
    for _ in range(len(PEOPLE)):
        work(database)
    assert got(mailbox) == sorted(PEOPLE)


def test_what_waits_for_a_turn_waits_in_the_outbox_too(
    database: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
):
    """A campaign takes no more turns under a rate than mail may wait; the others of that domain come behind these."""
    monkeypatch.setattr(spreading, "BATCH", 2)
    monkeypatch.setattr(spreading, "WAITING_AT_MOST", 6)
    database.execute(update(Workspace).values(mail_rates=[SIX_A_MINUTE]))
    start(lists=(list_of(*PEOPLE),))
    for _ in range(3):
        work(database)
    assert len(got(mailbox)) == 1
    assert len(database.scalars(select(Outbox.turn_at).where(Outbox.state == "pending")).all()) <= 6


@pytest.mark.parametrize("end", [running.cancel, running.pause])
def test_a_campaign_that_stops_gives_its_turns_back(database: Session, mailbox: Mailbox, end: Callable[[int], None]):
    """Other mail to that domain leaves behind what still waits, not behind what was held or dropped."""
    database.execute(update(Workspace).values(mail_rates=[SIX_A_MINUTE]))
    start("Other", lists=(list_of(*PEOPLE[:3]),))
    work(database)
    number = start("Long", lists=(list_of(*PEOPLE[3:], name="Long"),))
    work(database)
    end(number)
    assert set(database.scalars(select(Outbox.turn_at).where(Outbox.campaign_id == number))) <= {None}
    last = database.scalars(select(func.max(Outbox.turn_at))).one()
    lane = database.scalars(select(SendLane.next_at)).one()
    assert lane - last == timedelta(seconds=10)


def test_a_campaign_that_breaks_stops_no_other(
    database: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """It says so, tries again later, and goes on once it can."""
    broken = start("Broken", lists=(list_of("a@example.com"),))
    start("Sound", lists=(list_of("b@example.com", name="Other"),))
    advance = spreading._advance

    def breaks(session: Session, campaign: Campaign) -> None:
        if campaign.id == broken:
            session.execute(text("SELECT 1 / 0"))
        advance(session, campaign)

    with monkeypatch.context() as patched:
        patched.setattr(spreading, "_advance", breaks)
        work(database)
        assert got(mailbox) == ["b@example.com"]
        assert f"Campaign {broken} broke" in caplog.text
        assert "went wrong" in (views.get(broken).fault or "")
    work(database)
    shown = views.get(broken)
    assert (got(mailbox), shown.state, shown.fault) == (["a@example.com", "b@example.com"], "done", None)


def test_a_time_to_come_is_waited_for_and_can_be_taken_back(database: Session, mailbox: Mailbox):
    """Taken back before it began, a campaign is a draft again."""
    later = database.scalars(select(func.now())).one() + timedelta(hours=3)
    number = start(send_at=later)
    assert not spreading.go_on()
    assert views.get(number).state == "scheduled"
    running.unschedule(number)
    assert views.get(number).state == "draft"
    running.start(number)
    database.execute(update(Campaign).values(next_at=func.now()))
    work(database)
    assert got(mailbox) == ["maria@example.com"]


def test_each_gets_it_by_the_own_clock(database: Session, mailbox: Mailbox):
    """Zones that are ahead first; who has none is where the workspace is."""
    number = list_of("tokyo@example.com", "paris@example.com", "home@example.com")
    for name, zone in (("tokyo", "Asia/Tokyo"), ("paris", "Europe/Paris")):
        mine = Contact.email == f"{name}@example.com"
        database.execute(update(Contact).where(mine).values(time_zone=zone))
    later = database.scalars(select(func.now())).one() + timedelta(days=2)
    start(lists=(number,), send_at=later, own_zone=True)
    database.execute(update(Campaign).values(next_at=func.now()))
    spreading._step()
    waves = views.CampaignWave
    due = database.execute(select(waves.due_at, waves.zones).order_by(waves.number)).all()
    home = later.replace(microsecond=later.microsecond)
    assert [(home - at, zones) for at, zones in due] == [
        (timedelta(hours=9), ["Asia/Tokyo"]),
        (timedelta(hours=1), ["Europe/Paris"]),
        (timedelta(0), None),
    ]
    for count in (1, 2, 3):
        first = select(func.min(waves.due_at)).where(waves.finished_at.is_(None)).scalar_subquery()
        database.execute(update(waves).where(waves.due_at == first).values(due_at=func.now()))
        work(database)
        assert len(got(mailbox)) == count
    assert database.scalars(select(Campaign.state)).all() == ["done"]


def test_what_keeps_a_campaign_from_starting_is_named_field_by_field(database: Session, mailbox: Mailbox):
    """All at once, so that nobody corrects one after the other."""
    wrong = Plan(lists=(999,), subject="{{ contact. }}", reply_to="nobody", own_zone=True, trial=Trial(1, "opens", 0))
    number = writing.create("Wrong", wrong)
    with pytest.raises(Invalid) as refused:
        running.start(number)
    named = {each.field for each in refused.value.problems}
    assert named == {
        *("lists", "template", "subject", "reply_to", "send_at", "own_zone"),
        *("trial", "trial.share", "trial.hours"),
    }


def test_a_segment_that_cannot_be_asked_any_more_pauses_it(database: Session, mailbox: Mailbox):
    """With the reason; nobody gets anything meanwhile."""
    segment = segments.create("Q", {"field": "email", "op": "contains", "value": "q@"})
    number = start(segments=(segment,))
    database.execute(segments.delete_from(segments.Segment))
    work(database)
    shown = views.get(number)
    assert (shown.state, shown.fault) == ("paused", f"There is no segment “{segment}”.")


def test_what_a_campaign_needs_is_not_deleted(database: Session, mailbox: Mailbox):
    """Until it has been sent."""
    number = list_of("a@example.com")
    start(lists=(number,), template=template("Needed"))
    with pytest.raises(Conflict, match="Used by the campaign “Sale”"):
        lists.delete(number)
    work(database)
    lists.delete(number)
