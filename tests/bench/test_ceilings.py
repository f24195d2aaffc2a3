"""What a batch may cost, as counts: on no machine and in no load do these change.

A batch sends the same statements for two contacts as for two hundred, for one automation as for thirty, for a short
graph as for a long one. Whoever adds a query for each contact, step or automation fails here.
"""

import math
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import orjson
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app import db
from app.adapters import announcing
from app.models import PARTITIONS
from app.services import attributes, batches, entries, workspace
from app.services.automations import activation
from app.services.contacts import Identifier
from app.services.drain import drain_batch
from app.services.entries import Crowd
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from nodes.catalog import Kind
from tests.bench.counting import Asked, counting
from tests.factories.users import make_user
from tests.support import live
from tests.support.live import Step, Way

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="psycopg traces statements on Linux only")
REP = "rep@example.com"
FEW, MANY = 2, 200
OPENED: Step = ("opened", "email_opened", {})
POINTS: Step = ("points", "update_attribute", {"attribute": "SCORE", "operation": "add", "value": 5})
HOT: Step = ("hot", "conditional_split", {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 5}]}})
ASSIGN: Step = ("assign", "assign_owner", {"how": "round_robin", "reps": [REP], "tell": False})
ALERT: Step = ("alert", "send_alert", {"to": "owner", "title": "Hot", "body": "Call {{ contact.email }}"})
DAY: Step = ("day", "wait", {"until": "duration", "duration": {"amount": 1, "unit": "days"}})
TAG: Step = ("tag", "add_tag", {"tag": "hot"})
SCORING: Sequence[Step] = [OPENED, POINTS, HOT, ASSIGN, ALERT]
SCORED: Sequence[Way] = [
    ("opened", "next", "points"),
    ("points", "next", "hot"),
    ("hot", "yes", "assign"),
    ("assign", "next", "alert"),
]


@pytest.fixture(autouse=True)
def _workspace(database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    # Greetings, and what is asked once a second, depend on how slow the machine is.
    monkeypatch.setattr(db, "_RESTED_SECONDS", math.inf)
    monkeypatch.setattr(announcing, "_KNOWN_FOR_SECONDS", math.inf)
    announcing.listeners(database)
    workspace.setup()
    make_user("rep", email=REP)
    attributes.create("SCORE", Kind.NUMBER)


def contacts(database: Session, number: int) -> list[int]:
    """So many new contacts, all in partition 0."""
    rows = text(
        f"INSERT INTO contact (id, email) SELECT n * {PARTITIONS}, 'c' || n || '@example.com' "
        "FROM generate_series(100, 99 + :number) AS n RETURNING id"
    )
    return list(database.scalars(rows, {"number": number}))


def opens(who: Sequence[int]) -> None:
    """Each contact opens one mail."""
    events = [IncomingEvent("email_opened", [Identifier("id", each)], None, orjson.dumps({})) for each in who]
    record_events(events, source="test")


def scoring(database: Session, number: int) -> Asked:
    """A batch in which so many contacts score, are handed over and told of."""
    opens(contacts(database, number))
    with counting(database) as asked:
        drain_batch([0])
    return asked


def waking(database: Session, number: int) -> Asked:
    """A batch of so many runs whose wait is over."""
    opens(contacts(database, number))
    drain_batch([0])
    live.pass_time(days=2)
    with counting(database) as asked:
        drain_batch([0])
    return asked


def entering(database: Session, number: int) -> Asked:
    """A batch in which so many contacts of a crowd enter."""
    contacts(database, number)
    automation = database.scalar(text("SELECT max(id) FROM automation")) or 0
    entries.enter_crowd(automation, Crowd())
    with counting(database) as asked:
        drain_batch([0], take=entries.take)
    return asked


def chain(steps: Sequence[Step]) -> dict[str, Any]:
    """One step after another."""
    ids = [step[0] for step in steps]
    return live.document(steps, [(left, "next", right) for left, right in pairwise(ids)])


def measured(database: Session, batch: "Batch", *numbers: int) -> list[Asked]:
    """Count batches of these sizes, each after an empty start; before them one that fills what is kept in memory."""
    asked = []
    for number in (1, *numbers):
        asked.append(batch(database, number))
        database.execute(text("TRUNCATE contact, inbox, enrollment, timer, bulk_entry, visit CASCADE"))
    return asked[1:]


def limited(document: dict[str, Any]) -> dict[str, Any]:
    """The same with room for all who come, but not for more than so many a day."""
    return document | {"settings": document["settings"] | {"entry_limit": 1000}}


Batch = Callable[[Session, int], Asked]
# The batch, its automation; how many statements it may send; for each contact, rows it may write and rows it may read.
KINDS: list[Any] = [
    pytest.param(scoring, live.document(SCORING, SCORED), (13, 5.2, 10.5), id="scoring"),
    pytest.param(waking, chain([OPENED, DAY, TAG]), (12, 4.2, 8.2), id="waking"),
    pytest.param(scoring, limited(live.document(SCORING, SCORED)), (14, 5.2, 10.5), id="limited"),
    pytest.param(entering, chain([OPENED, POINTS, TAG]), (16, 3.2, 5.2), id="entering"),
]


@pytest.mark.parametrize(("batch", "document", "ceilings"), KINDS)
def test_a_batch_stays_below_its_ceilings(
    database: Session, batch: Batch, document: dict[str, Any], ceilings: tuple[int, float, float]
):
    """Statements a batch, and rows written and read a contact, have fixed ceilings."""
    live.activate(document)
    (asked,) = measured(database, batch, MANY)
    found = (len(asked.statements), asked.written / MANY, asked.read / MANY)
    assert all(each <= most for each, most in zip(found, ceilings, strict=True)), (found, asked.statements)


@pytest.mark.parametrize(("batch", "document", "_ceilings"), KINDS)
def test_more_contacts_need_no_more_statements(
    database: Session, batch: Batch, document: dict[str, Any], _ceilings: object
):
    """A batch of two sends as many statements as one of two hundred."""
    live.activate(document)
    few, many = measured(database, batch, FEW, MANY)
    assert many.statements == few.statements


def test_more_automations_need_no_more_statements(database: Session):
    """Automations that do not listen cost a batch nothing, and read nothing."""
    live.activate(live.document(SCORING, SCORED))
    (alone,) = measured(database, scoring, FEW)
    for number in range(30):
        live.activate(chain([("heard", "custom_event", {"event": f"unheard_{number}"}), TAG]))
    (among_others,) = measured(database, scoring, FEW)
    assert (among_others.statements, among_others.read) == (alone.statements, alone.read)


def test_a_longer_graph_needs_no_more_statements(database: Session):
    """Thirty steps that write are stored by as many statements as one."""
    counts = []
    for length in (1, 30):
        automation = live.activate(chain([OPENED, *[(f"points{number}", *POINTS[1:]) for number in range(length)]]))
        counts += [asked.statements for asked in measured(database, scoring, FEW)]
        activation.pause(automation)
    assert counts[0] == counts[1]


def test_a_query_for_each_contact_would_be_seen(database: Session, monkeypatch: pytest.MonkeyPatch):
    """The count is worth something: with one small query a contact it is not the same for few and many."""
    careful = batches.load_world

    def careless(session: Session, ids: Any, *more: Any, **options: Any) -> Any:
        for each in ids:
            session.execute(text("SELECT :id"), {"id": each})
        return careful(session, ids, *more, **options)

    monkeypatch.setattr(batches, "load_world", careless)
    live.activate(live.document(SCORING, SCORED))
    few, many = measured(database, scoring, FEW, MANY)
    assert len(many.statements) == len(few.statements) + MANY - FEW
