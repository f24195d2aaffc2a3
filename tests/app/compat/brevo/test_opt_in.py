"""Double opt-in as Brevo's clients ask for it: nothing of a contact changes before it confirms."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from brevo import Brevo
from flask import Flask
from flask.testing import FlaskClient
from sib_api_v3_sdk import ApiClient, ContactsApi, CreateDoiContact
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.adapters import mail_links
from app.models import ConsentChange, Contact, OptIn, Outbox
from app.services import contacts, lists, outbox
from app.services.consents import opting_in
from app.services.contacts import ContactInput, ContactView, Identifier
from app.services.mailing import senders, templates
from app.services.mailing.templates import Written
from app.services.merging import merge
from tests.factories.contacts import make_contact
from tests.factories.mailing import MARIA
from tests.support.mailbox import Mailbox

THANKS = "https://shop.example/thanks"
PAGE = '<html><body><a href="{}">Yes</a></body></html>'


@pytest.fixture(autouse=True)
def _links(app: Flask, mailbox: Mailbox) -> None:
    mail_links.configure("https://cadenza.example.com")
    senders.create("Shop", "shop@example.com")


@pytest.fixture
def template(database: Session) -> int:
    """A template that leads to where one confirms, as Brevo's authors write it."""
    return templates.create("Please confirm", Written("Please confirm", "", "html", PAGE.format("{{ params.DOIurl }}")))


@pytest.fixture
def news(database: Session) -> int:
    """A list."""
    return lists.create("News")


def asked(brevo: Brevo, template: int, news: int, **more: object) -> None:
    said = {"email": MARIA, "include_list_ids": [news], "redirection_url": THANKS, "template_id": template}
    brevo.contacts.create_doi_contact(**said | more)
    outbox.deliver()


def found(email: str) -> ContactView:
    return contacts.get(contacts.one(Identifier("email", email)))


def way_in(client: FlaskClient, mailbox: Mailbox, letter: int = -1) -> str:
    """Follow the link of the mail, which is counted first, to the path of the page that asks."""
    body = mailbox.letters[letter].get_body(("html",))
    assert body is not None
    counted = re.search(r'href="https://cadenza\.example\.com(/t/c/[^"]+)"', body.get_content())
    assert counted
    leads_to = client.get(counted[1]).headers["Location"]
    assert leads_to.startswith("https://cadenza.example.com/t/d/")
    return leads_to.removeprefix("https://cadenza.example.com")


def test_only_who_confirms_is_changed(
    brevo: Brevo, client: FlaskClient, database: Session, mailbox: Mailbox, template: int, news: int
):
    """Looking changes nothing; the button sets attributes, joins the list, is kept as proof, and leads on."""
    other = lists.create("Other")
    asked(
        brevo, template, news, attributes={"FIRSTNAME": "Maria", "SMS": "+33612345678"},
        include_list_ids=[news, other], exclude_list_ids=[other],
    )  # fmt: skip
    maria = found(MARIA).id
    way = way_in(client, mailbox)
    assert "You want to hear from" in client.get(way).text
    assert (contacts.get(maria).list_ids, contacts.get(maria).attributes["FIRSTNAME"]) == ([], None)
    for _ in range(2):
        answer = client.post(way)
        assert (answer.status_code, answer.headers["Location"]) == (303, THANKS)
    after = contacts.get(maria)
    assert (after.list_ids, after.attributes["FIRSTNAME"], after.phone) == ([news], "Maria", "+33612345678")
    (proof,) = database.scalars(select(ConsentChange))
    assert (proof.state, proof.channel, proof.source, proof.detail) == ("given", "email", "confirmation", "News")


@pytest.mark.parametrize("place", ["{{ doubleoptin }}", "[DOUBLEOPTIN]"])
def test_templates_of_brevo_have_their_own_places(
    brevo: Brevo, sib: ApiClient, client: FlaskClient, mailbox: Mailbox, news: int, place: str
):
    """The older client asks with the older place; the template says what it is for."""
    number = brevo.transactional_emails.create_smtp_template(
        template_name="Confirm",
        subject="Confirm",
        sender={"email": "shop@example.com"},
        html_content=PAGE.format(place),
        is_active=True,
    ).id
    assert brevo.transactional_emails.get_smtp_template(number).doi_template is True
    ContactsApi(sib).create_doi_contact(
        CreateDoiContact(email=MARIA, include_list_ids=[news], template_id=number, redirection_url=THANKS)
    )
    outbox.deliver()
    assert client.post(way_in(client, mailbox)).headers["Location"] == THANKS
    assert found(MARIA).list_ids == [news]


