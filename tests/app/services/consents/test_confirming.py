"""Double opt-in: agreed only when confirmed, by an act."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.adapters import mail_links
from app.errors import Invalid, NotFound
from app.models import Consent, ConsentState
from app.services import contacts, outbox
from app.services.consents import choosing, confirming
from app.services.consents.choosing import Choice
from app.services.contacts import ContactInput, Identifier
from app.services.mailing import suppressions
from tests.factories.consents import agrees, history, make_topic, stands, way_in
from tests.factories.contacts import make_contact
from tests.factories.mailing import MARIA, enter, happened, mailing, template
from tests.support import live
from tests.support.mailbox import Mailbox


def test_confirming_is_an_act_and_starts_automations(client: FlaskClient, database: Session, mailbox: Mailbox):
    """Pending until the button is pressed; looking at the address does nothing, pressing twice does no more."""
    news = make_topic(confirm=True)
    only_confirmed = {
        "topic": news,
        "event_filter": {"all": [{"event": "source", "op": "eq", "value": "confirmation"}]},
    }
    live.activate(
        live.document(
            [("agreed", "consent_given", only_confirmed), ("tag", "add_tag", {"tag": "sure"})],
            [("agreed", "next", "tag")],
        )
    )
    mailing(template(), topic=news)
    maria = make_contact(email=MARIA)
    agrees(maria, news, source="form", language="fr")
    enter(MARIA)
    outbox.deliver()
    (asked,) = mailbox.letters
    assert asked["Subject"] == "Merci de confirmer : News"
    assert stands(database, maria) == {news: "pending"}
    assert happened(database, "consent_given") == []
    way = way_in(mailbox)
    assert "Yes, confirm" in client.get(way).text
    assert stands(database, maria) == {news: "pending"}
    for _ in range(2):
        assert "You will hear about: News." in client.post(way).text
    live.drain_all()
    assert stands(database, maria) == {news: "given"}
    assert history(database, maria) == [("News", "pending", "form"), ("News", "given", "confirmation")]
    assert len(happened(database, "consent_given")) == 1
    assert contacts.get(maria).tags == ["sure"]


def test_who_asks_again_and_again_gets_few_mails(database: Session, mailbox: Mailbox):
    """One an hour, three in a month: nobody can be flooded through a form."""
    news, maria = make_topic(confirm=True), make_contact(email=MARIA)
    for _ in range(6):
        agrees(maria, news)
        agrees(maria, news)
        outbox.deliver()
        earlier = Consent.asked_at - confirming.PAUSE - timedelta(seconds=1)
        database.execute(update(Consent).values(asked_at=earlier), execution_options={"synchronize_session": False})
    assert len(mailbox.letters) == confirming.MOST_ASKS
    assert history(database, maria) == [("News", "pending", "api")]
    database.execute(update(Consent).values(asked_at=Consent.asked_at - timedelta(days=31)))
    agrees(maria, news)
    outbox.deliver()
    assert len(mailbox.letters) == confirming.MOST_ASKS + 1


def test_the_address_ends(client: FlaskClient, database: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch):
    """After some days, and at once where it was changed."""
    news, maria = make_topic(confirm=True), make_contact(email=MARIA)
    agrees(maria, news)
    outbox.deliver()
    way = way_in(mailbox)
    assert client.post(f"{way}x").status_code == 404
    monkeypatch.setattr(mail_links, "CONFIRM_DAYS", -1)
    assert client.get(way).status_code == client.post(way).status_code == 404
    assert stands(database, maria) == {news: "pending"}


def test_an_address_confirms_for_whom_it_was_sent_and_what_was_not_taken_back(
    client: FlaskClient, database: Session, mailbox: Mailbox
):
    """A mailbox that the contact has no more proves nothing, and an old mail brings nothing back."""
    news, maria = make_topic(confirm=True), make_contact(email=MARIA)
    agrees(maria, news)
    outbox.deliver()
    way = way_in(mailbox)
    contacts.update(ContactInput(who=Identifier("id", maria), fields={"email": "right@example.com"}))
    assert client.get(way).status_code == client.post(way).status_code == 404
    contacts.update(ContactInput(who=Identifier("id", maria), fields={"email": MARIA}))
    choosing.choose(maria, Choice([news], ConsentState.WITHDRAWN))
    assert client.post(way).status_code == 404
    assert stands(database, maria) == {news: "withdrawn"}


def test_who_agreed_already_is_not_asked(database: Session, mailbox: Mailbox):
    """Nor who confirmed it elsewhere; and nobody whose address takes no mail."""
    news, offers = make_topic(confirm=True), make_topic("Offers", confirm=True)
    maria = make_contact(email=MARIA)
    agrees(maria, news, confirmed=True)
    agrees(maria, news)
    suppressions.add(f"@{MARIA.rpartition('@')[2]}")
    agrees(maria, offers)
    outbox.deliver()
    assert mailbox.letters == []
    assert stands(database, maria) == {news: "given", offers: "pending"}


def test_what_cannot_be_confirmed_is_refused(database: Session):
    """A contact without an address, and a topic that is not there."""
    news = make_topic(confirm=True)
    with pytest.raises(Invalid, match="nothing can be confirmed"):
        agrees(contacts.create(ContactInput(fields={"ext_id": "crm-7"})), news)
    with pytest.raises(NotFound):
        agrees(make_contact(email=MARIA), 10**9)
    assert database.scalars(select(Consent)).all() == []
