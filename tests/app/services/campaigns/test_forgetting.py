"""Old messages, and what has left the outbox, go at night; what came of campaigns stays, and links lead on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from app.jobs import forgetting as forgetting_job
from app.models import Campaign, CampaignTally, DeliveryState, Message, MessageHit, Outbox
from app.services import forgetting, outbox, workspace
from app.services.campaigns import reports, running, spreading, views
from app.services.mailing import templates
from app.services.paging import Paging
from tests.factories.campaigns import list_of, make_campaign, start, work
from tests.factories.contacts import make_contact
from tests.factories.mailing import MARIA, PERSON, address, enter, mailing, sent_long_ago, template
from tests.support.mailbox import Mailbox

YEARS = "interval '3 years'"


def keep(**wanted: Any) -> None:
    workspace.update(wanted)


def long_ago(database: Session) -> None:
    """All that was written was written, left and ended years ago."""
    for statement in (
        "UPDATE message SET created_at = created_at - {0}, sent_at = sent_at - {0}",
        "UPDATE message SET opened_at = opened_at - {0}, clicked_at = clicked_at - {0}",
        "UPDATE outbox SET created_at = created_at - {0}, settled_at = settled_at - {0}",
        "UPDATE campaign SET started_at = started_at - {0}, finished_at = finished_at - {0}",
    ):
        database.execute(text(statement.format(YEARS)))
    database.expire_all()


def left(database: Session, table: type[Message | Outbox | MessageHit]) -> int:
    return database.scalar(select(func.count()).select_from(table)) or 0


def forget() -> None:
    while forgetting.go_on():
        pass


def by_automation(client: FlaskClient, mailbox: Mailbox, database: Session) -> str:
    """An automation mails Maria, who opens it; returns the address of its link."""
    make_contact(email=MARIA)
    mailing(template())
    enter(MARIA)
    outbox.deliver()
    sent_long_ago(database)
    client.get(address(mailbox, "o"), headers={"User-Agent": PERSON})
    return address(mailbox, "c")


def test_what_is_older_than_kept_goes_with_all_that_was_done_with_it(
    client: FlaskClient, database: Session, mailbox: Mailbox
):
    """Messages, openings and deliveries; what is younger stays, and without the setting everything."""
    by_automation(client, mailbox, database)
    keep(keep_message_months=None, keep_delivery_days=None)
    long_ago(database)
    forget()
    assert [left(database, each) for each in (Message, MessageHit, Outbox)] == [1, 1, 1]
    enter(MARIA)
    outbox.deliver()
    young = left(database, Message) - 1
    keep(keep_message_months=12, keep_delivery_days=90)
    forget()
    assert young > 0
    assert [left(database, each) for each in (Message, Outbox, MessageHit)] == [young, young, 0]
    assert [each.sent for each in templates.every()] == [young + 1]


def test_what_waits_stays_however_old(database: Session, mailbox: Mailbox):
    """A delivery that waits or is held, and its message: it may still leave."""
    make_contact(email=MARIA)
    mailing(template())
    enter(MARIA)
    outbox.deliver()
    long_ago(database)
    database.execute(update(Outbox).values(state=DeliveryState.HELD, settled_at=None))
    keep(keep_message_months=1, keep_delivery_days=30)
    forget()
    assert [left(database, each) for each in (Message, Outbox)] == [1, 1]


def test_links_of_forgotten_mail_lead_on(client: FlaskClient, database: Session, mailbox: Mailbox):
    """To where they always led, and nothing is noted; an erased contact's lead nowhere."""
    link = by_automation(client, mailbox, database)
    long_ago(database)
    keep(keep_message_months=1)
    forget()
    assert left(database, Message) == 0
    answer = client.get(link, headers={"User-Agent": PERSON})
    assert (answer.status_code, answer.location) == (302, "https://example.com/offer?who=maria%40example.com")
    assert left(database, MessageHit) == 0
    database.execute(text("DELETE FROM contact"))
    assert client.get(link, headers={"User-Agent": PERSON}).status_code == 404


def test_a_report_says_the_same_without_its_messages(client: FlaskClient, database: Session, mailbox: Mailbox):
    """Every sum stays, for good, in the report and in the list; only nobody is listed, which it says."""
    number = start("Sale", lists=(list_of("a@example.com", "b@example.com"),))
    work(database)
    sent_long_ago(database)
    client.get(address(mailbox, "o"), headers={"User-Agent": PERSON})
    client.get(address(mailbox, "c"), headers={"User-Agent": PERSON})
    long_ago(database)
    told = reports.report(number)
    keep(keep_message_months=12)
    forget()
    assert left(database, Message) == 0
    database.expire_all()
    after = reports.report(number)
    assert after == told._replace(forgotten=True)
    assert (after.sent, after.campaign.counts.opened, len(after.links), len(after.slots)) == (2, 1, 1, 2)
    assert reports.recipients(number, Paging()).items == []
    assert [each.counts for each in views.some(Paging()).items] == [told.campaign.counts]


