"""How contacts are moved while they are inside: by events, by changed facts, and by who comes after them."""

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.adapters.catalog import bump_revision, load_catalog
from app.models import Notification, Refusal
from app.services import attributes, contacts, deals, lists, workspace
from app.services.contacts import ContactInput, Identifier
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from nodes.catalog import Kind
from tests.factories.automations import happens, opens
from tests.factories.users import make_user
from tests.support import live

MARIA, REP = "maria@example.com", "rep@example.com"
OPENED = ("opened", "email_opened", {})
POINTS = ("points", "update_attribute", {"attribute": "SCORE", "operation": "add", "value": 5})
DAY = ("day", "wait", {"until": "duration", "duration": {"amount": 1, "unit": "days"}})
TAG = ("tag", "add_tag", {"tag": "seen"})
HIGH = {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}
WAITING = ([OPENED, DAY, TAG], [("opened", "next", "day"), ("day", "next", "tag")])


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()
    attributes.create("SCORE", Kind.NUMBER)
    attributes.create("PLAN", Kind.TEXT)


def with_settings(steps: Any, ways: Any, **settings: Any) -> dict[str, Any]:
    stored = live.document(steps, ways)
    stored["settings"] |= settings
    return stored


def maria_is(**values: Any) -> int:
    """Change Maria as a person would, and let the engine hear of it."""
    who = ContactInput(who=Identifier("email", MARIA), fields={"email": MARIA}, attributes=values)
    found = contacts.write([who], "update")[0].contact_id
    live.drain_all()
    return found


def give(contact: int, **changes: Any) -> None:
    contacts.write([ContactInput(who=Identifier("id", contact), **changes)], "update")


def ways(automation: int) -> list[list[tuple[str, str]]]:
    return [[(step[0], step[1]) for step in run.path] for run in live.enrollments(automation)]


def test_who_follows_a_waiting_run_is_judged_by_what_the_new_version_reads(database: Session) -> None:
    """A new version that takes over when an old run ends knows the contact's score: 45 becomes 50, not 5."""
    automation = live.activate(live.document(*WAITING))
    opens(MARIA)
    contact = maria_is(SCORE=45)
    opens(MARIA)
    live.publish(automation, live.document([OPENED, POINTS], [("opened", "next", "points")]))
    live.pass_time(days=1)
    live.drain_all()
    assert live.value(contact, "SCORE") == 50


def test_an_exit_condition_acts_at_once_inside_a_wait(database: Session) -> None:
    """The moment a contact meets it, by whoever's change, it leaves; what came after the wait never happens."""
    automation = live.activate(with_settings(*WAITING, exit_conditions=[HIGH]))
    opens(MARIA)
    maria_is(SCORE=5)
    assert [run.state for run in live.enrollments(automation)] == ["active"]
    maria_is(SCORE=25)
    assert ways(automation) == [[("opened", "next"), ("day", "wait"), ("day", "exit_condition")]]
    assert [run.state for run in live.enrollments(automation)] == ["finished"]


def test_an_exit_condition_is_looked_at_before_each_step() -> None:
    """Who meets it by a step of the automation itself goes no further, in the same batch."""
    steps = [OPENED, ("rich", "update_attribute", {"attribute": "SCORE", "operation": "set", "value": 99}), TAG]
    stored = with_settings(steps, [("opened", "next", "rich"), ("rich", "next", "tag")], exit_conditions=[HIGH])
    automation = live.activate(stored)
    opens(MARIA)
    assert ways(automation) == [[("opened", "next"), ("rich", "next"), ("tag", "exit_condition")]]


def test_an_exit_event_acts_at_once_and_only_if_its_filter_holds(database: Session) -> None:
    """The event ends the run inside the wait; one that the filter refuses does nothing."""
    bought = {"event": "order_placed", "filter": {"all": [{"event": "total", "op": "gte", "value": 100}]}}
    automation = live.activate(with_settings(*WAITING, exit_events=[bought]))
    opens(MARIA)
    happens("order_placed", MARIA, total=20)
    assert [run.state for run in live.enrollments(automation)] == ["active"]
    happens("order_placed", MARIA, total=200)
    assert ways(automation)[0][-1] == ("day", "exit_condition")


