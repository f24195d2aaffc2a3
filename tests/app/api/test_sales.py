from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.app.conftest import Caller, SignedIn
from tests.factories.contacts import make_contact


@pytest.fixture
def rep(signed_in: SignedIn) -> Caller:
    return signed_in("rep")


def fields(answer: Any) -> set[str]:
    return {problem["field"] for problem in answer.get_json()["errors"]}


def test_a_pipeline_is_drawn_up(admin: Caller) -> None:
    """Made with its stages, renamed, its stages set anew as a list, deleted."""
    made = admin.post(
        "/api/pipelines", json={"name": "Partners", "stages": [{"name": "New"}, {"name": "Won"}]}
    ).get_json()
    url = f"/api/pipelines/{made['id']}"
    wishes = [{"id": made["stages"][1]["id"], "name": "Signed"}, {"name": "Paid"}]
    assert [stage["name"] for stage in admin.put(f"{url}/stages", json=wishes).get_json()["stages"]] == [
        "Signed",
        "Paid",
    ]
    assert admin.patch(url, json={"name": "Friends"}).get_json()["name"] == "Friends"
    assert admin.delete(url).status_code == 204
    assert [each["name"] for each in admin.get("/api/pipelines").get_json()["items"]] == ["Sales"]


@pytest.mark.parametrize(
    "body", [[], {}, [{"name": ""}], [{"id": "1", "name": "x"}], "stages", [{"id": 2**63, "name": "x"}]]
)
def test_bad_stages_are_refused(admin: Caller, body: Any) -> None:
    """What makes no list of stages is refused; a pipeline keeps at least one."""
    made = admin.post("/api/pipelines", json={"name": "Partners", "stages": [{"name": "New"}]}).get_json()
    assert admin.put(f"/api/pipelines/{made['id']}/stages", json=body).status_code == 422
    assert admin.get("/api/pipelines").get_json()["items"][1]["stages"] == made["stages"]


def test_amounts_are_in_the_currency_of_the_workspace(admin: Caller) -> None:
    """Deals and the session tell it, from when it was chosen; the number stays."""
    made = admin.post("/api/deals", json={"name": "Big one", "amount": 1000.5}).get_json()
    admin.patch("/api/workspace", json={"currency": "CHF"})
    found = admin.get(f"/api/deals/{made['id']}").get_json()
    assert (found["amount"], found["currency"]) == (1000.5, "CHF")
    assert admin.get("/api/session").get_json()["workspace"]["currency"] == "CHF"


def test_a_deal_is_worked_on(rep: Caller) -> None:
    """Made, found by the filters, won, deleted."""
    contact = make_contact(FIRSTNAME="Maria")
    new = {"name": "Big one", "amount": 1000, "owner_id": rep.user.id, "contact_ids": [contact]}
    made = rep.post("/api/deals", json=new).get_json()
    assert (made["amount"], made["currency"]) == (1000, "EUR")
    assert (made["stage"]["name"], made["contacts"]) == ("New", [{"id": contact, "name": "Maria"}])
    found = rep.get(f"/api/deals?owner={rep.user.id}&status=open&search=big&sort=-amount").get_json()["items"]
    assert found == [made]
    assert rep.patch(f"/api/deals/{made['id']}", json={"status": "won"}).get_json()["closed_at"] is not None
    assert rep.delete(f"/api/deals/{made['id']}").status_code == 204
    assert rep.get(f"/api/deals/{made['id']}").status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": "much"}, "amount"),
        ({"amount": -1}, "amount"),
        ({"amount": True}, "amount"),
        ({"status": "paused"}, "status"),
        ({"stage_id": 0}, "stage_id"),
        ({"contact_ids": [1, "2"]}, "contact_ids.1"),
        ({"contact_ids": list(range(1, 300))}, "contact_ids"),
        ({"name": None}, "name"),
    ],
)
def test_bad_deals_are_refused_by_field(rep: Caller, change: dict[str, Any], field: str) -> None:
    """The field at fault is named, and no deal is made."""
    answer = rep.post("/api/deals", json={"name": "A", **change})
    assert (answer.status_code, fields(answer)) == (422, {field})
    assert rep.get("/api/deals").get_json()["items"] == []


@pytest.mark.parametrize("query", ["sort=owner", "status=x", "pipeline=x", "limit=0"])
def test_bad_filters_are_refused(rep: Caller, query: str) -> None:
    """A value that cannot be is refused instead of ignored."""
    assert rep.get(f"/api/deals?{query}").status_code == 422


def test_tasks_and_notes_of_a_contact(rep: Caller) -> None:
    """A rep makes a task and a note, ticks the task off, and finds both with the contact."""
    contact = make_contact()
    new = {"title": "Call", "due_on": "2026-12-01", "assignee_id": rep.user.id}
    task = rep.post(f"/api/contacts/{contact}/tasks", json=new).get_json()
    rep.post(f"/api/contacts/{contact}/notes", json={"text": "Two\nlines <b>"})
    assert rep.get("/api/tasks?mine=1&done=0").get_json()["items"] == [task]
    assert rep.patch(f"/api/tasks/{task['id']}", json={"done": True}).get_json()["done"] is True
    note = rep.get(f"/api/contacts/{contact}/notes").get_json()["items"][0]
    assert (note["text"], note["author"]) == ("Two\nlines <b>", rep.user.name)
    assert rep.delete(f"/api/notes/{note['id']}").status_code == 204
    assert rep.delete(f"/api/tasks/{task['id']}").status_code == 204


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("tasks", {"title": ""}, "title"),
        ("tasks", {"title": "x", "due_on": "tomorrow"}, "due_on"),
        ("tasks", {"title": "x", "assignee_id": 4242}, "assignee_id"),
        ("notes", {"text": ""}, "text"),
        ("notes", {"text": "a\u0000b"}, "text"),
        ("notes", {"text": "x" * 10_001}, "text"),
    ],
)
def test_bad_tasks_and_notes_are_refused_by_field(rep: Caller, path: str, body: dict[str, Any], field: str) -> None:
    """The field at fault is named, and nothing is made."""
    url = f"/api/contacts/{make_contact()}/{path}"
    answer = rep.post(url, json=body)
    assert (answer.status_code, fields(answer)) == (422, {field})
    assert rep.get(url).get_json()["items"] == []


@pytest.mark.parametrize("number", ["0", "9223372036854775808", "-1", "1e3", "x"])
def test_numbers_that_no_row_has_are_not_found(rep: Caller, database: Session, number: str) -> None:
    """An id out of range is a 404, not a fault."""
    assert rep.get(f"/api/deals/{number}").status_code == 404
