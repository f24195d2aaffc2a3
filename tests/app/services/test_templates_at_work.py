"""Each template at work: contacts walk through it in the engine, down each of its ways."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import db
from app.models import Contact, Note, Stage, Watch
from app.services import contacts, deals, workspace
from app.services.automation_templates import TEMPLATES
from app.services.contacts import ContactInput, Identifier
from tests.factories.automations import happens
from tests.factories.contacts import make_contact
from tests.factories.sales import make_deal
from tests.factories.users import make_user
from tests.support import live
from tests.support.at_work import REP, agree, alerts, begin, later, look, mails, own, owner, tag, tags, tasks

MARIA = "maria@example.com"
PRICING = "https://example.com/pricing"


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()
    make_user("rep", email=REP)


@pytest.fixture
def maria(database: Session) -> int:
    """A contact that has a rep already."""
    contact = make_contact(email=MARIA, FIRSTNAME="Maria", LASTNAME="Silva")
    own(contact)
    return contact


def test_lead_scoring(maria: int) -> None:
    """Campaigns opened and pushes clicked count five, other mail nothing; at twenty the rep hears of it, once."""
    begin("lead_scoring")
    for kind in ("campaign", "campaign", "campaign", "transactional"):
        happens("email_opened", MARIA, message_kind=kind)
    assert (live.value(maria, "SCORE"), alerts()) == (15, [])
    happens("web_push_clicked", MARIA)
    assert live.value(maria, "SCORE") == 20
    happens("web_push_clicked", MARIA)
    assert alerts() == ["Hot lead: Maria Silva"]  # she is her rep's already
    new = make_contact(email="joe@example.com", FIRSTNAME="Joe", LASTNAME="Doe", SCORE=15)
    happens("web_push_clicked", "joe@example.com")
    happens("web_push_clicked", "joe@example.com")
    assert owner(new) == REP
    assert alerts()[1:] == ["Hot lead: Joe Doe"]


def test_hot_lead_alert(maria: int) -> None:
    """The third visit of the prices within a week, and no other one, alerts the owner and makes a task."""
    begin("hot_lead_alert")
    happens("page_visited", MARIA, page=PRICING)
    happens("page_visited", MARIA, page=PRICING)
    assert (tags(maria), alerts()) == (set(), [])
    happens("page_visited", MARIA, page=PRICING)
    assert (tags(maria), alerts()) == ({"hot lead"}, ["Maria is looking at the prices"])
    happens("page_visited", MARIA, page=PRICING)
    assert tasks() == ["Call Maria Silva"]


def test_welcome_series(database: Session) -> None:
    """Newcomers are welcomed by mail and a rep; three days later readers are mailed on, the silent reminded."""
    begin("welcome_series")
    reader, silent = make_contact(email=MARIA, FIRSTNAME="Maria"), make_contact(FIRSTNAME="Joe")
    agree(reader, silent)
    live.drain_all()
    assert (mails(), len(tasks())) == (["Welcome", "Welcome"], 2)
    later(days=1)
    happens("email_opened", MARIA)
    later(days=2)
    assert (tags(reader), tags(silent)) == ({"engaged"}, set())
    assert sorted(mails()[2:]) == ["Welcome: first steps", "Welcome: reminder"]
    assert tasks()[2:] == ["Joe has read nothing yet: get in touch"]


def test_who_did_not_agree_gets_no_mail(database: Session) -> None:
    """The rep says hello all the same, who may have been its own before, and the contact goes on its way."""
    begin("welcome_series")
    own(make_contact(email=MARIA, FIRSTNAME="Maria"))
    live.drain_all()
    later(days=3)
    assert (mails(), len(tasks())) == ([], 2)


@pytest.mark.row("E8")
def test_nurturing(maria: int) -> None:
    """Who reaches twenty points is handed to a rep at once; who does not gets three mails in a month, and is cold."""
    begin("nurturing")
    cold = make_contact(email="cold@example.com", SCORE=19)
    agree(maria, cold)
    happens("form_submitted", MARIA)
    happens("form_submitted", "cold@example.com")
    assert (tags(maria), mails()) == ({"nurturing"}, ["Nurturing 1: guide"] * 2)
    contacts.update(ContactInput(who=Identifier("id", maria), attributes={"SCORE": 25}))
    live.drain_all()
    assert (tags(maria), alerts()) == (set(), ["Maria Silva is ready for a talk"])  # also if she is a rep's already
    for _ in range(3):
        later(days=10)
    assert tags(cold) == {"cold"}
    assert mails()[2:] == ["Nurturing 2: a customer’s story", "Nurturing 3: offer of a talk"]


def test_abandoned_interest(maria: int) -> None:
    """Who sends in no form is asked by mail, then becomes a task; a form takes the tag off at any time."""
    begin("abandoned_interest")
    other = make_contact(email="other@example.com")
    agree(maria, other)
    for email in (MARIA, "other@example.com"):
        happens("page_visited", email, page=PRICING)
    later(days=1)
    assert (tags(maria), mails(), tasks()) == ({"abandoned"}, ["Abandoned interest"] * 2, [])
    happens("form_submitted", "other@example.com")
    later(days=2)
    assert (tags(maria), tags(other), len(tasks())) == ({"abandoned"}, set(), 1)
    happens("page_visited", MARIA, page=PRICING)
    happens("form_submitted", MARIA)
    later(days=1)
    assert (tags(maria), len(tasks()), len(mails())) == (set(), 1, 2)


@pytest.mark.row("E3")
def test_interest_offer(maria: int) -> None:
    """A page with a category brings the offer within two days of the campaign; other pages, or later ones, do not."""
    begin("interest_offer")
    late = make_contact(email="late@example.com")
    agree(maria, late)
    for email in (MARIA, MARIA, "late@example.com"):  # who opens it again is not offered anything twice
        happens("email_opened", email, message_kind="campaign")
        happens("page_visited", email, page="https://example.com/about")
    assert mails() == []
    happens("page_visited", MARIA, category="Shoes")
    happens("page_visited", MARIA, category="Shoes")
    assert mails() == ["Interest offer"]
    later(days=2)
    happens("page_visited", "late@example.com", category="Shoes")
    assert mails() == ["Interest offer"]


@pytest.mark.row("E7")
def test_welcome_after_visit(maria: int) -> None:
    """A visit that our message brought is answered; another is not."""
    begin("welcome_after_visit")
    agree(maria)
    happens("visit_ended", MARIA, pages=3)
    assert mails() == []
    happens("visit_ended", MARIA, pages=3, message=7)
    assert mails() == ["Welcome after a visit"]


def test_cadence(maria: int) -> None:
    """Opening a mail at either touch is the positive track; a day of silence brings another mail and a call."""
    begin("cadence")
    early, late, never = maria, make_contact(email="late@example.com"), make_contact()
    agree(early, late, never)
    for contact in (early, late, never):
        tag(contact, add=["prospect"])
    look()
    assert mails() == ["Cadence 1: introduction"] * 3
    happens("email_opened", MARIA)
    later(days=1)
    assert mails()[3:] == ["Cadence 2: another way to say it"] * 2
    happens("email_opened", "late@example.com")
    later(days=7)
    assert [tags(each) - {"prospect"} for each in (early, late, never)] == [
        {"responsive"},
        {"responsive"},
        {"unresponsive"},
    ]
    assert (len(tasks()), len(alerts())) == (4, 4)  # two follow-ups and two calls; two reactions, two handed over


def test_deal_stalled(maria: int) -> None:
    """A deal that moved in time is left alone; one that stands still for 14 days is brought up once."""
    begin("deal_stalled")
    moving, still = make_deal("Moves", maria), make_contact(FIRSTNAME="Joe", LASTNAME="Doe")
    own(still)
    make_deal("Stands still", still)
    look()
    with db.transaction() as session:
        stages = session.scalars(select(Stage.id).order_by(Stage.position)).all()
    deals.change(moving.id, {"stage_id": stages[1]})
    live.drain_all()
    later(days=14)
    assert (alerts(), tasks()) == (["The deal with Joe Doe does not move"], ["Bring on or close the deal with Joe"])


def test_post_purchase(maria: int) -> None:
    """Who buys again within two weeks is a repeat customer; the others are asked by mail and by their owner."""
    begin("post_purchase")
    once = make_contact(email="once@example.com", FIRSTNAME="Joe")
    own(once)
    for email in (MARIA, "once@example.com"):
        happens("order_placed", email)
    agree(once)
    later(days=5)
    happens("order_placed", MARIA)
    later(days=9)
    assert (tags(maria), tags(once)) == ({"customer", "repeat customer"}, {"customer"})
    assert (tasks(), mails()) == (["Ask Joe how it goes"], ["What goes well with it"])
    later(days=30)
    assert len(tasks()) == 1  # a repeat customer is not asked about the second purchase either


def test_webinar_follow_up(maria: int) -> None:
    """Who came is called, who missed it is mailed the recording."""
    begin("webinar_follow_up")
    missed = make_contact(email="missed@example.com")
    own(missed)
    for email in (MARIA, MARIA, "missed@example.com"):
        happens("webinar_registered", email)
    happens("webinar_attended", MARIA)
    for _ in range(2):
        later(days=7)
    assert (tags(maria), tags(missed)) == ({"webinar attended"}, {"webinar missed"})
    assert (tasks(), mails()) == (["Ask Maria how the webinar was"], ["Webinar recording"])


def test_birthday(maria: int) -> None:
    """On the day itself who agreed to mail gets one, the owner of the others is told, and a note is kept."""
    begin("birthday")
    today = (datetime.now(UTC) - timedelta(hours=10)).date()  # whose nine o'clock is over, whenever this runs
    contacts.update(ContactInput(who=Identifier("id", maria), attributes={"BIRTHDAY": f"1990-{today:%m-%d}"}))
    agreed = make_contact(email="agreed@example.com", BIRTHDAY=f"1990-{today:%m-%d}")
    tag(agreed, add={"newsletter"})
    make_contact(BIRTHDAY=f"1990-{today + timedelta(days=40):%m-%d}")
    with db.transaction() as session:
        session.execute(update(Watch).values(checked_at=func.now() - timedelta(hours=24)))
    look()
    with db.transaction() as session:
        notes = session.scalars(select(Note.text)).all()
    assert (tasks(), mails()) == (["Wish Maria a happy birthday"], ["Birthday mail"])
    assert len(notes) == 2


def test_re_engagement(maria: int) -> None:
    """Sixty days without another opened mail bring a tag and a mail; two more weeks of silence make a task."""
    begin("re_engagement")
    back = make_contact(email="back@example.com")
    agree(maria, back)
    for email in (MARIA, "back@example.com"):
        happens("email_opened", email)
    later(days=60)
    assert (tags(maria), mails(), tasks()) == ({"inactive"}, ["Re-engagement"] * 2, [])
    happens("email_opened", "back@example.com")
    later(days=14)
    assert (tags(maria), tags(back), len(tasks())) == ({"inactive"}, set(), 1)
    happens("email_opened", MARIA)
    assert tags(maria) == set()


def test_sunset(maria: int) -> None:
    """Half a year of silence brings a last mail; one that is opened within 14 days keeps the contact."""
    kept, young = make_contact(email="kept@example.com"), make_contact()
    begin("sunset")
    agree(maria, kept, young)
    with db.transaction() as session:
        old = update(Contact).where(Contact.id != young)
        session.execute(old.values(created_at=Contact.created_at - timedelta(days=200)))
    look()
    assert [tags(each) for each in (maria, kept, young)] == [{"sunset"}, {"sunset"}, set()]
    assert mails() == ["Last mail before the sunset"] * 2
    happens("email_opened", "kept@example.com")
    later(days=14)
    assert [tags(each) for each in (maria, kept)] == [{"do not mail"}, set()]
    assert len(tasks()) == 1


def test_each_template_is_walked() -> None:
    """Whoever adds a template shows here that it works."""
    assert {f"test_{key}" for key in TEMPLATES} <= set(globals())


def test_a_template_brings_the_attributes_it_needs() -> None:
    """In a workspace without a score, lead scoring makes one, and can be switched on at once."""
    begin("lead_scoring")
    assert live.value(make_contact(SCORE=3), "SCORE") == 3