def test_a_campaign_that_goes_on_writes_nobody_twice(database: Session, mailbox: Mailbox):
    """What it wrote has left the outbox and was taken away; gone through anew, its message tells that it was sent."""
    number = start("Sale", lists=(list_of("a@example.com", "b@example.com"),))
    work(database)
    long_ago(database)
    again = {"state": "sending", "finished_at": None, "next_at": func.now()}
    database.execute(update(Campaign).values(again))
    keep(keep_message_months=1, keep_delivery_days=30)
    forget()
    assert [left(database, each) for each in (Message, Outbox)] == [2, 0]
    database.execute(text("UPDATE campaign_wave SET part = 0, last_contact_id = 0, finished_at = NULL"))
    database.expire_all()
    work(database)
    assert len(mailbox.letters) == 2
    assert views.get(number).state == "done"


def test_the_list_counts_ended_campaigns_now_and_then(
    database: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
):
    """What is kept is shown while it holds, and counted anew after a hundredth of the time since the end."""
    start("Sale")
    work(database)
    assert views.some(Paging()).items[0].counts.opened == 0
    database.execute(update(Campaign).values(finished_at=func.now() - timedelta(hours=100)))
    database.execute(update(Message).values(opened_at=func.now()))
    database.expire_all()
    assert views.some(Paging()).items[0].counts.opened == 0
    database.execute(update(CampaignTally).values(counted_at=func.now() - timedelta(minutes=62)))
    database.expire_all()
    assert views.some(Paging()).items[0].counts.opened == 1


def test_of_what_is_being_sent_the_list_tells_all(database: Session, mailbox: Mailbox):
    """What has not ended is counted each time, and nothing of it is kept."""
    number = make_campaign(lists=(list_of("a@example.com", "b@example.com"),))
    running.start(number)
    while spreading.go_on():
        pass
    outbox.deliver_due()
    assert views.some(Paging()).items[0].counts.sent == 2
    assert database.scalars(select(CampaignTally.campaign_id)).all() == []


@pytest.mark.parametrize(("hour", "asked"), [(0, 0), (1, 1), (4, 1), (5, 0), (14, 0)])
def test_something_is_taken_away_at_night_only(
    database: Session, monkeypatch: pytest.MonkeyPatch, hour: int, asked: int
):
    """Between one and five by the workspace's clock, when few send or look."""
    jobs: list[str] = []
    monkeypatch.setattr(forgetting, "enqueue", jobs.append)
    workspace.setup()
    workspace.update({"time_zone": "Asia/Tokyo"})
    with time_machine.travel(datetime(2026, 3, 1, hour, 30, tzinfo=UTC) - timedelta(hours=9), tick=False):
        forgetting.ask()
    assert jobs == [forgetting.JOB] * asked


def test_each_turn_asks_for_the_next_until_the_morning(database: Session, monkeypatch: pytest.MonkeyPatch):
    """However much there is to take away: what is left waits for the next night."""
    jobs: list[str] = []
    monkeypatch.setattr(forgetting, "enqueue", jobs.append)
    monkeypatch.setattr(forgetting, "go_on", lambda: True)
    workspace.setup()
    for hour, asked in ((4, 1), (5, 1)):
        with time_machine.travel(datetime(2026, 3, 1, hour, 1, tzinfo=UTC), tick=False):
            forgetting_job.go_on()
        assert len(jobs) == asked


def test_messages_of_automations_go_however_many_of_campaigns_stay(
    client: FlaskClient, mailbox: Mailbox, database: Session, monkeypatch: pytest.MonkeyPatch
):
    """A turn is not spent on looking at what goes later, with its campaign."""
    number = make_campaign(lists=(list_of("a@example.com", "b@example.com", "c@example.com"),))
    running.start(number)
    while spreading.go_on():
        pass
    outbox.deliver()
    by_automation(client, mailbox, database)
    long_ago(database)
    database.execute(text("UPDATE campaign SET finished_at = NULL, state = 'sending'"))
    database.commit()
    workspace.update({"keep_message_months": 1, "keep_delivery_days": None})
    monkeypatch.setattr(forgetting, "_LOOKED_AT", 1)
    monkeypatch.setattr(forgetting, "TURN_SECONDS", 0.0)  # one batch a turn
    for _ in range(6):
        forgetting.go_on()
    assert left(database, Message) == 3
