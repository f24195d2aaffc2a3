"""The automations of the demo world: out of the template gallery, and three of its own."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.adapters.catalog import bump_revision
from app.models import Automation, AutomationVersion, Comment
from app.permissions import Actor, acting_as
from app.services import comments
from app.services.automation_templates.parts import Steps, document
from app.services.automations.activation import activate
from app.services.automations.drafts import add, create, get, save_draft
from app.services.comments import NewComment
from app.services.demo.happenings import FORM, WEBINAR
from app.services.demo.team import FORMER
from nodes.texts import Language
from workflows.document import Document

_LANGUAGE: Final[Language] = "en"
BIG_COMPANY: Final = 60
_HE_WHO_LEFT: Final[Mapping[str, object]] = {"to": "users", "users": [FORMER.email]}
_QUESTION: Final[NewComment] = {
    "text": f"{FORMER.name} has left, so this fails for big companies. My draft tells who leads sales: publish it?",
    "node": "alert",
    "x": None,
    "y": None,
    "reply_to": None,
    "mentions": (),
}


def start(session: Session, marketer: Actor, since: datetime) -> Mapping[str, int]:
    """Make all automations, and let four of them run from `since` on; returns all by key. Who acts may set re-entry."""
    running = {
        **{key: create(_LANGUAGE, template=key).id for key in ("lead_scoring", "welcome_series", "hot_lead_alert")},
        "demo_requests": add(_demo_requests()).id,
    }
    for each in running.values():
        activate(each, _LANGUAGE)
        _date(session, each, since)
    bump_revision()
    with acting_as(marketer):
        drafts = {
            "re_engagement": create(_LANGUAGE, template="re_engagement").id,
            "trial": add(_trial_reminder()).id,
            "webinar": add(_webinar_points()).id,
        }
    return running | drafts


def date_changes(session: Session, automations: Mapping[str, int], now: datetime) -> None:
    """Let people have worked on the automations in these last days, most lately on the lead scoring."""
    latest = ("lead_scoring", "trial", "webinar", "hot_lead_alert", "welcome_series", "demo_requests", "re_engagement")
    for days, key in enumerate(latest, start=1):
        changed = update(Automation).where(Automation.id == automations[key])
        session.execute(changed.values(updated_at=now - timedelta(days=days)))


def mend_the_fault(automations: Mapping[str, int], colleague: Actor) -> None:
    """Let somebody have mended the draft of what fails; nobody has published it yet."""
    with acting_as(colleague):
        draft = get(automations["demo_requests"])
        save_draft(draft.id, _demo_requests({"to": "role", "role": FORMER.role}), draft.draft_revision)


def ask_about_the_fault(session: Session, automations: Mapping[str, int], colleague: Actor, at: datetime) -> None:
    """Let somebody have asked at the step that fails: whoever looks learns what is wrong there, and why."""
    with acting_as(colleague):
        asked = comments.create(automations["demo_requests"], _QUESTION)
    session.execute(update(Comment).where(Comment.id == asked.id).values(created_at=at))


def _date(session: Session, automation: int, since: datetime) -> None:
    dates = {"created_at": since - timedelta(days=3), "activated_at": since}
    session.execute(update(Automation).where(Automation.id == automation).values(dates))
    version = update(AutomationVersion).where(AutomationVersion.automation_id == automation)
    session.execute(version.values(created_at=since))


def _demo_requests(told: Mapping[str, object] = _HE_WHO_LEFT) -> Document:
    """Return one that big companies' requests make fail since the person to be alerted has left."""
    requested = {"all": [{"event": "form", "op": "eq", "value": FORM}]}
    big = {"all": [{"company": "size", "op": "gte", "value": BIG_COMPANY}]}
    alert = {
        **told,
        "title": "{{ contact.FIRSTNAME }} {{ contact.LASTNAME }} asks for a demo",
        "body": "A big company: please take over yourself.",
    }
    task = {"title": "Show {{ contact.FIRSTNAME }} the product", "due": "+2days", "assign_to": "owner"}
    steps: Steps = {
        "requested": ("form_submitted", {"event_filter": requested}),
        "tag": ("add_tag", {"tag": "demo request"}),
        "big": ("conditional_split", {"condition": big}),
        "alert": ("send_alert", alert),
        "show": ("create_task", task),
    }
    ways = ["requested > tag", "tag > big", "big.yes > alert", "alert > show", "big.no > show"]
    return document("Demo requests", steps, ways, re_entry=True)


def _trial_reminder() -> Document:
    customer = {"all": [{"attribute": "LIFECYCLE", "op": "eq", "value": "Customer"}]}
    task = {"title": "{{ contact.FIRSTNAME }}'s trial ends soon: call", "due": "+1days", "assign_to": "owner"}
    steps: Steps = {
        "started": ("custom_event", {"event": "trial_started"}),
        "qualified": ("update_attribute", {"attribute": "LIFECYCLE", "operation": "set", "value": "Qualified lead"}),
        "pause": ("wait", {"until": "duration", "duration": {"amount": 10, "unit": "days"}}),
        "bought": ("conditional_split", {"condition": customer}),
        "call": ("create_task", task),
    }
    ways = ["started > qualified", "qualified > pause", "pause > bought", "bought.no > call"]
    return document("Trial reminder", steps, ways)


def _webinar_points() -> Document:
    """Return one that could run, and ought not to as it is: it is what the radar has to tell of.

    Whoever comes again gets no points, and whoever is further already becomes a lead once more.
    """
    webinar = {"all": [{"event": "form", "op": "eq", "value": WEBINAR}]}
    steps: Steps = {
        "registered": ("form_submitted", {"event_filter": webinar}),
        "points": ("update_attribute", {"attribute": "SCORE", "operation": "add", "value": 10}),
        "lead": ("update_attribute", {"attribute": "LIFECYCLE", "operation": "set", "value": "Lead"}),
    }
    return document("Webinar points", steps, ["registered > points", "points > lead"])