def test_who_comes_back_gets_mail_again(
    brevo: Brevo, client: FlaskClient, database: Session, mailbox: Mailbox, template: int, news: int
):
    """Who had unsubscribed when asked; not who does so between."""
    for email, left_before in ((MARIA, True), ("bob@example.com", False)):
        who = Identifier("id", make_contact(email=email))
        contacts.update(ContactInput(who=who, fields={"email_blacklisted": left_before}))
        asked(brevo, template, news, email=email)
        contacts.update(ContactInput(who=who, fields={"email_blacklisted": True}))
        client.post(way_in(client, mailbox))
    silent = dict(database.execute(select(Contact.email, Contact.email_blacklisted)).all())
    assert silent == {MARIA: False, "bob@example.com": True}


def test_a_number_that_somebody_has_stays_theirs(
    brevo: Brevo, client: FlaskClient, mailbox: Mailbox, template: int, news: int
):
    """The rest of what was said holds."""
    contacts.create(ContactInput(fields={"email": "bob@example.com", "phone": "+33612345678"}))
    asked(brevo, template, news, attributes={"FIRSTNAME": "Maria", "SMS": "+33612345678"})
    assert client.post(way_in(client, mailbox)).status_code == 303
    maria = found(MARIA)
    assert (maria.attributes["FIRSTNAME"], maria.phone, maria.list_ids) == ("Maria", None, [news])


def test_what_is_too_old_or_not_theirs_confirms_nothing(
    brevo: Brevo, client: FlaskClient, database: Session, mailbox: Mailbox, template: int, news: int
):
    """An address that changed hands, one of a week ago, one that nobody made; but one of who was merged still does."""
    asked(brevo, template, news)
    way, maria = way_in(client, mailbox), found(MARIA).id
    assert client.get("/t/d/forged").status_code == client.post("/t/d/forged").status_code == 404
    contacts.update(ContactInput(who=Identifier("id", maria), fields={"email": "right@example.com"}))
    assert client.get(way).status_code == client.post(way).status_code == 404
    contacts.update(ContactInput(who=Identifier("id", maria), fields={"email": MARIA}))
    kept = make_contact(email="maria@work.example.com")
    merge(kept, maria, {})
    assert client.post(way).status_code == 303
    assert contacts.get(kept).list_ids == [news]
    database.execute(update(OptIn).values(created_at=datetime.now(UTC) - timedelta(days=7, seconds=1)))
    assert client.post(way).status_code == 404
    opting_in.forget_old()
    assert database.scalar(select(func.count(OptIn.id))) == 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"email": "nobody"}, "no email address"),
        ({"includeListIds": []}, "includeListIds is missing"),
        ({"includeListIds": [99]}, "List ID does not exist"),
        ({"excludeListIds": [99]}, "List ID does not exist"),
        ({"templateId": 99}, "Template ID does not exist"),
        ({"redirectionUrl": "javascript:alert(1)"}, "redirectionUrl should begin"),
        ({"redirectionUrl": None}, "redirectionUrl is missing"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    wire: httpx.Client, database: Session, template: int, news: int, wrong: dict[str, object], told: str
):
    """Nothing is kept of it, and no mail leaves."""
    body = {"email": MARIA, "includeListIds": [news], "templateId": template, "redirectionUrl": THANKS}
    answer = wire.post("/contacts/doubleOptinConfirmation", json=body | wrong)
    assert answer.status_code == 400
    assert told in answer.json()["message"]
    tables = (Contact, OptIn, Outbox)
    assert [database.scalar(select(func.count()).select_from(table)) for table in tables] == [0, 0, 0]


def test_a_template_without_the_address_is_refused(wire: httpx.Client, news: int):
    """Who gets it could confirm nothing."""
    number = templates.create("Hello", Written("Hello", "", "html", PAGE.format("https://example.com")))
    body = {"email": MARIA, "includeListIds": [news], "templateId": number, "redirectionUrl": THANKS}
    assert "params.DOIurl" in wire.post("/contacts/doubleOptinConfirmation", json=body).json()["message"]
