"""Replays over HTTP: the past through a draft, beside the live version and what did happen."""

from copy import deepcopy
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, update
from sqlalchemy.orm import Session

from app.models import Assignment
from app.services import contacts
from app.services.automations import activation, checking, drafts
from app.services.contacts import ContactInput, Identifier
from app.services.rehearsals import replay_views, replays
from tests.app.conftest import Caller
from tests.factories.automations import happens, make_automation, make_score
from tests.factories.contacts import make_contact
from tests.factories.mailing import template
from tests.factories.users import make_user
from tests.support.documents import SCORING
from tests.support.live import document
from tests.support.steps import REP, ZOE

ANN, BOB, CLO = "ann@example.com", "bob@example.com", "clo@example.com"
SIDES = ("draft", "live", "happened")
HANDED = ("assignments", "alerts", "tasks", "calls")


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


def reaching(mail: int, *more: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    """A mail for all; VIPs get `more`, an owner, an alert to two of the team, a task and a call."""
    way = [
        ("first", "send_email", {"template": mail}),
        ("vip", "conditional_split", {"condition": {"tag": "vip", "op": "has"}}),
        *more,
        ("assign", "assign_owner", {"how": "named", "reps": [REP]}),
        ("alert", "send_alert", {"to": "users", "users": [REP, ZOE], "title": "Call them"}),
        ("task", "create_task", {"title": "Call"}),
        ("call", "call_webhook", {"url": "https://example.com/hook", "reaches_contact": False}),
    ]
    ids = [id_ for id_, _, _ in way]
    ways = [(source, "next", target) for source, target in pairwise(["opened", *ids]) if source != "vip"]
    return document([("opened", "email_opened", {}), *way], [*ways, ("vip", "yes", ids[2])])


@pytest.fixture
def mailing(database: Session) -> int:
    """Live, one mail for all three, of whom one wants none; two VIPs go on. In the draft VIPs get a second mail."""
    for email in (REP, ZOE):
        make_user("rep", email=email)
    welcome, offer = template("Welcome"), template("Offer")
    live = make_automation(reaching(welcome), active=True)
    make_contact(email=ANN, tags=["vip"])
    make_contact(email=BOB)
    unwilling = make_contact(email=CLO, tags=["vip"])
    contacts.update(ContactInput(who=Identifier("id", unwilling), fields={"email_blacklisted": True}))
    for email in (ANN, BOB, CLO):
        happens("email_opened", email)
    draft = reaching(welcome, ("second", "send_email", {"template": offer}))
    drafts.save_draft(live.id, checking.read(draft), drafts.get(live.id).draft_revision)
    return live.id


def replayed(caller: Caller, automation: int) -> dict[str, Any]:
    begun = caller.post(f"/api/automations/{automation}/replays", json={"days": 7})
    assert begun.status_code == 202, begun.get_json()
    replays.run(begun.get_json()["id"])
    return latest(caller, automation)


def latest(caller: Caller, automation: int) -> Any:
    return caller.get(f"/api/automations/{automation}/replays/latest?lang=en").get_json()["replay"]


def behind(caller: Caller, automation: int, replay: int, key: str) -> set[str]:
    url = f"/api/automations/{automation}/replays/{replay}/people"
    return {each["name"] for each in caller.get(url, query_string={"key": key}).get_json()["items"]}


def figures(rows: list[dict[str, Any]]) -> dict[str, tuple[int, int, int | None]]:
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
    assert behind(admin, automation, came["id"], "draft:hot:yes") == {ANN, BOB}
    assert behind(admin, automation, came["id"], "happened:hot:yes") == {ANN}
    assert behind(admin, automation, came["id"], "elsewhere") == {ANN, BOB}


def test_messages_and_what_the_team_gets_to_do_are_counted(admin: Caller, mailing: int) -> None:
    """Draft, live version and life each by its own: only the second mail differs. Owners are alerted, too."""
    counted = figures(replayed(admin, mailing)["figures"])
    expected = {"messages": (3, 2, 2), **dict.fromkeys(HANDED, (2, 2, 2)), "alerts": (4, 4, 4)}
    assert {key: counted.get(key) for key in expected} == expected


def test_messages_of_a_version_that_is_live_no_more_happened_all_the_same(admin: Caller, mailing: int) -> None:
    """Another version without mail went live since: life still had two messages."""
    silent = document(
        [("opened", "email_opened", {}), ("note", "add_note", {"text": "Hi"})], [("opened", "next", "note")]
    )
    drafts.save_draft(mailing, checking.read(silent), drafts.get(mailing).draft_revision)
    activation.activate(mailing, "en")
    came = replayed(admin, mailing)
    assert figures(came["figures"])["messages"] == (0, 0, 2)
    assert figures(came["pressure"])["pressure:1"] == (0, 0, 2)


def test_pressure_tells_how_many_people_get_how_many_messages(admin: Caller, mailing: int) -> None:
    """One person gets both of the draft's mails, another the first; whoever wants none is under no pressure."""
    came = replayed(admin, mailing)
    assert [
        (each["key"], each["title"], each["draft"], each["live"], each["happened"]) for each in came["pressure"]
    ] == [
        ("pressure:1", "1", 1, 2, 2),
        ("pressure:2", "2", 1, 0, 0),
    ]


def test_behind_what_was_done_stand_those_it_was_done_to(admin: Caller, mailing: int) -> None:
    """Whoever got a message, so many of them, an owner, or was handed to the team."""
    came = replayed(admin, mailing)
    mailed = {f"{side}:messages": {ANN, BOB} for side in SIDES}
    pressed = {
        "draft:pressure:1": {BOB},
        "draft:pressure:2": {ANN},
        "live:pressure:1": {ANN, BOB},
        "happened:pressure:1": {ANN, BOB},
        "happened:pressure:2": set(),
    }
    handed = {f"{side}:{key}": {ANN, CLO} for side in SIDES for key in HANDED}
    expected = mailed | pressed | handed
    assert {key: behind(admin, mailing, came["id"], key) for key in expected} == expected


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


def test_how_many_life_refused_in_these_days_is_not_known(admin: Caller, automation: int) -> None:
    """Nothing is claimed of it: a refusal is kept with its last time alone."""
    draft, live, happened = figures(replayed(admin, automation)["figures"])["refused"]
    assert (draft, live, happened) == (0, 0, None)


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
