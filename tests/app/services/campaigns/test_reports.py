"""What came of a campaign: told in numbers, by link, over time, and by name; and to automations."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.models import Campaign, DeliveryState, Message, Workspace
from app.services.campaigns import reports
from app.services.campaigns.plans import Trial
from app.services.mailing import outcomes
from app.services.paging import Paging
from tests.factories.campaigns import list_of, start, work
from tests.factories.contacts import make_contact
from tests.factories.mailing import PERSON, happened, hits
from tests.support.mailbox import Mailbox

PEOPLE = [f"p{number}@example.com" for number in range(4)]
BY_A_PERSON = {"User-Agent": PERSON}


def addresses(mailbox: Mailbox, kind: str) -> list[str]:
    """The first address of that kind in each mail, below the instance's own, by recipient."""
    found = {}
    for letter in mailbox.letters:
        body = letter.get_body(("html",))
        assert body is not None
        match = re.search(rf'https://cadenza\.example\.com(/t/{kind}/[^"]+)"', body.get_content())
        assert match
        found[letter["To"]] = match[1]
    return [found[each] for each in sorted(found)]


def long_ago(database: Session) -> None:
    """People are not as quick as machines."""
    database.execute(update(Message).values(sent_at=Message.sent_at - timedelta(hours=1)))
    database.execute(update(Campaign).values(started_at=Campaign.started_at - timedelta(hours=2)))


def test_a_report_tells_what_people_and_machines_did(client: FlaskClient, database: Session, mailbox: Mailbox):
    """Each message once, whatever is done with it; machines apart, and started by neither."""
    number = start("Sale", lists=(list_of(*PEOPLE),))
    work(database)
    opens, clicks = addresses(mailbox, "o"), addresses(mailbox, "c")
    client.get(opens[3], headers=BY_A_PERSON)  # within seconds: a machine
    long_ago(database)
    for each in (opens[0], opens[1], opens[1]):
        client.get(each, headers=BY_A_PERSON)
    client.get(clicks[1], headers=BY_A_PERSON)
    way = urlsplit(mailbox.letters[0]["List-Unsubscribe"].strip("<>")).path
    client.post(way, data={"List-Unsubscribe": "One-Click"})
    told = reports.report(number)
    assert (told.sent, told.delivered, told.campaign.counts.opened, told.campaign.counts.clicked) == (4, 4, 2, 1)
    assert (told.unsubscribed, told.complained, told.machine_opened) == (1, 0, 1)
    assert [(each.address, each.people, each.machines) for each in told.links] == [
        ("https://example.com/offer?who=p1%40example.com", 1, 0)
    ]
    assert sum(each.sent for each in told.slots) == 4
    assert sum(each.opened for each in told.slots) == 2
    assert told.step == "hour"
    assert ("opened", "haste") in hits(database)


def test_days_are_those_of_the_workspace(database: Session, mailbox: Mailbox):
    """A mail that leaves at nine in the evening, in London, is of the next day in Tokyo."""
    database.execute(update(Workspace).values(time_zone="Asia/Tokyo"))
    number = start()
    work(database)
    at = datetime(2026, 3, 1, 21, tzinfo=UTC)
    database.execute(update(Message).values(sent_at=at))
    database.execute(update(Campaign).values(started_at=at - timedelta(days=4)))
    told = reports.report(number)
    assert told.step == "day"
    assert [each.at for each in told.slots] == [datetime(2026, 3, 1, 15, tzinfo=UTC)]


def test_events_say_which_campaign(client: FlaskClient, database: Session, mailbox: Mailbox):
    """Its name, by which triggers choose, and its number."""
    number = start("Spring sale")
    work(database)
    long_ago(database)
    client.get(addresses(mailbox, "c")[0], headers=BY_A_PERSON)
    (click,) = happened(database, "email_clicked")
    said = {name: click.properties[name] for name in ("campaign", "campaign_id", "message_kind")}
    assert said == {"campaign": "Spring sale", "campaign_id": number, "message_kind": "campaign"}


def test_recipients_are_listed_by_what_became_of_them(database: Session, mailbox: Mailbox):
    """Page by page; an address that bounced is not delivered, but was sent."""
    mailbox.refused["p0@example.com"] = "550 5.1.1 No such user"
    number = start(lists=(list_of(*PEOPLE),))
    work(database)
    bounced = reports.recipients(number, Paging(), "bounced").items
    assert [each.address for each in bounced] == ["p0@example.com"]
    first = reports.recipients(number, Paging(limit=3))
    rest = reports.recipients(number, Paging(first.next_cursor))
    assert sorted(each.address for each in (*first.items, *rest.items)) == PEOPLE
    assert reports.recipients(number, Paging(), "opened").items == []
    told = reports.report(number)
    assert (told.sent, told.delivered) == (4, 3)


def test_versions_are_told_apart_from_the_rest(database: Session, mailbox: Mailbox):
    """Those who tried one, and those who got the winner."""
    number = start(lists=(list_of(*PEOPLE),), trial=Trial(share=50, by="opens", hours=1, subject="B"))
    work(database)
    database.execute(update(Campaign).values(decide_at=func.now(), next_at=func.now()))
    work(database)
    assert [(each.variant, each.sent) for each in reports.report(number).variants] == [("a", 1), ("b", 1), ("rest", 2)]


def test_many_are_written_down_as_one_would_be(database: Session, mailbox: Mailbox):
    """A message that was stopped on its way and arrived is sent; one that bounced meanwhile stays so."""
    contact = make_contact()
    usual = {"channel": "email", "kind": "campaign", "contact_id": contact, "address": "a@example.com", "subject": ""}
    states = {"sending": None, "left_out": "stopped", "bounced": "no such user"}
    rows = [Message(key=state, state=state, reason=reason, **usual) for state, reason in states.items()]
    database.add_all(rows)
    database.flush()
    outcomes.settle_sent(database, list(states))
    database.expire_all()
    assert database.scalars(select(Message.state).order_by(Message.id)).all() == ["sent", "sent", "bounced"]
    outcomes.settle(database, "sending", DeliveryState.FAILED, "too late", bounced=False)
    assert rows[0].state == "sent"
