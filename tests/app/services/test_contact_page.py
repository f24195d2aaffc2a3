"""What a contact's page tells: the timeline, ways through automations, refusals."""

from datetime import UTC, date, datetime, timedelta

import orjson
import pytest

from app.errors import NotFound
from app.models import Notification
from app.services import attributes, contacts, deeds, journeys, notes, path_words, tasks, timeline
from app.services.contacts import Identifier
from app.services.deeds import Span
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from app.services.paging import Paging
from nodes.catalog import Kind
from nodes.fields.branches import RESERVED
from nodes.registry import registry
from tests.factories.contacts import change, make_contact
from tests.factories.sales import make_deal, make_pipeline
from tests.factories.users import make_user
from tests.support import live

OPENED = ("opened", "email_opened", {})
POINTS = ("points", "update_attribute", {"attribute": "SCORE", "operation": "add", "value": 5})
HOT = ("hot", "conditional_split", {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}})
TAG = ("tag", "add_tag", {"tag": "hot"})
WAYS = [("opened", "next", "points"), ("points", "next", "hot"), ("hot", "yes", "tag")]


def told(contact, language="en", **paging):
    page = timeline.of_contact(contact, Paging(**paging), language)
    return [(each.kind, each.title, each.detail) for each in page.items]


def opens(contact, times=1):
    event = IncomingEvent("email_opened", [Identifier("id", contact)], None, orjson.dumps({"campaign": "Spring"}))
    record_events([event] * times, source="test")
    live.drain_all()


def test_the_timeline_tells_everything_in_words(database):
    """Events, notes, tasks, deals, hand-overs and automations stand together, each in a sentence."""
    rep = make_user("rep", email="rep@example.com")
    contact = make_contact(email="ada@x.io")
    make_pipeline()
    live.activate(live.document([OPENED, TAG], [("opened", "next", "tag")]))
    opens(contact)
    notes.create(contact, "Called her")
    tasks.create(contact, {"title": "Call", "due_on": date(2026, 12, 1)})
    make_deal("Big", contact)
    contacts.update(change(contact, owner_id=rep.id))
    said = told(contact)
    assert ("event", "Email opened", "campaign: Spring") in said
    assert ("note", "Note", "Called her") in said
    assert ("task", "Task: Call", "due 2026-12-01") in said
    assert ("assignment", f"Assigned to {rep.name}", None) in said
    assert ("deal", "Deal: Big", "New · open") in said
    assert {kind for kind, _, _ in said} == {"event", "note", "task", "deal", "assignment", "enrollment"}
    assert ("event", "Письмо открыто", "рассылка: Spring") in told(contact, "ru")


@pytest.mark.parametrize(
    ("language", "words", "data"),
    [
        ("en", "template: News · kind of message: campaign", "plan: team · source: api"),
        ("fr", "modèle\u00a0: News · type de message\u00a0: campagne", "plan\u00a0: team · source\u00a0: api"),
        ("ru", "шаблон: News · вид сообщения: рассылка", "plan: team · source: api"),
    ],
)
def test_the_timeline_says_what_our_events_carry_in_words(database, language, words, data):
    """Neither the keys of our own events are shown nor numbers of ours; other programs' keys are left as they are."""
    contact = make_contact(email="ada@x.io")
    ours = {"message": 7, "message_kind": "campaign", "template": "News", "campaign_id": 3}
    theirs = {"source": "api", "plan": "team"}
    who = [Identifier("id", contact)]
    record_events([IncomingEvent("email_opened", who, None, orjson.dumps(ours))], source="test")
    record_events([IncomingEvent("trial_started", who, None, orjson.dumps(theirs))], source="test")
    live.drain_all()
    details = {detail for kind, _, detail in told(contact, language) if kind == "event"}
    assert details == {words, data}


