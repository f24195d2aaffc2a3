"""Two contacts become one while automations are at work on both: no step is done twice, none is lost."""

import threading
import time

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app import db
from app.models import Enrollment
from app.services import attributes, contacts, journeys, merging, retention
from app.services.contacts import ContactInput, Identifier
from app.services.paging import Paging
from nodes.catalog import Kind
from tests.factories.automations import make_automation, make_score, opens, receive, scoring
from tests.factories.contacts import make_contact
from tests.support.live import activate, document, drain_all, pass_time, value

ADA, ADAS = "ada@example.com", "ada.private@example.com"
WAIT = {"duration": {"amount": 1, "unit": "days"}}
LINE = document(
    [
        ("opened", "email_opened", {}),
        ("first", "wait", WAIT),
        ("points", "add_points", {"points": 5}),
        ("second", "wait", WAIT),
        ("tag", "add_tag", {"tag": "warm"}),
    ],
    [
        ("opened", "next", "first"),
        ("first", "next", "points"),
        ("points", "next", "second"),
        ("second", "next", "tag"),
    ],
)
FORK = document(
    [
        ("opened", "email_opened", {}),
        ("vip", "conditional_split", {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 50}]}}),
        ("here", "wait", WAIT),
        ("there", "wait", WAIT),
        ("one", "add_tag", {"tag": "one"}),
        ("two", "add_tag", {"tag": "two"}),
    ],
    [
        ("opened", "next", "vip"),
        ("vip", "yes", "here"),
        ("vip", "no", "there"),
        ("here", "next", "one"),
        ("there", "next", "two"),
    ],
)


@pytest.fixture
def pair(database: Session) -> tuple[int, int]:
    """Ada, and Ada by another address, with a SCORE of nothing yet."""
    make_score()
    return make_contact(email=ADA, SCORE=0), make_contact(email=ADAS, SCORE=0)


def standing(automation: int) -> list[tuple[int, str, str]]:
    """Whose runs stand where, in what state."""
    with db.transaction() as session:
        rows = select(Enrollment.contact_id, Enrollment.node, Enrollment.state).where(
            Enrollment.automation_id == automation
        )
        return [tuple(row) for row in session.execute(rows.order_by(Enrollment.id))]


def test_a_waiting_run_of_the_other_goes_on_with_the_kept_contact(pair: tuple[int, int]):
    """The wait is over in its time, and what follows is done to the kept one."""
    ada, other = pair
    automation = activate(LINE)
    opens(ADAS)

    merging.merge(ada, other, {})
    pass_time(days=1)
    drain_all()

    assert standing(automation) == [(ada, "second", "active")]
    assert value(ada, "SCORE") == 5


@pytest.mark.parametrize("ahead", [ADA, ADAS])
def test_on_one_way_whoever_is_further_on_goes_on(pair: tuple[int, int], ahead: str):
    """The step between them was done once, and is not done again; the other run ends, and says why."""
    ada, other = pair
    automation = activate(LINE)
    opens(ahead)
    pass_time(days=1)
    drain_all()
    opens(ADAS if ahead == ADA else ADA)
    (inside,) = merging.preview(ada, other).inside
    assert inside.goes_on == ("kept" if ahead == ADA else "other")

    merging.merge(ada, other, {"SCORE": "larger"})
    for _ in range(3):
        pass_time(days=1)
        drain_all()

    assert value(ada, "SCORE") == 5
    assert standing(automation) == [(ada, "tag", "finished"), (ada, "first", "stopped")]
    assert "warm" in contacts.get(ada).tags
    ended = next(each for each in journeys.of_contact(ada, Paging(), "en").items if each.state == "stopped")
    assert "further on" in (ended.path[-1].because or "")


def test_on_different_ways_both_go_on(pair: tuple[int, int]):
    """Neither stands on the other's way: what each waits for is done, to the one contact."""
    ada, other = pair
    automation = activate(FORK)
    contacts.update(ContactInput(who=Identifier("id", ada), attributes={"SCORE": 50}))
    opens(ADA)
    opens(ADAS)

    merging.merge(ada, other, {})
    assert standing(automation) == [(ada, "here", "active"), (ada, "there", "active")]
    pass_time(days=1)
    drain_all()

    assert {"one", "two"} <= set(contacts.get(ada).tags)
    assert standing(automation) == [(ada, "one", "finished"), (ada, "two", "finished")]


def test_undone_both_stand_where_they_stood(pair: tuple[int, int]):
    """The run that ended by the merge goes on, too, in its own time and to its own contact."""
    ada, other = pair
    automation = activate(LINE)
    opens(ADAS)
    pass_time(days=1)
    drain_all()
    opens(ADA)
    merge = merging.merge(ada, other, {"SCORE": "larger"}).id

    merging.undo(ada, merge)
    assert standing(automation) == [(other, "second", "active"), (ada, "first", "active")]
    pass_time(days=1)
    drain_all()

    assert standing(automation) == [(other, "tag", "finished"), (ada, "second", "active")]
    assert (value(ada, "SCORE"), value(other, "SCORE")) == (5, 5)


