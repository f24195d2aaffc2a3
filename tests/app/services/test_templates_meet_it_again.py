"""What happens again while a contact is inside a template does not queue up, to be walked later as if it were new."""

import pytest
from sqlalchemy.orm import Session

from app.services import workspace
from tests.factories.automations import happens
from tests.factories.contacts import make_contact
from tests.factories.users import make_user
from tests.support.at_work import REP, agree, begin, later, mails, own, tags, tasks

MARIA = "maria@example.com"
PRICING = "https://example.com/pricing"


@pytest.fixture
def maria(database: Session) -> int:
    """A contact of a rep."""
    workspace.setup()
    make_user("rep", email=REP)
    contact = make_contact(email=MARIA, FIRSTNAME="Maria")
    own(contact)
    return contact


def test_abandoned_interest_asks_once(maria: int) -> None:
    """However many pages of prices were looked at: once of who stays silent, and never of who sent in a form."""
    begin("abandoned_interest")
    silent = make_contact(email="silent@example.com", FIRSTNAME="Joe")
    own(silent)
    agree(maria, silent)
    for email in (MARIA, "silent@example.com") * 3:
        happens("page_visited", email, page=PRICING)
    happens("form_submitted", MARIA)
    for _ in range(8):
        later(days=1)
    assert (tags(maria), tags(silent)) == (set(), {"abandoned"})
    assert (mails(), tasks()) == (["Abandoned interest"], ["Ask Joe what is missing in our offer"])


def test_post_purchase_takes_two_orders_of_a_day_for_two(maria: int) -> None:
    """Who orders twice on the first day is a repeat customer, and is asked neither then nor two weeks later."""
    begin("post_purchase")
    agree(maria)
    for _ in range(2):
        happens("order_placed", MARIA)
    for _ in range(5):
        later(days=7)
    assert (tags(maria), mails(), tasks()) == ({"customer", "repeat customer"}, [], [])


def test_re_engagement_counts_from_the_last_open(maria: int) -> None:
    """Whoever goes on reading is left alone; who stops is written to once, sixty days after the last mail opened."""
    begin("re_engagement")
    agree(maria)
    for _ in range(10):
        happens("email_opened", MARIA)
        later(days=7)
    assert (tags(maria), mails()) == (set(), [])
    for _ in range(30):
        later(days=7)
    assert (mails(), len(tasks())) == (["Re-engagement"], 1)
