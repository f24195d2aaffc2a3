"""The engine on a real database: what events make of contacts."""

from typing import Any

import orjson
import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.adapters.catalog import bump_revision
from app.models import (
    PARTITIONS,
    Assignment,
    Automation,
    Contact,
    Enrollment,
    HeldTimer,
    InboxItem,
    Notification,
    Outbox,
    PendingEntry,
    Refusal,
    Timer,
    User,
)
from app.services import attributes, workspace
from app.services.contacts import Identifier
from app.services.drain import drain_batch
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from nodes.catalog import Kind
from tests.factories.users import make_user
from tests.support import live

REP = "rep@example.com"
MARIA = "maria@example.com"
OPENED = ("opened", "email_opened", {})
POINTS = ("points", "update_attribute", {"attribute": "SCORE", "operation": "add", "value": 5})
HOT = ("hot", "conditional_split", {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}})
ASSIGN = ("assign", "assign_owner", {"how": "round_robin", "reps": [REP], "tell": False})
ALERT = ("alert", "send_alert", {"to": "owner", "title": "Hot", "body": "Call {{ contact.email }}", "by_mail": True})
DAY = ("day", "wait", {"until": "duration", "duration": {"amount": 1, "unit": "days"}})
SCORING = [OPENED, POINTS, HOT, ASSIGN, ALERT]
WAYS = [("opened", "next", "points"), ("points", "next", "hot"), ("hot", "yes", "assign"), ("assign", "next", "alert")]


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()
    make_user("rep", email=REP)
    attributes.create("SCORE", Kind.NUMBER)


def opens(times: int = 1, email: str = MARIA, **properties: Any) -> None:
    event = IncomingEvent("email_opened", [Identifier("email", email)], None, orjson.dumps(properties))
    record_events([event] * times, source="test")


def count(database: Session, table: Any) -> int:
    return database.scalar(select(func.count()).select_from(table)) or 0


def states(automation: int) -> list[str]:
    return [run.state for run in live.enrollments(automation)]


@pytest.mark.row("C10", "C11", "C12")
def test_four_opens_make_twenty() -> None:
    """Four opens in one batch score 20 exactly: each entry adds, and an empty score counts as 0."""
    automation = live.activate(live.document(SCORING, WAYS))
    opens(4)
    live.drain_all()
    runs = live.enrollments(automation)
    assert [live.value(runs[0].contact_id, "SCORE"), len(runs)] == [20, 4]


@pytest.mark.row("C13", "C14")
def test_the_split_after_the_action_sees_the_new_value() -> None:
    """The entry that lifts the score to 20 takes Yes, the one before No; the path keeps what was compared."""
    automation = live.activate(live.document(SCORING, WAYS))
    opens(4)
    live.drain_all()
    splits = [step for run in live.enrollments(automation) for step in run.path if step[0] == "hot"]
    assert [(step[1], step[3][0][1]) for step in splits] == [("no", 5), ("no", 10), ("no", 15), ("yes", 20)]


@pytest.mark.row("C15", "C22")
def test_a_hot_lead_is_handed_over_once(database: Session) -> None:
    """Past the threshold there is one assignment, one alert in the app and one by mail, however many opens follow."""
    live.activate(live.document(SCORING, WAYS))
    opens(6)
    live.drain_all()
    assert [count(database, each) for each in (Assignment, Notification, Outbox)] == [1, 1, 1]
    owner = database.scalar(select(User.email).join(Contact, Contact.owner_id == User.id))
    assert owner == REP


@pytest.mark.row("C16")
def test_an_empty_branch_is_the_end_and_no_error() -> None:
    """A contact on a branch without steps leaves as finished."""
    automation = live.activate(live.document(SCORING, WAYS))
    opens(1)
    live.drain_all()
    assert states(automation) == ["finished"]


def test_a_batch_takes_small_partitions_together(database: Session) -> None:
    """One batch for contacts everywhere; each of their waits stands in the partition of its contact."""
    live.activate(live.document([OPENED, DAY], [("opened", "next", "day")]))
    for number in range(20):
        opens(1, f"person{number}@example.com")
    batch = drain_batch(range(PARTITIONS))
    assert [batch.size, list(batch.parts)] == [20, list(range(PARTITIONS))]
    waits = select(Timer.part, Enrollment.contact_id).join(Enrollment, Enrollment.id == Timer.enrollment_id)
    found = database.execute(waits).all()
    assert len({part for part, _ in found}) > 1
    assert [part for part, _ in found] == [contact % PARTITIONS for _, contact in found]


def test_what_nobody_listens_to_counts_as_worked_through(database: Session) -> None:
    """Events without a listener leave the inbox unread: how much a batch held is told all the same."""
    live.activate(live.document([OPENED, DAY], [("opened", "next", "day")]))
    opens(1)
    record_events([IncomingEvent("unheard", [Identifier("email", MARIA)], None, b"{}")] * 3, source="test")
    assert [drain_batch(range(PARTITIONS)).size, count(database, InboxItem), count(database, Enrollment)] == [4, 0, 1]


@pytest.mark.row("C19")
def test_without_re_entry_a_contact_never_comes_back(database: Session) -> None:
    """The second event does not enter, and why is kept."""
    automation = live.activate(live.document(SCORING, WAYS, re_entry=False))
    opens(1)
    live.drain_all()
    opens(2)
    live.drain_all()
    refusal = database.scalars(select(Refusal)).one()
    assert [len(live.enrollments(automation)), refusal.reason, refusal.times] == [1, "entered_before", 2]