def test_a_merge_is_no_event(pair: tuple[int, int]):
    """Nobody is let in by what comes with the other: not by its lists, tags or attributes."""
    ada, other = pair
    contacts.update(ContactInput(who=Identifier("id", other), attributes={"FIRSTNAME": "Ada"}))
    automation = activate(
        document(
            [("change", "attribute_changed", {"attribute": "FIRSTNAME"}), ("tag", "add_tag", {"tag": "x"})],
            [("change", "next", "tag")],
        )
    )
    merging.merge(ada, other, {})
    drain_all()
    assert contacts.get(ada).attributes["FIRSTNAME"] == "Ada"
    assert standing(automation) == []


def test_who_was_inside_once_is_not_let_in_again(pair: tuple[int, int]):
    """The other had been through an automation that lets everybody in once: so has the kept contact now."""
    ada, other = pair
    made = make_automation(scoring(re_entry=False), active=True)
    opens(ADAS)
    merging.merge(ada, other, {})
    opens(ADA)
    assert standing(made.id) == [(ada, "pause", "active")]


def test_an_event_that_waits_is_worked_through_for_the_kept_contact(pair: tuple[int, int]):
    """It came before the merge, and nobody had looked at it yet."""
    ada, other = pair
    automation = activate(LINE)
    receive(ADAS)
    merging.merge(ada, other, {})
    drain_all()
    assert standing(automation) == [(ada, "first", "active")]


def test_an_event_written_under_the_old_number_is_handed_on(database: Session, pair: tuple[int, int]):
    """Its sender had looked the contact up before the merge: it enters all the same, and the log says whose it is."""
    ada, other = pair
    automation = activate(LINE)
    merging.merge(ada, other, {})
    number = stray(database, other, "email_opened")

    drain_all()

    assert standing(automation) == [(ada, "first", "active")]
    assert database.scalar(text("SELECT contact_id FROM event WHERE id = :id"), {"id": number}) == ada


def test_an_event_nobody_listens_to_is_put_right_by_the_clock(database: Session, pair: tuple[int, int]):
    """No automation looks at it, so the log alone would go on naming a contact that there is no more."""
    ada, other = pair
    merging.merge(ada, other, {})
    number = stray(database, other, "page_visited")
    drain_all()
    retention.clear_stragglers()
    assert database.scalar(text("SELECT contact_id FROM event WHERE id = :id"), {"id": number}) == ada


def stray(database: Session, contact: int, name: str) -> int:
    """Write an event as somebody does who found the contact a moment ago."""
    number: int = database.execute(
        text(
            "WITH t AS (INSERT INTO event_type (name) VALUES (:name) ON CONFLICT (name) DO UPDATE SET name = :name"
            " RETURNING id), e AS (INSERT INTO event (contact_id, type_id, at) SELECT :id, id, now() FROM t"
            " RETURNING *) INSERT INTO inbox (part, id, contact_id, type_id, at, received_at, properties)"
            " SELECT :part, id, contact_id, type_id, at, received_at, properties FROM e RETURNING id"
        ),
        {"name": name, "id": contact, "part": contact % 16},
    ).scalar_one()
    return number


def test_events_that_come_in_meanwhile_reach_the_kept_contact(committed_database: str):
    """Senders name either address all the time, while the two are merged and drained: each event lets in or counts."""
    attributes.create("SCORE", Kind.NUMBER)
    ada, other = make_contact(email=ADA, SCORE=0), make_contact(email=ADAS, SCORE=0)
    activate(
        document(
            [("opened", "email_opened", {}), ("points", "add_points", {"points": 1})], [("opened", "next", "points")]
        )
    )
    sent: list[str] = []
    over = threading.Event()

    def send(address: str) -> None:
        while not over.is_set():
            receive(address)
            sent.append(address)

    def work() -> None:
        while not over.is_set():
            drain_all()

    threads = [threading.Thread(target=send, args=[each]) for each in (ADA, ADAS, ADAS)]
    threads.append(threading.Thread(target=work))
    for each in threads:
        each.start()
    time.sleep(0.5)
    merging.merge(ada, other, {"SCORE": "sum"})
    time.sleep(0.5)
    over.set()
    for each in threads:
        each.join()
    drain_all()
    drain_all()
    retention.clear_stragglers()

    assert value(ada, "SCORE") == len(sent)
    with db.transaction() as session:
        assert session.execute(text("SELECT contact_id, count(*) FROM event GROUP BY 1")).all() == [(ada, len(sent))]
        assert session.scalar(text("SELECT count(*) FROM contact")) == 1
        assert session.scalar(text("SELECT count(*) FROM inbox")) == 0


def test_a_hundred_thousand_events_change_hands_in_one_statement(committed_database: str):
    """However long the history is, the number of statements is the same; both ways."""
    ada, other = make_contact(email=ADA), make_contact(email=ADAS)
    with db.transaction() as session:
        session.execute(
            text(
                "INSERT INTO event (contact_id, type_id, at, received_at) SELECT :id, 1, now(),"
                " now() - (each % 90) * interval '1 day' FROM generate_series(1, 100000) AS each"
            ),
            {"id": other},
        )
    merge = merging.merge(ada, other, {}).id
    assert events_of(ada) == 100_000
    merging.undo(ada, merge)
    assert (events_of(ada), events_of(other)) == (0, 100_000)


def events_of(contact: int) -> int:
    with db.transaction() as session:
        return session.scalar(text("SELECT count(*) FROM event WHERE contact_id = :id"), {"id": contact}) or 0
