from collections import Counter
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from app import db
from app.models import (
    PARTITIONS,
    Automation,
    AutomationVersion,
    Campaign,
    CampaignState,
    Consent,
    Contact,
    Enrollment,
    Event,
    EventType,
    InboxItem,
    Message,
    Notification,
    Outbox,
    Timer,
    User,
    Visitor,
)
from app.permissions import ROLES
from app.services import comments, radar, users
from app.services.automations import drafts
from app.services.automations.checking import check
from app.services.campaigns import plans
from app.services.campaigns.reports import report
from app.services.campaigns.writing import demand_sound
from app.services.demo import seed_if_empty
from app.services.demo.team import FORMER
from app.services.forms import keeping as forms
from app.services.sources import history
from app.services.sources import keeping as sources
from app.services.web import category_rules, sites, visits
from workflows.document import load

ACTIVE = ("Lead scoring", "Welcome series")
EVENTS_THAT_SCORE = text(
    """
    SELECT contact_id, count(*) FROM event e JOIN event_type t ON t.id = e.type_id
    WHERE t.name = 'web_push_clicked' OR t.name = 'email_opened' AND e.properties ->> 'message_kind' = 'campaign'
    GROUP BY 1
    """
)


def silently(_label: str, _done: float) -> None:
    """Show no progress."""


def automation(world: Session, name: str) -> Automation:
    return world.scalars(select(Automation).where(Automation.name == name)).one()


def states(world: Session, name: str) -> Counter[str]:
    runs = world.scalars(select(Enrollment.state).where(Enrollment.automation_id == automation(world, name).id))
    return Counter(runs)


def test_every_role_can_sign_in(world: Session):
    """There is somebody of every role, with the password that is shown."""
    again = seed_if_empty(silently)
    assert {each.role for each in again} == set(ROLES)
    assert all(users.authenticate(each.email, each.password) for each in again[:2])


def test_a_changed_password_is_not_shown(world: Session):
    """Whoever changed their password is left out at the next start."""
    with db.transaction() as session:
        guest = session.scalars(select(User).where(User.email == "guest@example.com")).one()
        users.update(guest.id, {"password": "something else"})
    assert "guest@example.com" not in {each.email for each in seed_if_empty(silently)}


def test_scores_are_what_the_engine_makes_of_the_events(world: Session):
    """Each contact has five points for each opened campaign and clicked push, and nobody has any otherwise."""
    (column,) = world.execute(text("SELECT 'a' || id FROM attribute WHERE name = 'SCORE'")).one()
    scores = world.execute(text(f"SELECT id, {column} FROM contact WHERE {column} IS NOT NULL"))
    assert dict(scores.all()) == {contact: 5 * count for contact, count in world.execute(EVENTS_THAT_SCORE)}


def test_hot_leads_have_an_owner(world: Session):
    """Whoever has 20 points or more belongs to a rep, and reps were alerted."""
    (column,) = world.execute(text("SELECT 'a' || id FROM attribute WHERE name = 'SCORE'")).one()
    orphans = world.scalar(text(f"SELECT count(*) FROM contact WHERE {column} >= 20 AND owner_id IS NULL"))
    assert orphans == 0
    assert world.scalars(select(func.count(Notification.id))).one() > 10


def test_paths_explain_themselves(world: Session):
    """A run of the scoring keeps its steps with the score that the split compared."""
    runs = world.scalars(
        select(Enrollment.path).where(Enrollment.automation_id == automation(world, "Lead scoring").id)
    )
    hot = [step for path in runs for step in path if step[0] == "hot"]
    assert {step[1] for step in hot} == {"yes", "no"}
    assert all((step[3][0][1] >= 20) == (step[1] == "yes") for step in hot)


def test_some_wait_and_some_failed(world: Session):
    """The welcome series has contacts inside; the demo requests have runs to try again, with a reason."""
    assert states(world, "Welcome series")["active"] > 0
    assert states(world, "Lead scoring").keys() == {"finished"}
    reasons = world.scalars(select(Enrollment.reason).where(Enrollment.state == "failed")).all()
    assert all(reason and "felix@example.com" in reason["en"] for reason in reasons)


def test_who_waits_is_woken_by_the_right_partition(world: Session):
    """Each waiting run has one timer, in its contact's partition, in the future."""
    rows = world.execute(
        select(Timer.part, Enrollment.contact_id, Timer.wake_at > func.now()).join(
            Enrollment, Enrollment.id == Timer.enrollment_id
        )
    ).all()
    assert len(rows) == states(world, "Welcome series")["active"]
    assert all(part == contact % PARTITIONS and later for part, contact, later in rows)


def test_nothing_is_left_to_do(world: Session):
    """No event waits in the inbox and no mail for its sender: the first start is quiet."""
    assert world.scalars(select(func.count()).select_from(InboxItem)).one() == 0
    assert set(world.scalars(select(Outbox.state))) <= {"kept"}


