import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.adapters import presence
from tests.app.conftest import Caller, SignedIn
from tests.factories.automations import make_automation


@pytest.fixture
def flow(database: Session, redis_live: None) -> int:
    return make_automation().id


def come(caller: FlaskClient, flow: int, tab: str, node: str | None = None) -> list[tuple[str, str | None]]:
    answer = caller.put(f"/api/automations/{flow}/presence", json={"tab": tab, "node": node})
    assert answer.status_code == 200, answer.get_json()
    return [(each["tab"], each["node"]) for each in answer.get_json()["items"]]


def test_who_came_to_a_step_first_stands_first(signed_in: SignedIn, flow: int) -> None:
    """Two people, one of them with two tabs; a sign of life changes nothing, another step does."""
    one, other = signed_in("marketer"), signed_in("marketer")
    assert come(one, flow, "a", "hot") == [("a", "hot")]
    assert come(other, flow, "b", "hot") == [("a", "hot"), ("b", "hot")]
    assert come(one, flow, "c") == [("a", "hot"), ("b", "hot"), ("c", None)]
    assert come(one, flow, "a", "hot") == [("a", "hot"), ("b", "hot"), ("c", None)]
    assert come(one, flow, "a") == [("b", "hot"), ("c", None), ("a", None)]


def test_who_leaves_is_gone_and_takes_nobody_along(signed_in: SignedIn, flow: int) -> None:
    """A tab is closed by its own user; others' tabs stay."""
    one, other = signed_in("marketer"), signed_in("guest")
    come(one, flow, "a")
    come(other, flow, "b")
    url = f"/api/automations/{flow}/presence?tab=a"
    assert other.delete(url).status_code == 204
    assert come(other, flow, "b") == [("a", None), ("b", None)]
    assert one.delete(url).status_code == 204
    assert come(other, flow, "b") == [("b", None)]


def test_who_gives_no_sign_is_gone(admin: Caller, flow: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tab that was killed says nothing more."""
    come(admin, flow, "a")
    monkeypatch.setattr(presence, "ABSENT_AFTER_SECONDS", -1)
    assert come(admin, flow, "b") == []


def test_programs_are_nobody(program: FlaskClient, flow: int) -> None:
    """Presence belongs to people."""
    answer = program.put(f"/api/automations/{flow}/presence", json={"tab": "a"})
    assert answer.status_code == 403


def test_without_redis_nobody_is_seen_and_nothing_breaks(admin: Caller, database: Session) -> None:
    """The database holds the truth; who is here is a courtesy."""
    assert come(admin, make_automation().id, "a") == []