def test_an_empty_exit_condition_says_nothing() -> None:
    """A condition that was begun and not filled in lets nobody out."""
    automation = live.activate(with_settings(*WAITING, exit_conditions=[{"all": []}]))
    opens(MARIA)
    assert [run.state for run in live.enrollments(automation)] == ["active"]


def test_an_event_that_is_waited_for_lets_the_contact_on() -> None:
    """Who hears it in time takes the one way, who does not the other."""
    wait = ("bought", "wait_until_event", {"event": "order_placed", "at_most": {"amount": 1, "unit": "days"}})
    late = ("late", "add_tag", {"tag": "late"})
    links = [("opened", "next", "bought"), ("bought", "happened", "tag"), ("bought", "timed_out", "late")]
    automation = live.activate(live.document([OPENED, wait, TAG, late], links))
    opens(MARIA)
    opens("paul@example.com")
    happens("order_placed", MARIA)
    live.pass_time(days=1)
    live.drain_all()
    assert [path[1:] for path in ways(automation)] == [
        [("bought", "wait"), ("bought", "happened"), ("tag", "next")],
        [("bought", "wait"), ("bought", "timed_out"), ("late", "next")],
    ]


def test_a_condition_that_is_waited_for_lets_the_contact_on_when_a_fact_changes() -> None:
    """A change made by a person is enough."""
    wait = ("rich", "wait_until_condition", {"condition": HIGH})
    automation = live.activate(live.document([OPENED, wait, TAG], [("opened", "next", "rich"), ("rich", "met", "tag")]))
    opens(MARIA)
    maria_is(SCORE=5)
    maria_is(SCORE=25)
    assert ways(automation) == [[("opened", "next"), ("rich", "wait"), ("rich", "met"), ("tag", "next")]]


@pytest.mark.parametrize(
    ("condition", "change"),
    [
        ({"tag": "vip", "op": "has"}, lambda contact: give(contact, add_tags=["vip"])),
        (
            {"owner": True, "op": "eq", "value": REP},
            lambda contact: give(contact, fields={"owner_id": load_catalog().users[REP].id}),
        ),
        ({"list": 7, "op": "in"}, lambda contact: lists.add(7, [contact])),
        (
            {"deals": {}, "op": "gte", "value": 1},
            lambda contact: deals.create({"name": "Big", "contact_ids": [contact]}),
        ),
    ],
)
def test_whatever_people_change_is_heard(database: Session, condition: Any, change: Any) -> None:
    """Tags, owners, lists and deals move contacts that wait for them, whoever changed them."""
    make_user("rep", email=REP)
    database.execute(text("INSERT INTO list (id, name) VALUES (7, 'VIP')"))
    bump_revision()
    wait = ("soon", "wait_until_condition", {"condition": {"all": [condition]}})
    automation = live.activate(live.document([OPENED, wait], [("opened", "next", "soon")]))
    opens(MARIA)
    change(live.enrollments(automation)[0].contact_id)
    live.drain_all()
    assert ways(automation)[0][-1] == ("soon", "met")


def test_a_goal_pulls_forward_from_inside_a_wait() -> None:
    """Whoever achieves it stands there at once; who is beyond it is not pulled back."""
    goal = ("goal", "goal", {"by": "event", "event": "order_placed"})
    later = ("later", "wait", {"until": "duration", "duration": {"amount": 1, "unit": "days"}})
    links = [("opened", "next", "day"), ("day", "next", "goal"), ("goal", "next", "later"), ("later", "next", "tag")]
    automation = live.activate(live.document([OPENED, DAY, goal, later, TAG], links))
    opens(MARIA)
    happens("order_placed", MARIA)
    happens("order_placed", MARIA)
    assert ways(automation) == [[("opened", "next"), ("day", "wait"), ("goal", "next"), ("later", "wait")]]


