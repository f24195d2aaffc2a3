"""Templates and senders, kept by Brevo's clients and sent by them."""

import httpx
import pytest
from brevo import Brevo
from brevo.core.api_error import ApiError
from brevo.errors import BadRequestError, NotFoundError
from brevo.transactional_emails import (
    CreateSmtpTemplateRequestSender,
    SendTransacEmailRequestToItem,
)
from flask import Flask
from sib_api_v3_sdk import ApiClient, SendersApi, TransactionalEmailsApi

from app.adapters import mail_links
from app.services import contacts, outbox
from app.services.contacts import ContactInput
from app.services.mailing import senders, templates
from tests.factories.mailing import MARIA, template
from tests.support.mailbox import Mailbox

SHOP = {"email": "shop@example.com"}
PAGE = "<html><body>Hello {{ contact.FIRSTNAME }}, code {{ params.code }}</body></html>"


@pytest.fixture(autouse=True)
def _links(app: Flask, mailbox: Mailbox) -> None:
    mail_links.configure("https://cadenza.example.com")


@pytest.fixture
def shop() -> int:
    """A sender."""
    return senders.create("Shop", "shop@example.com")


@pytest.fixture
def made(brevo: Brevo, shop: int) -> int:
    """A template that is active, with a sender and an address for answers."""
    return brevo.transactional_emails.create_smtp_template(
        template_name="Code",
        subject="Your code {{ params.code }}",
        sender=CreateSmtpTemplateRequestSender(email="shop@example.com"),
        html_content=PAGE,
        reply_to="answers@example.com",
        tag="codes",
        is_active=True,
    ).id


def test_a_template_is_kept_as_it_was_sent(brevo: Brevo, sib: ApiClient, made: int, shop: int):
    """Both clients read all its fields; the older one misses none."""
    for got in (
        brevo.transactional_emails.get_smtp_template(made),
        TransactionalEmailsApi(sib).get_smtp_template(made),
    ):
        assert (got.name, got.subject, got.is_active, got.test_sent) == (
            "Code",
            "Your code {{ params.code }}",
            True,
            False,
        )
        assert (got.sender.email, got.sender.id, got.reply_to, got.tag) == (
            "shop@example.com",
            str(shop),
            "answers@example.com",
            "codes",
        )
        assert got.html_content == PAGE


def test_a_template_is_sent_with_what_it_says(brevo: Brevo, made: int, mailbox: Mailbox):
    """Its sender, its address for answers and its words, filled with the contact and the values."""
    contacts.write([ContactInput(fields={"email": MARIA}, attributes={"FIRSTNAME": "Maria"})])
    brevo.transactional_emails.send_transac_email(
        template_id=made, to=[SendTransacEmailRequestToItem(email=MARIA)], params={"code": 42}
    )
    outbox.deliver()
    (letter,) = mailbox.letters
    assert (letter["Subject"], letter["From"]) == ("Your code 42", "Shop <shop@example.com>")
    assert letter["Reply-To"] == "answers@example.com"
    assert "Hello Maria, code 42" in letter.get_body(("html",)).get_content()


def test_templates_are_listed_changed_and_deleted(brevo: Brevo, sib: ApiClient, made: int):
    """Those that people made are there, too, and active; an active one is not deleted."""
    ours = template()
    page = brevo.transactional_emails.get_smtp_templates()
    assert ([each.id for each in page.templates], page.count) == ([ours, made], 2)
    brevo.transactional_emails.update_smtp_template(made, is_active=False, subject="Other")
    active = TransactionalEmailsApi(sib).get_smtp_templates(template_status=True)
    assert ([each.id for each in active.templates], active.count) == ([ours], 1)
    assert (templates.get(made).subject, templates.get(made).source) == ("Other", PAGE)
    with pytest.raises(ApiError) as caught:
        brevo.transactional_emails.delete_smtp_template(ours)
    assert (caught.value.status_code, caught.value.body["code"]) == (405, "method_not_allowed")
    brevo.transactional_emails.delete_smtp_template(made)
    with pytest.raises(NotFoundError):
        brevo.transactional_emails.get_smtp_template(made)


