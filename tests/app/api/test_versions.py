"""Versions over HTTP: their history, who is inside, what moving would mean, and moving."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.adapters import queue
from app.services import attributes, workspace
from app.services.automations import people
from nodes.catalog import Kind
from tests.app.conftest import Caller, SignedIn
from tests.factories.automations import receive
from tests.factories.publishing import (
    CALL,
    EARLY,
    LATE,
    OPENED,
    POINTS,
    chain,
    hours_ago,
    move_everybody,
    notes,
    running,
    wait,
)
from tests.support import live


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()
    attributes.create("SCORE", Kind.NUMBER)


def save(admin: Caller, automation: int, document: dict[str, Any]) -> None:
    revision = admin.get(f"/api/automations/{automation}").get_json()["draft_revision"]
    body = {"document": document, "base_revision": revision}
    assert admin.put(f"/api/automations/{automation}/draft", json=body).status_code == 200


def inside(admin: Caller, automation: int, to: str = "draft") -> list[dict[str, Any]]:
    answer = admin.get(f"/api/automations/{automation}/inside?to={to}").get_json()
    assert answer["contacts"] == sum(place["contacts"] for place in answer["places"])
    places: list[dict[str, Any]] = answer["places"]
    return places


def publish(admin: Caller, automation: int, **wish: Any) -> Any:
    answer = admin.post(f"/api/automations/{automation}/activate", json=wish)
    move_everybody()
    live.drain_all()
    return answer


def versions(admin: Caller, automation: int) -> list[tuple[int, bool, int]]:
    listed = admin.get(f"/api/automations/{automation}/versions").get_json()["items"]
    return [(each["number"], each["live"], each["inside"]) for each in listed]


def test_every_version_is_kept_with_those_inside(admin: Caller) -> None:
    """Both run side by side: who is inside stays in theirs, and each can be read as it was published."""
    automation = running(OPENED, wait(1), EARLY)
    save(admin, automation, chain(OPENED, wait(1), LATE))
    assert publish(admin, automation).status_code == 200
    assert versions(admin, automation) == [(2, True, 0), (1, False, 1)]
    first = admin.get(f"/api/automations/{automation}/versions/1").get_json()
    assert {node["id"] for node in first["document"]["nodes"]} == {"opened", "day", "early"}
    assert admin.get(f"/api/automations/{automation}/versions/3").status_code == 404


def test_versions_hide_secrets_from_those_who_only_look(signed_in: SignedIn) -> None:
    """A header with a token is masked for whoever may not edit."""
    call = ("call", "call_webhook", CALL[2] | {"headers": "X-Token: abc"})
    automation = running(OPENED, call)
    text = signed_in("guest").get(f"/api/automations/{automation}/versions/1").get_data(as_text=True)
    assert "abc" not in text


def test_what_is_ahead_is_told_before_and_after(admin: Caller, database: Session) -> None:
    """After 30 hours of two days: 18 hours more and the early note; with a wait of four days, 66 and the late one."""
    automation = running(OPENED, POINTS, wait(2), EARLY)
    hours_ago(database, 30)
    save(admin, automation, chain(OPENED, wait(4), POINTS, LATE))
    (place,) = inside(admin, automation)
    assert (place["version"], place["node"], place["contacts"], place["fit"], place["to"]) == (
        1, "day", 1, "changed", "day",
    )  # fmt: skip
    assert place["before"]["node"] == "early"
    assert "early" in place["before"]["words"]
    assert place["after"]["node"] == "points"
    assert place["after"]["first"] > place["before"]["first"]
    assert place["done"] == ["points"]


def test_looking_does_nothing(admin: Caller) -> None:
    """However far the way ahead leads at once, nothing of it happens before somebody publishes."""
    automation = running(OPENED, wait(2), EARLY, LATE)
    save(admin, automation, chain(OPENED, LATE))
    (place,) = inside(admin, automation)
    assert (place["fit"], place["to"], place["after"]["node"]) == ("removed", "late", None)
    live.drain_all()
    assert notes() == []
    assert versions(admin, automation) == [(1, True, 1)]


def test_choices_come_with_the_publication(admin: Caller) -> None:
    """Everybody moves, and those at one step go elsewhere."""
    automation = running(OPENED, wait(1), EARLY)
    save(admin, automation, chain(OPENED, wait(1), EARLY, LATE))
    places = [{"version": 1, "node": "day", "way": "go", "to": "late"}]
    assert publish(admin, automation, people={"everybody": {"way": "move"}, "places": places}).status_code == 200
    assert notes() == ["late"]


def test_people_can_be_moved_later(admin: Caller) -> None:
    """Who stayed can be moved to the live version at any time."""
    automation = running(OPENED, wait(1), EARLY)
    save(admin, automation, chain(OPENED, wait(1), LATE))
    publish(admin, automation)
    assert [place["version"] for place in inside(admin, automation, "live")] == [1]
    asked = admin.post(f"/api/automations/{automation}/move", json={"everybody": {"way": "move"}})
    assert asked.status_code == 202
    assert asked.get_json()["moving"] == [{"version": 2, "total": 1, "taken": 0, "moved": 0}]
    move_everybody()
    assert admin.get(f"/api/automations/{automation}/versions").get_json()["moving"] == []
    assert versions(admin, automation) == [(2, True, 1), (1, False, 0)]
    assert inside(admin, automation, "live") == []


def test_a_move_can_be_cancelled_while_it_goes_on(admin: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was moved stays so, the rest stay where they were, and the answer says how many; then there is none."""
    automation = running(OPENED, wait(1), EARLY)
    for number in range(30):
        receive(f"c{number}@example.com")
    live.drain_all()
    save(admin, automation, chain(OPENED, wait(1), LATE))
    publish(admin, automation)
    where = f"/api/automations/{automation}/move"
    admin.post(where, json={"everybody": {"way": "move"}})
    monkeypatch.setattr(people, "LIMIT", 1)
    monkeypatch.setattr(queue, "TURN_SECONDS", 0)
    while versions(admin, automation)[0][2] < 3:
        people.move_all()
    (under_way,) = admin.get(f"/api/automations/{automation}/versions").get_json()["moving"]
    answer = admin.delete(where)
    assert answer.get_json() == {"stayed": under_way["total"] - under_way["taken"]}
    assert answer.get_json()["stayed"] == 28
    move_everybody()
    assert versions(admin, automation) == [(2, True, 3), (1, False, 28)]
    assert admin.get(f"/api/automations/{automation}/versions").get_json()["moving"] == []
    assert admin.delete(where).status_code == 409


def test_choices_that_lead_nowhere_are_named(admin: Caller) -> None:
    """422 with the field, and nothing is published."""
    automation = running(OPENED, wait(1), EARLY)
    save(admin, automation, chain(OPENED, LATE))
    answer = publish(admin, automation, people={"everybody": {"way": "go", "to": "early"}})
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "people.everybody"
    assert versions(admin, automation) == [(1, True, 1)]


def test_a_draft_has_nobody_inside(admin: Caller) -> None:
    """Nothing is live, so nobody can be moved."""
    automation = admin.post("/api/automations", json={"document": chain(OPENED, EARLY)}).get_json()["id"]
    assert inside(admin, automation) == []
    assert admin.post(f"/api/automations/{automation}/move", json={}).status_code == 409