def test_one_automation_starts_another_and_takes_out_of_a_third() -> None:
    """The contact enters without a trigger, and leaves a wait elsewhere."""
    waiting = live.activate(live.document(*WAITING))
    opens(MARIA)
    placed = ("placed", "custom_event", {"event": "order_placed"})
    other = live.activate(
        live.document([("never", "custom_event", {"event": "never"}), TAG], [("never", "next", "tag")])
    )
    steps = [
        placed,
        ("go", "start_automation", {"automation": other}),
        ("out", "leave_automation", {"automation": waiting}),
    ]
    live.activate(live.document(steps, [("placed", "next", "go"), ("go", "next", "out")]))
    happens("order_placed", MARIA)
    assert ways(other) == [[("never", "next"), ("tag", "next")]]
    assert ways(waiting)[0][-1] == ("day", "dismissed")


def test_an_automation_that_starts_over_for_ever_is_cut(database: Session) -> None:
    """Starting over without a pause passes the budget of causes, and says so."""
    automation = live.activate(live.document([OPENED, ("again", "restart", {})], [("opened", "next", "again")]))
    opens(MARIA)
    for _ in range(5):
        live.drain_all()
    assert len(live.enrollments(automation)) == 9
    assert database.scalars(select(Refusal.reason)).all() == ["too_many_hops"]


def test_two_automations_that_set_each_other_off_are_cut_and_named(database: Session) -> None:
    """The chain ends at the budget; the admins are told of both, once."""
    admin = make_user("admin")
    add = ("add", "update_attribute", {"attribute": "SCORE", "operation": "add", "value": 1})
    attributes.create("LEVEL", Kind.NUMBER)
    rise = ("rise", "update_attribute", {"attribute": "LEVEL", "operation": "add", "value": 1})
    for trigger, action in (("SCORE", rise), ("LEVEL", add)):
        steps = [("changed", "attribute_changed", {"attribute": trigger}), action]
        live.activate(live.document(steps, [("changed", "next", action[0])]))
    opens(MARIA)
    maria_is(SCORE=1)
    for _ in range(6):
        live.drain_all()
    found = database.scalars(select(Notification).where(Notification.user_id == admin.id)).all()
    assert [each.title for each in found] == ["A loop of automations was cut"]
    assert database.scalar(select(Refusal.reason)) == "too_many_hops"


def test_an_event_that_a_webhook_of_ours_led_to_goes_on_with_its_chain() -> None:
    """A sender that hands the causes on cannot keep a circle turning."""
    automation = live.activate(live.document([OPENED], []))
    event = IncomingEvent("email_opened", [Identifier("email", MARIA)])
    record_events([event], source="test", causes=[7] * 8)
    record_events([event], source="test", causes=[7] * 9)
    live.drain_all()
    assert len(live.enrollments(automation)) == 1


def test_several_runs_of_a_contact_go_on_at_once_when_keyed(database: Session) -> None:
    """One run an order; a second event of the same order waits for the first to end."""
    placed = ("placed", "custom_event", {"event": "order_placed"})
    stored = with_settings([placed, DAY], [("placed", "next", "day")], run_key="order")
    automation = live.activate(stored)
    for order in ("A", "B", "A"):
        happens("order_placed", MARIA, order=order)
    assert [(run.run_key, run.state) for run in live.enrollments(automation)] == [("A", "active"), ("B", "active")]
    live.pass_time(days=1)
    live.drain_all()
    assert sorted((run.run_key, run.state) for run in live.enrollments(automation)) == [
        ("A", "active"),
        ("A", "finished"),
        ("B", "finished"),
    ]


def test_only_the_attribute_that_is_listened_to_starts_a_run(database: Session) -> None:
    """Two automations on two attributes: each hears of its own."""
    score, plan = (
        live.activate(live.document([("changed", "attribute_changed", {"attribute": name})], []))
        for name in ("SCORE", "PLAN")
    )
    opens(MARIA)
    maria_is(SCORE=1)
    maria_is(SCORE=2, PLAN="pro")
    assert [len(live.enrollments(each)) for each in (score, plan)] == [2, 1]
