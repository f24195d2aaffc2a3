"""Who agreed to what decides who gets mail, at the step and at the moment of sending."""

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Conflict
from app.models import Message
from app.services import contacts, outbox, segments
from app.services.consents import choosing, reading, topics
from app.services.consents.choosing import Choice
from app.services.consents.topics import TopicForm
from app.services.mailing import suppressions
from tests.factories.consents import agrees, history, make_topic, stands
from tests.factories.contacts import make_contact
from tests.factories.mailing import MARIA, PERSON, enter, happened, mailing, template
from tests.support import live
from tests.support.mailbox import Mailbox


def one_click(client: FlaskClient, mailbox: Mailbox, letter: int = 0) -> None:
    """A mail program unsubscribes by one click, as RFC 8058 says."""
    way = urlsplit(mailbox.letters[letter]["List-Unsubscribe"].strip("<>")).path
    assert client.post(way, data={"List-Unsubscribe": "One-Click"}).status_code == 200


def test_only_who_agreed_gets_mail_of_a_topic(database: Session, mailbox: Mailbox):
    """Who never said so, or took it back, is passed by; the message knows its topic."""
    news = make_topic()
    maria, ben = make_contact(email=MARIA), make_contact(email="ben@example.com")
    agrees(maria, news)
    mailing(template(), topic=news)
    enter(MARIA, "ben@example.com")
    outbox.deliver()
    assert [each["To"] for each in mailbox.letters] == [MARIA]
    assert database.scalars(select(Message.topic_id)).all() == [news]
    assert stands(database, ben) == {}


def test_consent_that_is_taken_back_before_the_mail_leaves_counts(database: Session, mailbox: Mailbox):
    """Decided again at the moment of sending."""
    news = make_topic()
    maria = make_contact(email=MARIA)
    agrees(maria, news)
    mailing(template(), topic=news)
    enter(MARIA)
    choosing.choose(maria, Choice([news], "withdrawn"))
    outbox.deliver()
    assert mailbox.letters == []
    assert database.execute(select(Message.state, Message.reason)).all() == [("left_out", "no_consent")]


def test_one_click_leaves_the_topic_and_nothing_else(client: FlaskClient, database: Session, mailbox: Mailbox):
    """Other topics and mail without a topic still come; the proof names the mail it was done from."""
    news, offers = make_topic(), make_topic("Offers")
    maria = make_contact(email=MARIA)
    agrees(maria, news, offers)
    mailing(template(), topic=news)
    enter(MARIA)
    outbox.deliver()
    one_click(client, mailbox)
    one_click(client, mailbox)
    assert stands(database, maria) == {news: "withdrawn", offers: "given"}
    assert not contacts.get(maria).email_blacklisted
    last = reading.of_contact(maria).changes[0]
    assert (last.topic, last.state, last.source) == ("News", "withdrawn", "unsubscribe")
    assert last.message_id == database.scalar(select(Message.id))
    assert len(happened(database, "email_unsubscribed")) == len(happened(database, "consent_withdrawn")) == 1


def test_to_look_at_the_link_changes_nothing(client: FlaskClient, database: Session, mailbox: Mailbox):
    """Scanners look at every address; the page names the topic and leads to all of them."""
    news = make_topic()
    maria = make_contact(email=MARIA)
    agrees(maria, news)
    mailing(template(), topic=news)
    enter(MARIA)
    outbox.deliver()
    way = urlsplit(mailbox.letters[0]["List-Unsubscribe"].strip("<>")).path
    page = client.get(way, headers={"Accept-Language": "fr", "User-Agent": PERSON})
    assert "Se désinscrire de «\u00a0News\u00a0»\u00a0?" in page.text
    assert "/t/p/" in page.text
    assert stands(database, maria) == {news: "given"}
    client.post(way)
    assert client.post(f"{way}/undo").status_code == 200
    assert history(database, maria)[-2:] == [("News", "withdrawn", "unsubscribe"), ("News", "given", "unsubscribe")]


def test_a_mail_without_a_topic_leads_out_of_all_mail(client: FlaskClient, database: Session, mailbox: Mailbox):
    """Kept as proof, too; transactional mail still comes, but never to a suppressed address."""
    maria = make_contact(email=MARIA)
    welcome = template()
    mailing(welcome)
    enter(MARIA)
    outbox.deliver()
    one_click(client, mailbox)
    assert contacts.get(maria).email_blacklisted
    assert history(database, maria) == [(None, "withdrawn", "unsubscribe")]
    mailing(welcome, transactional=True)
    enter(MARIA)
    outbox.deliver()
    assert len(mailbox.letters) == 2
    assert database.scalars(select(Message.kind).order_by(Message.id)).all()[-1] == "transactional"
    suppressions.add(MARIA)
    mailing(template("Invoice"), transactional=True)
    enter(MARIA)
    outbox.deliver()
    assert "Invoice" not in [each["Subject"] for each in mailbox.letters]
    assert database.scalars(select(Message.reason).order_by(Message.id)).all()[-1] == "suppressed"


def test_the_link_still_leads_out_when_the_message_is_not_kept_any_more(
    client: FlaskClient, database: Session, mailbox: Mailbox
):
    """People unsubscribe from mail that is years old."""
    maria = make_contact(email=MARIA)
    mailing(template())
    enter(MARIA)
    outbox.deliver()
    database.delete(database.scalars(select(Message)).one())
    database.flush()
    one_click(client, mailbox)
    assert contacts.get(maria).email_blacklisted


def test_agreeing_starts_automations(database: Session):
    """By topic, and where it was said; a condition on it lets those wait who have not."""
    news, offers = make_topic(), make_topic("Offers")
    tagged = live.document(
        [("agreed", "consent_given", {"topic": news}), ("tag", "add_tag", {"tag": "reader"})],
        [("agreed", "next", "tag")],
    )
    live.activate(tagged)
    maria, ben = make_contact(email=MARIA), make_contact(email="ben@example.com")
    agrees(maria, news, detail="Trade fair")
    agrees(ben, offers)
    live.drain_all()
    readers = segments.create("Readers", {"all": [{"consent": news, "op": "given"}]})
    assert contacts.get(maria).tags == ["reader"]
    assert contacts.get(ben).tags == []
    assert segments.get(readers).name == "Readers"
    (event, _) = happened(database, "consent_given")
    assert (event.properties["name"], event.properties["detail"]) == ("News", "Trade fair")


def test_a_topic_that_is_used_stays(database: Session):
    """By an automation or a segment; and what somebody agreed to for mail is not suddenly for SMS."""
    news = make_topic()
    agrees(make_contact(email=MARIA), news)
    with pytest.raises(Conflict, match="other channel"):
        topics.change(news, TopicForm("News", "", "sms", True, False))
    mailing(template(), topic=news)
    with pytest.raises(Conflict, match="is used"):
        topics.delete(news)


def test_the_history_outlives_its_topic(database: Session):
    """Proof is kept by the name that the topic had."""
    news, maria = make_topic(), make_contact(email=MARIA)
    agrees(maria, news, source="form", detail="https://example.com/join")
    topics.delete(news)
    (change,) = reading.of_contact(maria).changes
    assert (change.topic, change.source, change.detail) == ("News", "form", "https://example.com/join")
