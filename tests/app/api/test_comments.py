from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.adapters.catalog import bump_revision
from app.models import User
from tests.app.conftest import Caller, SignedIn
from tests.factories.automations import make_automation, make_score, scoring


@pytest.fixture
def flow(database: Session) -> int:
    make_score()
    return make_automation(scoring()).id


def said(caller: Caller, flow: int, **body: Any) -> dict[str, Any]:
    answer = caller.post(f"/api/automations/{flow}/comments", json={"text": "Why a day?", **body})
    assert answer.status_code == 201, answer.get_json()
    thread: dict[str, Any] = answer.get_json()
    return thread


def threads(caller: Caller, flow: int) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = caller.get(f"/api/automations/{flow}/comments").get_json()["items"]
    return items


def test_a_step_is_talked_about(signed_in: SignedIn, flow: int) -> None:
    """One begins, another replies, whoever likes resolves it; then it stands behind what is open."""
    marketer, rep = signed_in("marketer"), signed_in("rep")
    thread = said(marketer, flow, node="pause")
    said(rep, flow, reply_to=thread["id"], text="So that it is calm")
    newer = said(rep, flow, node="tag")
    assert rep.patch(f"/api/comments/{thread['id']}", json={"resolved": True}).status_code == 200
    listed = threads(marketer, flow)
    assert [each["id"] for each in listed] == [newer["id"], thread["id"]]
    assert [(each["text"], each["mine"]) for each in listed[1]["remarks"]] == [
        ("Why a day?", True),
        ("So that it is calm", False),
    ]
    assert listed[1]["resolved_by"]["id"] == rep.user.id


def test_a_note_lies_on_the_canvas_and_can_be_moved(admin: Caller, flow: int) -> None:
    """It has a place instead of a step."""
    note = said(admin, flow, x=10, y=-20.5)
    moved = admin.patch(f"/api/comments/{note['id']}", json={"x": 30, "y": 40}).get_json()
    assert (note["node"], note["y"], moved["x"], moved["y"]) == (None, -20.5, 30, 40)


@pytest.mark.parametrize("place", [{}, {"node": "pause", "x": 1, "y": 1}, {"x": 1}, {"node": "pause", "y": 1}])
def test_a_comment_has_one_place(admin: Caller, flow: int, place: dict[str, Any]) -> None:
    """Neither none nor two, nor half of one."""
    answer = admin.post(f"/api/automations/{flow}/comments", json={"text": "Here?", **place})
    assert answer.status_code == 422
    assert threads(admin, flow) == []


def test_who_is_mentioned_is_alerted_in_their_language(signed_in: SignedIn, database: Session, flow: int) -> None:
    """The alert names who wrote where; whoever mentions themselves is not told."""
    author, other = signed_in("marketer"), signed_in("rep")
    database.execute(update(User).where(User.id == other.user.id).values(locale="fr"))
    bump_revision()
    thread = said(author, flow, node="pause", mentions=[other.user.id, author.user.id, 999_999])
    (alert,) = other.get("/api/notifications").get_json()["items"]
    assert alert["title"] == f"{author.user.name} vous a mentionné dans «\u00a0Scoring\u00a0»"
    assert (alert["automation"]["id"], alert["comment"], alert["body"]) == (flow, thread["id"], "Why a day?")
    assert author.get("/api/notifications").get_json()["items"] == []


def test_only_authors_and_admins_change_words(signed_in: SignedIn, admin: Caller, flow: int) -> None:
    """Others' words are neither edited nor deleted, and guests only read."""
    author, other, guest = signed_in("marketer"), signed_in("marketer"), signed_in("guest")
    thread = said(author, flow, node="pause")
    url = f"/api/comments/{thread['id']}"
    assert other.patch(url, json={"text": "Mine"}).status_code == 403
    assert other.delete(url).status_code == 403
    assert guest.post(f"/api/automations/{flow}/comments", json={"text": "!", "node": "tag"}).status_code == 403
    assert author.patch(url, json={"text": "Why two?"}).get_json()["remarks"][0]["edited_at"] is not None
    assert [each["text"] for each in threads(guest, flow)[0]["remarks"]] == ["Why two?"]
    said(other, flow, reply_to=thread["id"])
    assert admin.delete(url).status_code == 204
    assert threads(admin, flow) == []


def test_a_reply_belongs_to_a_thread_of_the_same_automation(admin: Caller, flow: int) -> None:
    """Not to a reply, and not to another automation's thread."""
    thread = said(admin, flow, node="pause")
    reply = said(admin, flow, reply_to=thread["id"])["remarks"][1]
    elsewhere = make_automation(scoring()).id
    for url, wanted in ((flow, reply["id"]), (elsewhere, thread["id"])):
        answer = admin.post(f"/api/automations/{url}/comments", json={"text": "?", "reply_to": wanted})
        assert answer.status_code == 404
