"""What the clock finds by itself: contacts that come to fit, days that come, each exactly once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event as sqlalchemy_events
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import db
from app.adapters.engine.claim import work_in
from app.errors import Conflict
from app.models import Event, ListMember, Watch, WatchMember
from app.services import attributes, contacts, entries, lists, segments, watching, workspace
from app.services.automations import activation
from app.services.contacts import ContactInput, Identifier
from app.services.drain import drain
from nodes.catalog import Kind
from tests.factories.automations import make_automation
from tests.factories.contacts import make_contact, make_contacts, make_list
from tests.support import live

VIP = {"tag": "vip", "op": "has"}
TAG = ("tag", "add_tag", {"tag": "in"})


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()
    attributes.create("BIRTHDAY", Kind.DATE)


@pytest.fixture
def segment() -> int:
    return segments.create("VIP", VIP)


def begun(type_: str, config: dict[str, Any], *, enter_now: bool = False) -> int:
    """An active automation with this trigger, that tags whoever enters; looked for from now on."""
    stored = live.document([("start", type_, config), TAG], [("start", "next", "tag")])
    number = make_automation(stored).id
    activation.activate(number, "en", re_entry=True, enter_now=["start"] if enter_now else [])
    return number


def look() -> None:
    """Let the clock look at everything, whenever it would be due, and the engine work."""
    make_due()
    watching.look()
    while work := work_in():  # on a busy machine a turn ends early
        drain([each.part for each in work])


def make_due() -> None:
    with db.transaction() as session:
        session.execute(update(Watch).values(due_at=func.now()))


def tag(contact: int, *, present: bool = True) -> None:
    names = ["vip"]
    row = ContactInput(
        who=Identifier("id", contact), add_tags=names if present else (), remove_tags=() if present else names
    )
    contacts.update(row)


def entered(automation: int) -> list[int]:
    return sorted(run.contact_id for run in live.enrollments(automation))


def test_who_comes_to_belong_enters_once(segment: int) -> None:
    """Not those who belong already, nor anybody twice while they stay; who left and comes back joins anew."""
    make_contact(tags=["vip"])
    automation, late = begun("joined_segment", {"segment": segment}), make_contact()
    look()
    assert entered(automation) == []
    tag(late)
    look()
    look()
    assert entered(automation) == [late]
    tag(late, present=False)
    look()
    tag(late)
    look()
    assert entered(automation) == [late, late]


def test_a_condition_of_ones_own_is_looked_for() -> None:
    """Without a saved segment; the run says what it came by."""
    automation = begun("joined_segment", {"of": "condition", "condition": VIP})
    contact = make_contact(tags=["vip"])
    look()
    assert entered(automation) == [contact]


def test_those_in_it_now_enter_when_asked_for(database: Session, segment: int) -> None:
    """All of them, by the trigger's step, with no event for each; those who join later by events, none twice."""
    members = [make_contact(tags=["vip"]) for _ in range(20)]
    make_contacts(3)
    automation = begun("joined_segment", {"segment": segment}, enter_now=True)
    late = make_contact(tags=["vip"])
    look()
    assert entered(automation) == sorted([*members, late])
    assert {run.path[0][0] for run in live.enrollments(automation)} == {"start"}
    assert database.scalar(select(func.count()).select_from(Event)) == 1
    assert [(each.name, each.total, each.entered) for each in entries.of_automation(automation)] == [
        ("Joins “VIP”", 20, 20)
    ]


def test_those_on_the_list_now_enter_when_asked_for(database: Session) -> None:
    """The same for a list; and the contact filter counts for them too."""
    list_id = make_list("News")
    fits, other = make_contact(lists=[list_id], tags=["vip"]), make_contact(lists=[list_id])
    database.execute(update(ListMember).values(added_at=ListMember.added_at - timedelta(days=1)))
    config = {"list": list_id, "contact_filter": VIP}
    automation = begun("added_to_list", config, enter_now=True)
    late = make_contact(tags=["vip"])
    lists.add(list_id, [late])
    look()
    assert entered(automation) == [fits, late]
    assert other not in entered(automation)


def test_the_draft_tells_who_belongs_already(segment: int) -> None:
    """With their number, for each trigger that can tell; steps that are not right yet are left out."""
    make_contact(tags=["vip"])
    steps = [
        ("a", "joined_segment", {"segment": segment}),
        ("b", "added_to_list", {"list": 999}),
        ("c", "email_opened", {}),
        ("d", "added_to_list", {}),
    ]
    number = make_automation(live.document(steps, [])).id
    assert entries.of_draft(number, "en") == [("a", "Joins “VIP”", 1)]


def test_a_changed_segment_brings_in_whoever_fits_it_anew(segment: int) -> None:
    """And a segment that an automation looks for cannot be deleted."""
    contact, automation = make_contact(tags=["gold"]), begun("joined_segment", {"segment": segment})
    segments.change(segment, condition={"tag": "gold", "op": "has"})
    look()
    assert entered(automation) == [contact]
    with pytest.raises(Conflict, match="Under test"):
        segments.delete(segment)


def test_what_nobody_asks_for_is_forgotten(database: Session, segment: int) -> None:
    """A pause ends the looking; resuming begins anew, so that who came meanwhile does not enter."""
    automation = begun("joined_segment", {"segment": segment})
    activation.pause(automation)
    look()
    assert database.scalar(select(func.count()).select_from(Watch)) == 0
    make_contact(tags=["vip"])
    activation.resume(automation)
    look()
    assert (entered(automation), database.scalar(select(func.count()).select_from(WatchMember))) == ([], 1)


