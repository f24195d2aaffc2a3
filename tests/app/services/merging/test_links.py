"""Addresses in mail that one of two contacts got before they became one."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters import mail_links
from app.adapters.mail_links import Asking, LinkKind, MailLink
from app.models import TemplateVersion
from app.services import merging
from app.services.consents import confirming
from app.services.mailing import tracking
from app.services.mailing.tracking import Visitor
from tests.factories.consents import agrees, make_topic, stands
from tests.factories.contacts import make_contact
from tests.factories.mailing import PERSON, template

pytestmark = pytest.mark.usefixtures("app")
ADA, ADAS = "ada@example.com", "ada.private@example.com"


@pytest.fixture
def pair(database: Session) -> tuple[int, int]:
    """Ada, and Ada by another address."""
    return make_contact(email=ADA), make_contact(email=ADAS)


def confirmation(contact: int, email: str, topic: int) -> str:
    """The signed part of what a contact was sent to confirm."""
    return mail_links.confirmation(contact, email, Asking([topic])).rpartition("/")[2]


@pytest.mark.parametrize(("asked", "chosen"), [(0, "kept"), (0, "other"), (1, "kept"), (1, "other")])
def test_what_either_was_asked_is_confirmed_for_the_kept_contact(
    database: Session, pair: tuple[int, int], asked: int, chosen: merging.Way
):
    """Whichever of the two was asked, and whichever address is kept."""
    topic = make_topic(confirm=True)
    agrees(pair[asked], topic)
    token = confirmation(pair[asked], (ADA, ADAS)[asked], topic)
    merging.merge(*pair, {"email": chosen})

    found = confirming.asked_for(token)
    assert found
    assert found.topics == "News"
    assert confirming.confirm(token)
    assert stands(database, pair[0]) == {topic: "given"}


def test_a_link_leads_on_when_its_message_is_forgotten(database: Session, pair: tuple[int, int]):
    """It names the contact that is gone; it is filled in for the kept one."""
    ada, other = pair
    template()
    version = database.scalars(select(TemplateVersion)).one()
    link = MailLink(LinkKind.CLICKED, 999_999, 0, other, version.id)
    merging.merge(ada, other, {})
    leads_to = tracking.clicked(mail_links.token(link), Visitor(PERSON))
    assert leads_to == "https://example.com/offer?who=ada%40example.com"
