"""Each template at work: contacts walk through it in the engine, down each of its ways."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import db
from app.models import PARTITIONS, Contact, Event, Note, Notification, Outbox, Stage, Task, Template, User, Watch
from app.services import contacts, deals, watching, workspace
from app.services.automation_templates import TEMPLATES
from app.services.automations import activation, drafts
from app.services.contacts import ContactInput, Identifier
from app.services.drain import drain
from tests.factories.automations import happens
from tests.factories.contacts import change, make_contact
from tests.factories.sales import make_deal
from tests.factories.users import make_user
from tests.support import live

REP = "rep@example.com"
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


def own(contact: int) -> None:
    """Let the contact belong to the rep."""
    with db.transaction() as session:
        rep = session.scalars(select(User.id).where(User.email == REP)).one()
    contacts.update(change(contact, owner_id=rep))


def owner(contact: int) -> str | None:
    with db.transaction() as session:
        return session.scalar(
            select(User.email).join(Contact, Contact.owner_id == User.id).where(Contact.id == contact)
        )


def begin(key: str) -> None:
    """Switch the template on as it comes."""
    activation.activate(drafts.create("en", template=key).id, "en")


def later(days: int) -> None:
    """So much time passes: for the waits, and for what happened so far."""
    with db.transaction() as session:
        session.execute(update(Event).values(at=Event.at - timedelta(days=days)))
    live.pass_time(days=days)
    live.drain_all()


def look() -> None:
    """The clock looks who fits by now, and what day it is; the engine works."""
    with db.transaction() as session:
        session.execute(update(Watch).values(due_at=func.now()))
    watching.look()
    drain(range(PARTITIONS))


def tag(contact: int, *, add: Collection[str] = (), remove: Collection[str] = ()) -> None:
    contacts.update(ContactInput(who=Identifier("id", contact), add_tags=list(add), remove_tags=list(remove)))


def tags(contact: int) -> set[str]:
    return set(contacts.get(contact).tags)


def tasks() -> Sequence[str]:
    """The titles of all tasks, the oldest first; each is the rep's."""
    with db.transaction() as session:
        rep = session.scalars(select(User.id).where(User.email == REP)).one()
        found = session.execute(select(Task.title, Task.assignee_id).order_by(Task.id)).all()
    assert {assignee for _, assignee in found} <= {rep}
    return [title for title, _ in found]


def mails() -> Sequence[str]:
    """The templates of all mail that is to leave."""
    with db.transaction() as session:
        names = dict(session.execute(select(Template.id, Template.name)).all())
        found = session.scalars(select(Outbox).where(Outbox.channel == "email").order_by(Outbox.id)).all()
    return [names[each.payload["template"]] for each in found]


def alerts() -> Sequence[str]:
    with db.transaction() as session:
        return session.scalars(select(Notification.title).order_by(Notification.id)).all()


def test_lead_scoring(maria: int) -> None:
    """Campaigns opened and pushes clicked count five, other mail nothing; at twenty the rep hears of it."""
    begin("lead_scoring")
    for kind in ("campaign", "campaign", "campaign", "transactional"):
        happens("email_opened", MARIA, message_kind=kind)
    assert (live.value(maria, "SCORE"), alerts()) == (15, [])
    happens("web_push_clicked", MARIA)
    assert live.value(maria, "SCORE") == 20
    assert alerts() == []  # she is her rep's already: nobody is handed anybody
    new = make_contact(email="joe@example.com", FIRSTNAME="Joe", LASTNAME="Doe", SCORE=15)
    happens("web_push_clicked", "joe@example.com")
    assert owner(new) == REP
    assert alerts() == ["Hot lead: Joe Doe"]


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
    """Newcomers get a rep who says hello; three days later silence makes another task, reading a tag."""
    begin("welcome_series")
    reader, silent = make_contact(email=MARIA, FIRSTNAME="Maria"), make_contact(FIRSTNAME="Joe")
    live.drain_all()
    assert len(tasks()) == 2
    later(days=1)
    happens("email_opened", MARIA)
    later(days=2)
    assert (tags(reader), tags(silent)) == ({"engaged"}, set())
    assert tasks()[2:] == ["Joe has read nothing yet: get in touch"]