def test_an_inactive_template_is_not_sent(brevo: Brevo, made: int):
    """It says what to do about it."""
    brevo.transactional_emails.update_smtp_template(made, is_active=False)
    with pytest.raises(BadRequestError) as caught:
        brevo.transactional_emails.send_transac_email(template_id=made, to=[SendTransacEmailRequestToItem(email=MARIA)])
    assert "not active" in caught.value.body["message"]


def test_a_template_is_tried_and_looked_at(brevo: Brevo, made: int, mailbox: Mailbox):
    """A test mail arrives; a preview shows what a contact or some values would make of it."""
    contacts.write([ContactInput(fields={"email": MARIA}, attributes={"FIRSTNAME": "Maria"})])
    brevo.transactional_emails.send_test_template(made, email_to=[MARIA])
    (letter,) = mailbox.letters
    assert "Hello Maria" in letter.get_body(("html",)).get_content()
    assert brevo.transactional_emails.get_smtp_template(made).test_sent
    preview = brevo.transactional_emails.post_preview_smtp_email_templates
    seen = preview(request={"templateId": made, "params": {"code": 5}})
    assert (seen.subject, seen.from_email) == ("Your code 5", "shop@example.com")
    assert "Hello , code 5" in seen.html
    assert "Hello Maria" in preview(request={"templateId": made, "email": MARIA}).html


def test_senders_come_and_go(brevo: Brevo, sib: ApiClient):
    """A sender is made, renamed, listed by each client and deleted; a second one of an address is refused."""
    made = brevo.senders.create_sender(name="Anna", email="anna@example.com").id
    brevo.senders.update_sender(made, name="Anna B.")
    brevo.senders.validate_sender_by_otp(made, otp=123456)
    shown = [(each.id, each.name, each.email, each.active) for each in brevo.senders.get_senders().senders]
    assert shown == [(made, "Anna B.", "anna@example.com", True)]
    assert [each.email for each in SendersApi(sib).get_senders().senders] == ["anna@example.com"]
    with pytest.raises(BadRequestError) as caught:
        brevo.senders.create_sender(name="Other", email="anna@example.com")
    assert caught.value.body["code"] == "duplicate_parameter"
    brevo.senders.delete_sender(made)
    with pytest.raises(NotFoundError):
        brevo.senders.delete_sender(made)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/smtp/templates", {"templateName": "T", "subject": "S", "htmlContent": PAGE}, 400),
        ("POST", "/smtp/templates", {"templateName": "T", "subject": "S", "sender": SHOP}, 400),
        (
            "POST",
            "/smtp/templates",
            {"templateName": "T", "subject": "S", "sender": {"id": 10**6}, "htmlContent": PAGE},
            400,
        ),
        ("PUT", "/smtp/templates/999999", {"subject": "S"}, 404),
        ("POST", "/smtp/templates/999999/sendTest", {"emailTo": [MARIA]}, 404),
        ("POST", "/smtp/template/preview", {"templateId": 999999}, 400),
        ("GET", "/smtp/templates?templateStatus=perhaps", None, 400),
        ("GET", "/smtp/templates?limit=1001", None, 400),
        ("POST", "/senders", {"name": "A"}, 400),
        ("POST", "/senders", {"name": "A", "email": "a@x.io", "ips": [{"ip": "192.0.2.1"}]}, 400),
        ("PUT", "/senders/999999", {"name": "A"}, 404),
        ("PUT", "/senders/999999/validate", {"otp": 1}, 404),
    ],
)
def test_what_templates_and_senders_cannot_be_is_refused(
    wire: httpx.Client, shop: int, method: str, path: str, body, status: int
):
    """Unknown things are a 404, bad values a 400, all in words."""
    answer = wire.request(method, path, json=body)
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message"}