def test_newcomers_were_written_to(world: Session):
    """Each who wants news was welcomed, as long ago as it says, and written to again; no mail server: all was kept."""
    reasons = world.scalars(select(Message.reason).where(Message.automation_id.is_not(None))).all()
    assert set(reasons) == {"no_server"}
    series = automation(world, "Welcome series").id
    agreed = exists().where(Consent.contact_id == Enrollment.contact_id)
    readers = select(func.count()).where(Enrollment.automation_id == series, agreed)
    welcomed = select(func.count()).where(Message.subject.startswith("Welcome, "), Message.automation_id == series)
    assert world.scalar(welcomed) == world.scalar(readers) > 0
    assert {"Did you have a look?", "Three first steps"} < set(world.scalars(select(Message.subject)))
    assert world.scalars(select(func.now() - func.min(Message.created_at))).one() > timedelta(days=20)


def test_the_history_is_as_old_as_it_says(world: Session):
    """Runs are spread over 30 days, and lie after their contacts' creation and before now."""
    first, last, days = world.execute(
        select(
            func.now() - func.min(Enrollment.entered_at),
            func.now() - func.max(Enrollment.entered_at),
            func.count(func.distinct(func.date(Enrollment.entered_at))),
        )
    ).one()
    assert timedelta(days=25) < first < timedelta(days=30, hours=1)
    assert last > timedelta(0)
    assert days > 20
    early = select(func.count()).select_from(Enrollment).join(Contact, Contact.id == Enrollment.contact_id)
    assert world.scalars(early.where(Enrollment.entered_at < Contact.created_at)).one() == 0


@pytest.mark.parametrize(
    "name",
    [
        *("Lead scoring", "Welcome series", "Hot lead alert", "Demo requests"),
        *("Re-engagement", "Trial reminder", "Webinar points"),
    ],
)
def test_the_automations_are_in_order(world: Session, name: str):
    """The draft of each could be published as it is."""
    problems = check(load(automation(world, name).draft), "en").problems
    assert [each.code for each in problems if each.severity == "error"] == []


def test_the_one_fault_is_asked_about(world: Session):
    """Who left cannot be alerted: beside that step stands a comment that says so, in the past; the draft is mended."""
    (demo_requests,) = world.scalars(select(Automation.id).where(Automation.name == "Demo requests"))
    (thread,) = comments.of_automation(demo_requests)
    known = drafts.get(demo_requests)
    assert known.live_document is not None
    assert known.has_unpublished_changes
    found = check(load(known.live_document), "en").problems
    assert {each.node for each in found if each.severity == "error"} == {thread.node}
    (question,) = thread.remarks
    assert FORMER.name in question.text
    assert question.created_at < datetime.now(UTC) - timedelta(days=1)


def test_the_automations_stand_in_every_state(world: Session):
    """Some run, one is paused, some are drafts; what runs has a version."""
    found = Counter(world.scalars(select(Automation.state)))
    assert found == {"active": 3, "paused": 1, "draft": 3}
    assert world.scalars(select(func.count(AutomationVersion.id))).one() == 4


def test_the_radar_has_something_to_tell(world: Session):
    """Two automations disagree about an attribute; one adds points once only, and a button mends that."""
    picture = radar.look("en")
    assert all(each.read for each in picture.automations)
    found = {each.code: each for each in picture.findings}
    assert {each.name for each in found["two_writers"].witness} == {"Trial reminder", "Webinar points"}
    assert found["re_entry_off"].fix


def test_a_campaign_was_sent_and_has_a_report(world: Session):
    """Its report is made of what readers are known to have done: opens, clicks by link, and days to draw."""
    campaign = world.scalars(select(Campaign).where(Campaign.name == "Pricing made simple")).one()
    told = report(campaign.id)
    opens = select(func.count(func.distinct(Event.contact_id))).join(EventType, EventType.id == Event.type_id)
    of_it = Event.properties["campaign"].astext == campaign.name
    readers = select(Message.contact_id).where(Message.campaign_id == campaign.id)
    known = world.scalar(opens.where(EventType.name == "email_opened", of_it, Event.contact_id.in_(readers)))
    assert told.campaign.state == CampaignState.DONE
    assert told.sent == campaign.total > told.campaign.counts.opened == known > told.campaign.counts.clicked > 0
    assert sum(link.people for link in told.links) >= told.campaign.counts.clicked
    assert len(told.slots) > 3


def test_a_campaign_waits_for_its_author(world: Session):
    """One is a draft that could start as it is."""
    draft = world.scalars(select(Campaign).where(Campaign.state == CampaignState.DRAFT)).one()
    demand_sound(plans.read(draft.settings))


def test_visits_have_categories(world: Session):
    """The website was visited by contacts, whose interests show; its rules catch every page but the first one."""
    assert len(sites.every()) == 1
    visitor = world.scalars(select(Visitor.contact_id).order_by(Visitor.seen_at.desc())).first()
    assert visitor is not None
    assert visits.of_contact(visitor)[0].pages[0].title
    seen = category_rules.preview(category_rules.read())
    assert {urlsplit(page.page).path for page in seen if page.category is None} == {"/"}
    assert len({page.category for page in seen}) > 4


def test_the_form_and_the_source_brought_something(world: Session):
    """The form counts what automations know of it; the source's last message was refused, with the reason."""
    (form,) = forms.every()
    submitted = select(func.count()).where(Event.properties["form"].astext == form.name)
    assert form.shown > form.submitted == world.scalar(submitted) > 0
    (source,) = sources.every()
    newest, *others = history.last(source.id)
    assert [problem["field"] for problem in newest.problems] == ["traits.email"]
    assert {each.result for each in others} == {"taken"}