@pytest.mark.row("C20")
def test_what_comes_while_inside_enters_after_the_exit(database: Session) -> None:
    """With re-entry, an event during a wait is kept and enters when the contact has left; it is not lost."""
    ways = [("opened", "next", "day"), ("day", "next", "points")]
    automation = live.activate(live.document([OPENED, DAY, POINTS], ways))
    opens(2)
    live.drain_all()
    assert [states(automation), count(database, PendingEntry)] == [["active"], 1]
    live.pass_time(days=1)
    live.drain_all()
    assert [states(automation), count(database, PendingEntry)] == [["finished", "active"], 0]


def test_while_inside_without_re_entry_the_event_is_refused(database: Session) -> None:
    """The contact stays on its one way, and the reason is kept."""
    live.activate(live.document([OPENED, DAY], [("opened", "next", "day")], re_entry=False))
    opens(2)
    live.drain_all()
    assert database.scalars(select(Refusal.reason)).all() == ["already_inside"]


@pytest.mark.row("C5", "C6", "C7")
@pytest.mark.parametrize(
    ("kind", "country", "entered"),
    [("campaign", "France", 1), ("transactional", "France", 0), ("campaign", "Spain", 0)],
)
def test_both_kinds_of_filter_must_hold(kind: str, country: str, entered: int) -> None:
    """Only a campaign opened by a contact in France enters."""
    filters = {
        "event_filter": {"all": [{"event": "message_kind", "op": "eq", "value": "campaign"}]},
        "contact_filter": {"all": [{"attribute": "COUNTRY", "op": "eq", "value": "France"}]},
    }
    automation = live.activate(
        live.document([("opened", "email_opened", filters), POINTS], [("opened", "next", "points")])
    )
    sent = orjson.dumps({"message_kind": kind})
    event = IncomingEvent("email_opened", [Identifier("email", MARIA)], None, sent, {"COUNTRY": country})
    record_events([event], source="test")
    live.drain_all()
    assert len(live.enrollments(automation)) == entered


@pytest.mark.row("C9", "C21")
def test_either_trigger_starts_it() -> None:
    """Opens, push clicks and page visits score alike."""
    steps = [OPENED, ("push", "web_push_clicked", {}), ("visit", "page_visited", {}), POINTS]
    automation = live.activate(live.document(steps, [(each[0], "next", "points") for each in steps[:3]]))
    who = [Identifier("email", MARIA)]
    names = ("email_opened", "web_push_clicked", "page_visited")
    record_events([IncomingEvent(name, who) for name in names], source="test")
    live.drain_all()
    assert [run.path[0][0] for run in live.enrollments(automation)] == ["opened", "push", "visit"]


def test_a_failing_step_fails_that_run_only(database: Session) -> None:
    """When the only rep is gone, the run fails with a reason in every language, and the others finish."""
    automation = live.activate(live.document(SCORING, WAYS))
    database.execute(update(User).where(User.email == REP).values(active=False))
    bump_revision()
    opens(4)
    opens(1, "ben@example.com")
    live.drain_all()
    failed = [run for run in live.enrollments(automation) if run.state == "failed"]
    assert [run.node for run in failed] == ["assign"]
    assert failed[0].reason is not None
    assert set(failed[0].reason) == {"en", "fr", "ru"}
    assert states(automation).count("finished") == 4


def test_a_webhook_holds_the_run_until_it_was_answered(database: Session) -> None:
    """The delivery waits in the outbox under a key of its own, and the contact stands at the step."""
    hook = ("hook", "call_webhook", {"method": "POST", "url": "https://example.com/hook"})
    automation = live.activate(live.document([OPENED, hook], [("opened", "next", "hook")]))
    opens(1)
    live.drain_all()
    run = live.enrollments(automation)[0]
    delivery = database.scalars(select(Outbox)).one()
    assert [run.state, run.node, delivery.key] == ["active", "hook", f"{run.id}:hook"]
    assert delivery.enrollment_id == run.id


def test_a_due_run_of_a_paused_automation_is_laid_aside(database: Session) -> None:
    """Nobody moves while an automation stands still, and nobody is lost."""
    automation = live.activate(live.document([OPENED, DAY], [("opened", "next", "day")]))
    opens(1)
    live.drain_all()
    database.execute(update(Automation).values(state="paused"))
    bump_revision()
    live.pass_time(days=1)
    live.drain_all()
    assert [states(automation), count(database, Timer), count(database, HeldTimer)] == [["active"], 0, 1]


def test_a_loop_of_changes_is_cut(database: Session) -> None:
    """An automation that sets off itself by the attribute it changes ends after eight hops, and says so."""
    steps = [("changed", "attribute_changed", {"attribute": "SCORE"}), POINTS]
    automation = live.activate(live.document(steps, [("changed", "next", "points")]))
    live.activate(live.document([OPENED, POINTS], [("opened", "next", "points")]))
    opens(1)
    for _ in range(5):
        live.drain_all()
    assert len(live.enrollments(automation)) == 8
    assert database.scalars(select(Refusal.reason)).all() == ["too_many_hops"]


@pytest.mark.parametrize("batch", [1, 3, 100])
def test_the_size_of_the_batch_changes_nothing(batch: int) -> None:
    """Scores and paths come out the same however the events are cut into batches."""
    automation = live.activate(live.document(SCORING, WAYS))
    for email in ("ann@example.com", MARIA):
        opens(5, email)
    for _ in range(20):
        for part in range(16):
            drain_batch([part], batch)
    assert sorted(step[1] for run in live.enrollments(automation) for step in run.path if step[0] == "hot") == [
        *["no"] * 6,
        *["yes"] * 4,
    ]


def test_an_erased_contact_is_left_out(database: Session) -> None:
    """Events of a contact that is gone are worked off without a trace or an error."""
    automation = live.activate(live.document(SCORING, WAYS))
    opens(1)
    database.execute(delete(Contact))
    live.drain_all()
    assert live.enrollments(automation) == []
    assert count(database, Enrollment) == 0