def born(day: date | None, zone: str | None = None) -> int:
    number = make_contact(BIRTHDAY=day and day.isoformat())
    contacts.update(ContactInput(who=Identifier("id", number), fields={"time_zone": zone}))
    return number


def checked(database: Session, at: datetime) -> None:
    """Let everything have been looked for up to then; `database` time cannot be moved."""
    database.execute(update(Watch).values(checked_at=at))


def test_a_day_that_comes_lets_its_contacts_in(database: Session) -> None:
    """Those whose date is today, at the hour; not others, not those without one, and nobody twice."""
    now = database.scalars(select(func.now())).one()
    today = now.date()
    config = {"attribute": "BIRTHDAY", "time": now.strftime("%H:%M")}
    automation = begun("date_reached", config)
    contact, _tomorrow, _nobody = born(today), born(today + timedelta(days=1)), born(None)
    _other_year = born(today.replace(year=today.year - 1))
    checked(database, now - timedelta(minutes=1, seconds=now.second))
    look()
    look()
    assert entered(automation) == [contact]


def test_anniversaries_come_every_year(database: Session) -> None:
    """The year does not count; a date to come has none yet."""
    now = database.scalars(select(func.now())).one()
    today = now.date()
    automation = begun("date_reached", {"attribute": "BIRTHDAY", "time": now.strftime("%H:%M"), "yearly": True})
    contact = born(today.replace(year=1990))
    born(today.replace(year=today.year + 2))
    checked(database, now - timedelta(minutes=1, seconds=now.second))
    look()
    assert entered(automation) == [contact]


def test_days_before_count_back(database: Session) -> None:
    """Three days before a renewal."""
    now = database.scalars(select(func.now())).one()
    config = {"attribute": "BIRTHDAY", "time": now.strftime("%H:%M"), "when": "before", "days": 3}
    automation, contact = begun("date_reached", config), born(now.date() + timedelta(days=3))
    checked(database, now - timedelta(minutes=1, seconds=now.second))
    look()
    assert entered(automation) == [contact]


def test_each_contact_has_its_own_clock(database: Session) -> None:
    """The same hour comes elsewhere at another time."""
    now = database.scalars(select(func.now())).one()
    automation = begun("date_reached", {"attribute": "BIRTHDAY", "time": now.strftime("%H:%M")})
    here, _elsewhere = born(now.date()), born(now.date(), "Asia/Kolkata")
    checked(database, now - timedelta(minutes=1, seconds=now.second))
    look()
    assert entered(automation) == [here]


def test_who_moves_to_another_zone_has_the_day_once(database: Session) -> None:
    """The hour comes again there; the birthday does not."""
    now = database.scalars(select(func.now())).one()
    automation = begun("date_reached", {"attribute": "BIRTHDAY", "time": now.strftime("%H:%M")})
    contact = born(now.date(), "Etc/GMT-1")  # an hour ahead: there it was so late an hour ago
    checked(database, now - timedelta(hours=1, minutes=1, seconds=now.second))
    look()
    contacts.update(ContactInput(who=Identifier("id", contact), fields={"time_zone": "UTC"}))
    checked(database, now - timedelta(minutes=1, seconds=now.second))
    look()
    assert entered(automation) == [contact]


def test_a_day_reads_no_month_of_the_log(database: Session) -> None:
    """Who had the event already is looked up contact by contact, however many the planner thinks these are."""
    now = database.scalars(select(func.now())).one()
    begun("date_reached", {"attribute": "BIRTHDAY", "time": now.strftime("%H:%M")})
    born(now.date())
    checked(database, now - timedelta(minutes=1, seconds=now.second))
    connection, plans = database.connection(), list[str]()

    def explain(_connection: object, cursor: Any, statement: str, given: Any, *_: object) -> None:
        if "WITH found" in statement:
            plans.extend(line for (line,) in cursor.execute(f"EXPLAIN {statement}", given))

    sqlalchemy_events.listen(connection, "before_cursor_execute", explain)
    try:
        look()
    finally:
        sqlalchemy_events.remove(connection, "before_cursor_execute", explain)
    assert any("SubPlan" in line for line in plans)
    assert not any("Anti Join" in line for line in plans)


@pytest.mark.parametrize(("hours", "found"), [(23, 1), (30, 0)])
def test_what_was_missed_is_caught_up_with_for_a_day(database: Session, hours: int, found: int) -> None:
    """A clock that was down for hours finds what came meanwhile; what is more than a day ago stays undone."""
    now = database.scalars(select(func.now())).one()
    missed = now - timedelta(hours=hours)
    automation = begun("date_reached", {"attribute": "BIRTHDAY", "time": missed.strftime("%H:%M")})
    born(missed.date())
    checked(database, now - timedelta(days=4))
    look()
    assert len(entered(automation)) == found


def test_a_new_automation_looks_ahead_only(database: Session) -> None:
    """What came before it was switched on starts nothing."""
    now = database.scalars(select(func.now())).one()
    earlier = now - timedelta(minutes=5)
    automation = begun("date_reached", {"attribute": "BIRTHDAY", "time": earlier.strftime("%H:%M")})
    born(earlier.date())
    look()
    assert entered(automation) == []


def test_much_to_find_does_not_keep_the_clock(database: Session, segment: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """When its turn is over it looks no further; what is left is found next, and whoever waited longest comes first."""
    begun("joined_segment", {"segment": segment})
    begun("joined_segment", {"of": "condition", "condition": VIP})
    make_contact(tags=["vip"])
    monkeypatch.setattr(watching, "TURN_SECONDS", 0.0)
    make_due()
    found = []
    for _ in range(2):
        watching.look()
        found.append(database.scalar(select(func.count()).select_from(Event)))
    assert found == [1, 2]
