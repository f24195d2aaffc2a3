"""Why? – for any contact and automation."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from app.models import Contact, Event, EventType
from app.services import contacts
from tests.app.conftest import Caller
from tests.factories.automations import happens, make_automation, make_score, receive
from tests.factories.contacts import make_contact
from tests.support.live import document, drain_all

SCORE = {"attribute": "SCORE", "op": "gte", "value": 20}
CAMPAIGN = {"event": "message_kind", "op": "eq", "value": "campaign"}
STEPS: list[Any] = [
    (
        "opened",
        "email_opened",
        {"event_filter": {"all": [CAMPAIGN]}, "contact_filter": {"all": [{**SCORE, "value": 5}]}},
    ),
    ("hot", "conditional_split", {"condition": {"all": [SCORE]}}),
    ("tag", "add_tag", {"tag": "hot"}),
]
WAYS = [("opened", "next", "hot"), ("hot", "yes", "tag")]
ANN = "ann@example.com"


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    make_score()


def asked(caller: Caller, contact: int, automation: int, language: str = "en") -> dict[str, Any]:
    answer = caller.get(f"/api/contacts/{contact}/why?automation_id={automation}&lang={language}")
    assert answer.status_code == 200, answer.get_json()
    found: dict[str, Any] = answer.get_json()
    return found


def live(**settings: Any) -> int:
    made = document(STEPS, WAYS)
    made["settings"] |= settings
    return make_automation(made, active=True).id


def test_a_branch_tells_what_was_missing(admin: Caller) -> None:
    """Whoever went No reads what Yes would have needed, with the value of that moment, whatever the value is now."""
    contact, automation = make_contact(email=ANN, SCORE=15), live()
    happens("email_opened", ANN, message_kind="campaign")
    contacts.update(contacts.ContactInput(who=contacts.Identifier("id", contact), attributes={"SCORE": 99}))
    why = asked(admin, contact, automation)
    assert why["sentence"] == (
        "Entered by “Email opened”; went No at “SCORE is at least 20?”; "
        "would have gone Yes with SCORE is at least 20; it was 15; left after “SCORE is at least 20?”."
    )
    (branch,) = why["decisions"][0]["steps"][-1]["branches"]
    assert branch["part"]["parts"] == [{"text": "SCORE is at least 20", "actual": "15", "holds": False, "parts": []}]


@pytest.mark.parametrize(
    ("score", "kind", "missing"),
    [
        (9, "automation", "kind of message is campaign"),
        (4, "campaign", "SCORE is at least 5"),
        (4, "automation", "kind of message is campaign; SCORE is at least 5"),
    ],
)
def test_a_filter_tells_what_was_missing(admin: Caller, score: int, kind: str, missing: str) -> None:
    """An event that no trigger accepted is judged again, by its own data and the contact's facts."""
    contact, automation = make_contact(email=ANN, SCORE=score), live()
    happens("email_opened", ANN, message_kind=kind)
    (decision,) = asked(admin, contact, automation)["decisions"]
    assert (decision["kind"], decision["missing"], decision["certain"]) == ("filtered", missing, True)
    assert decision["sentence"].startswith("Did not enter: “Email opened” came, but")


@pytest.mark.parametrize(
    ("language", "text", "actual"),
    [
        ("en", "kind of message is campaign", "transactional"),
        ("fr", "type de message est campagne", "transactionnel"),
        ("ru", "вид сообщения — рассылка", "транзакционное"),
    ],
)
def test_properties_of_our_events_are_called_as_everywhere(
    admin: Caller, language: str, text: str, actual: str
) -> None:
    """What was asked of the event, and what it met, are told in the words of the event filter."""
    contact, automation = make_contact(email=ANN, SCORE=9), live()
    happens("email_opened", ANN, message_kind="transactional")
    (decision,) = asked(admin, contact, automation, language)["decisions"]
    (part,) = decision["filters"][0]["parts"]
    assert (part["text"], part["actual"], decision["missing"]) == (text, actual, text)


def test_facts_that_changed_since_are_told(admin: Caller, database: Session) -> None:
    """Where nobody recorded the change, the answer does not pretend to know the values of that moment."""
    contact, automation = make_contact(email=ANN, SCORE=4), live()
    happens("email_opened", ANN, message_kind="campaign")
    later_gets(database, contact, 50)
    (decision,) = asked(admin, contact, automation)["decisions"]
    assert "as it was then" in decision["sentence"]
    assert not decision["certain"]


def test_recorded_changes_are_taken_back(admin: Caller, database: Session) -> None:
    """Some automation listens to the attribute, so that its changes are known: the values are those of the moment."""
    contact, automation = make_contact(email=ANN, SCORE=4), live()
    make_automation(document([("changed", "attribute_changed", {"attribute": "SCORE"})], []), active=True)
    happens("email_opened", ANN, message_kind="campaign")
    later_gets(database, contact, 50)
    (decision,) = asked(admin, contact, automation)["decisions"]
    assert decision["certain"]
    assert [part["parts"][0]["actual"] for part in decision["filters"]] == ["campaign", "4"]


def later_gets(database: Session, contact: int, score: float) -> None:
    """The score changes a minute later: within a transaction, the database's time stands still."""
    contacts.update(contacts.ContactInput(who=contacts.Identifier("id", contact), attributes={"SCORE": score}))
    minute = timedelta(minutes=1)
    database.execute(update(Contact).values(modified_at=Contact.modified_at + minute))
    changes = select(EventType.id).where(EventType.name == "attribute_changed").scalar_subquery()
    database.execute(update(Event).where(Event.type_id == changes).values(at=Event.at + minute))


def test_re_entry_is_named(admin: Caller) -> None:
    """A second event finds the door closed, and says which."""
    contact, automation = make_contact(email=ANN, SCORE=15), live(re_entry=False)
    happens("email_opened", ANN, message_kind="campaign")
    happens("email_opened", ANN, message_kind="campaign")
    why = asked(admin, contact, automation)
    assert {each["kind"] for each in why["decisions"]} == {"run", "refused"}
    assert "The contact was inside before, and re-entry is off." in {
        each["sentence"].removeprefix("Did not enter: ") for each in why["decisions"]
    }


def test_who_never_came_is_told_so(admin: Caller) -> None:
    """Nothing came, or the automation is off: both are answers."""
    contact = make_contact(email=ANN)
    assert "nothing has come" in asked(admin, contact, live())["sentence"]
    assert "not active" in asked(admin, contact, make_automation().id)["sentence"]


def test_a_long_past_makes_an_answer_no_dearer(admin: Caller, database: Session) -> None:
    """Ten times as many events are as many statements, and as many decisions told."""
    contact, automation = make_contact(email=ANN, SCORE=15), live()
    costs = []
    for count in (30, 270):
        for number in range(count):
            receive(ANN, message_kind="campaign" if number % 2 else "automation")
        drain_all()
        asked(admin, contact, automation)  # what is known of the workspace is kept from here on
        with counted(database) as statements:
            why = asked(admin, contact, automation)
        costs.append((len(statements), len(why["decisions"])))
    assert costs[0] == costs[1]
    assert costs[0][1] > 10


@contextlib.contextmanager
def counted(database: Session) -> Iterator[list[str]]:
    """Gather the statements meanwhile."""
    seen: list[str] = []

    def note(*arguments: Any) -> None:
        seen.append(arguments[2])

    event.listen(database.connection(), "before_cursor_execute", note)
    yield seen
    event.remove(database.connection(), "before_cursor_execute", note)