def test_nurturing(maria: int) -> None:
    """Who reaches twenty points within the month is handed to a rep at once; who does not is cold."""
    begin("nurturing")
    cold = make_contact(email="cold@example.com", SCORE=19)
    happens("form_submitted", MARIA)
    happens("form_submitted", "cold@example.com")
    assert tags(maria) == {"nurturing"}
    contacts.update(ContactInput(who=Identifier("id", maria), attributes={"SCORE": 25}))
    live.drain_all()
    assert tags(maria) == set()
    later(days=31)
    assert tags(cold) == {"cold"}


def test_abandoned_interest(maria: int) -> None:
    """A form within the day saves the contact from being tagged, and takes an older tag off again."""
    begin("abandoned_interest")
    happens("page_visited", MARIA, page=PRICING)
    later(days=1)
    assert (tags(maria), len(tasks())) == ({"abandoned"}, 1)
    happens("page_visited", MARIA, page=PRICING)
    happens("form_submitted", MARIA)
    later(days=1)
    assert (tags(maria), len(tasks())) == (set(), 1)


def test_cadence(maria: int) -> None:
    """Opening a mail at either touch is the positive track; silence at both the negative one."""
    begin("cadence")
    early, late, never = maria, make_contact(email="late@example.com"), make_contact()
    for contact in (early, late, never):
        tag(contact, add=["prospect"])
    look()
    happens("email_opened", MARIA)
    later(days=3)
    happens("email_opened", "late@example.com")
    later(days=7)
    assert [tags(each) - {"prospect"} for each in (early, late, never)] == [
        {"responsive"},
        {"responsive"},
        {"unresponsive"},
    ]
    assert (len(tasks()), len(alerts())) == (5, 4)  # three mails and two calls; two reactions, two handed over


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
    """Who buys again within two weeks is a repeat customer; about the others the owner asks."""
    begin("post_purchase")
    once = make_contact(email="once@example.com", FIRSTNAME="Joe")
    own(once)
    for email in (MARIA, "once@example.com"):
        happens("order_placed", email)
    later(days=5)
    happens("order_placed", MARIA)
    later(days=9)
    assert (tags(maria), tags(once)) == ({"customer", "repeat customer"}, {"customer"})
    assert tasks() == ["Ask Joe how it goes"]


def test_webinar_follow_up(maria: int) -> None:
    """Who came is called, who missed it is mailed the recording."""
    begin("webinar_follow_up")
    missed = make_contact(email="missed@example.com")
    own(missed)
    for email in (MARIA, "missed@example.com"):
        happens("webinar_registered", email)
    happens("webinar_attended", MARIA)
    later(days=7)
    assert (tags(maria), tags(missed)) == ({"webinar attended"}, {"webinar missed"})
    assert (tasks(), mails()) == (["Ask Maria how the webinar was"], ["Webinar recording"])


def test_birthday(maria: int) -> None:
    """On the day itself who agreed to mail gets one, the owner of the others is told, and a note is kept."""
    begin("birthday")
    today = datetime.now(UTC).date()
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
    """Sixty days without another opened mail make a task and a tag, which the next opened mail takes off."""
    begin("re_engagement")
    happens("email_opened", MARIA)
    later(days=60)
    assert (tags(maria), len(tasks())) == ({"inactive"}, 1)
    happens("email_opened", MARIA)
    assert tags(maria) == set()


def test_sunset(maria: int) -> None:
    """Half a year of silence gives 14 more days; an opened mail within them keeps the contact."""
    kept, young = make_contact(email="kept@example.com"), make_contact()
    begin("sunset")
    with db.transaction() as session:
        old = update(Contact).where(Contact.id != young)
        session.execute(old.values(created_at=Contact.created_at - timedelta(days=200)))
    look()
    assert [tags(each) for each in (maria, kept, young)] == [{"sunset"}, {"sunset"}, set()]
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