def test_the_timeline_comes_in_pages_newest_first(database):
    """Pages follow each other without gap or repetition."""
    contact = make_contact()
    for number in range(7):
        record_events(
            [
                IncomingEvent(
                    f"e{number}", [Identifier("id", contact)], datetime(2026, 1, number + 1, tzinfo=UTC), b"{}"
                )
            ],
            source="test",
        )
    seen, cursor = [], None
    while True:
        page = timeline.of_contact(contact, Paging(cursor, 3), "en")
        seen += [each.title for each in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == [f"e{number}" for number in reversed(range(7))]


def test_a_way_explains_itself(database):
    """Each step says what it does, and a split what was compared and where that led, in the language asked for."""
    attributes.create("SCORE", Kind.NUMBER)
    contact = make_contact(SCORE=15)
    live.activate(live.document([OPENED, POINTS, HOT, TAG], WAYS))
    opens(contact)
    (way,) = journeys.of_contact(contact, Paging(), "en").items
    assert (way.state, way.version, way.event.name) == ("finished", 1, "Email opened")
    assert [(step.node, step.title, step.way, step.because) for step in way.path] == [
        ("opened", "Email opened", None, None),
        ("points", "Add 5 to SCORE", None, None),
        ("hot", "SCORE is at least 20?", "Yes", "SCORE: 20; is at least 20 → yes"),
        ("tag", "Add the tag “hot”", None, None),
    ]
    assert (way.path[2].values[0].actual, way.path[2].values[0].holds) == (20, True)
    (french,) = journeys.of_contact(contact, Paging(), "fr").items
    assert french.path[2].way == "Oui"


def test_a_way_through_branches_names_them(database):
    """What each branch asked, and the branch that was taken, by the name the author gave it."""
    attributes.create("SCORE", Kind.NUMBER)
    contact = make_contact(SCORE=15)
    split = ("split", "multi_split", registry()["multi_split"].example)
    live.activate(live.document([OPENED, split, TAG], [("opened", "next", "split"), ("split", "warm", "tag")]))
    opens(contact)
    (way,) = journeys.of_contact(contact, Paging(), "en").items
    assert way.path[1].because == "SCORE: 15; is at least 20 → no; SCORE: 15; is at least 10 → yes"
    assert way.path[1].way == "Warm"


def test_a_way_tells_what_was_done_instead_of_what_was_set(database):
    """Who became the owner, not who might have; an alert as it was sent, field by field filled in."""
    reps = [make_user("rep", email=f"rep{number}@example.com") for number in range(2)]
    contact = make_contact(email="ada@x.io")
    assign = ("assign", "assign_owner", {"reps": [rep.email for rep in reps], "how": "round_robin"})
    alert = {"to": "owner", "title": "Call  {{ contact.email }} now", "body": "She ({{ contact.email }}) is waiting."}
    ways = [("opened", "next", "assign"), ("assign", "next", "alert")]
    live.activate(live.document([OPENED, assign, ("alert", "send_alert", alert)], ways))
    opens(contact)
    (way,) = journeys.of_contact(contact, Paging(), "en").items
    owner = next(rep for rep in reps if rep.id == contacts.get(contact).owner.id)
    assert [(step.title, step.way, step.because) for step in way.path[1:]] == [
        (f"Assigned to {owner.name}", None, None),
        (f"Alerted {owner.name}: Call ada@x.io now", None, "She (ada@x.io) is waiting."),
    ]


def test_what_was_done_is_read_for_the_runs_that_are_shown(database):
    """A contact may have had twenty thousand alerts: those of a page are enough."""
    user, contact = make_user("rep"), make_contact()
    noon = datetime(2026, 7, 7, 12, tzinfo=UTC)
    moments = [noon + timedelta(minutes=minute) for minute in range(5)]
    for number in (7, 8):
        database.add_all(
            Notification(
                user_id=user.id, contact_id=contact, automation_id=number, title=f"At {at:%M}", body="", created_at=at
            )
            for at in moments
        )
    database.flush()
    done = deeds.of_contact(database, contact, [Span(7, moments[1], moments[2]), Span(7, moments[4], moments[4])])
    titles = [[alert.title for alert in done(7, at).alerts] for at in moments]
    assert titles == [[], ["At 01"], ["At 02"], [], ["At 04"]]
    assert done(8, moments[1]).alerts == ()
    assert done(7, moments[1] + timedelta(milliseconds=100)).alerts == ()
    assert deeds.of_contact(database, contact, [])(7, noon).alerts == ()


def test_words_that_paths_use_are_no_branches():
    """A branch cannot be mistaken for a wait, an exit or a failure."""
    assert set(path_words.ENDINGS) <= RESERVED


def test_a_refusal_is_told(database):
    """An automation that did not let the contact in says why, and how often."""
    contact = make_contact()
    live.activate(live.document([OPENED, TAG], [("opened", "next", "tag")], re_entry=False))
    opens(contact, 3)
    (refusal,) = journeys.refusals(contact, "en")
    assert (refusal.code, refusal.times) == ("entered_before", 2)
    assert "re-entry is off" in refusal.reason


def test_nobody_has_no_page(database):
    """A contact that does not exist is said to be missing."""
    for ask in (
        lambda: timeline.of_contact(999, Paging(), "en"),
        lambda: journeys.of_contact(999, Paging(), "en"),
        lambda: journeys.refusals(999, "en"),
    ):
        with pytest.raises(NotFound):
            ask()
