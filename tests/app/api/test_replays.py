"""Replays over HTTP: the past through a draft, beside the live version and what did happen."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, update
from sqlalchemy.orm import Session

from app.models import Assignment
from app.services import contacts
from app.services.automations import checking, drafts
from app.services.contacts import ContactInput, Identifier
from app.services.rehearsals import replay_views, replays
from tests.app.conftest import Caller
from tests.factories.automations import happens, make_automation, make_score
from tests.factories.contacts import make_contact
from tests.factories.users import make_user
from tests.support.documents import SCORING
from tests.support.live import document

ANN, BOB, CLO = "ann@example.com", "bob@example.com", "clo@example.com"


def scoring(threshold: int, *, kind: str = "campaign") -> dict[str, Any]:
    document = deepcopy(SCORING)
    document["nodes"] = [each for each in document["nodes"] if each["id"] not in {"assign", "alert"}]
    document["nodes"].append({"id": "note", "type": "add_note", "config": {"text": "Hot"}})
    document["edges"] = [each for each in document["edges"] if each["from"] in {"opened", "pushed", "points"}]
    document["edges"].append({"from": "hot", "port": "yes", "to": "note"})
    for each in document["nodes"]:
        if each["id"] == "hot":
            each["config"]["condition"]["all"][0]["value"] = threshold
        if each["id"] == "opened":
            each["config"]["event_filter"]["all"][0]["value"] = kind
    return document


@pytest.fixture
def automation(database: Session) -> int:
    """A live scoring that three people went through, and a draft in which ten points are enough."""
    make_score()
    live = make_automation(scoring(20), active=True)
    for email, opens in ((ANN, 4), (BOB, 2), (CLO, 1)):
        make_contact(email=email)
        for _ in range(opens):
            happens("email_opened", email, message_kind="campaign")
    happens("email_opened", CLO, message_kind="transactional")
    drafts.save_draft(live.id, checking.read(scoring(10)), drafts.get(live.id).draft_revision)
    return live.id


def replayed(caller: Caller, automation: int) -> dict[str, Any]:
    begun = caller.post(f"/api/automations/{automation}/replays", json={"days": 7})
    assert begun.status_code == 202, begun.get_json()
    replays.run(begun.get_json()["id"])
    return latest(caller, automation)


def latest(caller: Caller, automation: int) -> Any:
    return caller.get(f"/api/automations/{automation}/replays/latest?lang=en").get_json()["replay"]


def figures(rows: list[dict[str, Any]]) -> dict[str, tuple[int, int, int]]:
    return {each["key"]: (each["draft"], each["live"], each["happened"]) for each in rows}


def test_a_replay_stands_beside_life(admin: Caller, automation: int) -> None:
    """The live version replayed gives what did happen, scores and all; the draft lets others go on."""
    came = replayed(admin, automation)
    assert (came["state"], came["events"], came["contacts"]) == ("completed", 8, 3)
    assert figures(came["figures"])["entered"] == (7, 7, 7)
    ways = figures(came["ways"])
    assert ways["hot:yes"] == (4, 1, 1)
    assert ways["hot:no"] == (3, 6, 6)
    assert came["differences"] == {"only_draft": 0, "only_live": 0, "elsewhere": 2}


def test_owners_are_those_of_the_time_before(admin: Caller, database: Session) -> None:
    """Whoever was handed over in the window goes there again; whoever was handed over before it is kept."""
    make_score()
    rep, other = (make_user("rep") for _ in range(2))
    assign = ("assign", "assign_owner", {"how": "named", "reps": [rep.email]})
    live = make_automation(
        document([("opened", "email_opened", {}), assign], [("opened", "next", "assign")]), active=True
    )
    _, bob, clo = (make_contact(email=email) for email in (ANN, BOB, CLO))
    for contact, owner in ((bob, rep), (clo, other)):
        contacts.update(ContactInput(who=Identifier("id", contact), fields={"owner_id": owner.id}))
    database.execute(update(Assignment).values(at=func.now() - timedelta(days=30)))
    for email in (ANN, BOB, CLO):
        happens("email_opened", email)
    ways = figures(replayed(admin, live.id)["ways"])
    assert (ways["assign:next"], ways["assign:kept"]) == ((2, 2, 2), (1, 1, 1))


def test_each_number_names_its_people(admin: Caller, automation: int) -> None:
    """Behind a number stand the people it counts."""
    came = replayed(admin, automation)

    def names(key: str) -> set[str]:
        url = f"/api/automations/{automation}/replays/{came['id']}/people"
        return {each["name"] for each in admin.get(url, query_string={"key": key}).get_json()["items"]}

    assert names("draft:hot:yes") == {ANN, BOB}
    assert names("happened:hot:yes") == {ANN}
    assert names("elsewhere") == {ANN, BOB}


def test_of_many_people_the_first_are_named(admin: Caller, automation: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """And it is said that there are more of them, where there are."""
    for module in (replays, replay_views):
        monkeypatch.setattr(module, "MOST_PEOPLE", 2)
    url = f"/api/automations/{automation}/replays/{replayed(admin, automation)['id']}/people"
    of_three, of_two = (admin.get(f"{url}?key={key}").get_json() for key in ("happened:people", "draft:hot:yes"))
    assert [(len(each["items"]), each["more"]) for each in (of_three, of_two)] == [(2, True), (2, False)]


def test_whoever_the_draft_lets_in_is_told(admin: Caller, automation: int) -> None:
    """Another filter lets others in."""
    document = scoring(20, kind="transactional")
    begun = admin.post(f"/api/automations/{automation}/replays", json={"days": 7, "document": document})
    replays.run(begun.get_json()["id"])
    came = latest(admin, automation)
    assert figures(came["figures"])["entered"] == (1, 7, 7)
    assert came["differences"]["only_live"] == 2


def test_a_replay_changes_nothing(admin: Caller, automation: int) -> None:
    """Scores, runs and counts are what they were."""
    before = admin.get(f"/api/automations/{automation}/stats").get_json()
    replayed(admin, automation)
    assert admin.get(f"/api/automations/{automation}/stats").get_json() == before
    assert admin.get("/api/contacts").get_json()["items"][-1]["attributes"]["SCORE"] == 20


def test_there_is_none_at_first(admin: Caller, automation: int) -> None:
    """Nobody asked for one yet: that is no error, as an automation that does not exist is."""
    assert latest(admin, automation) is None
    assert admin.get("/api/automations/999/replays/latest").status_code == 404
