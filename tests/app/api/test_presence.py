from itertools import count

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.adapters import presence, redis
from tests.app.conftest import Caller, SignedIn
from tests.factories.automations import make_automation


@pytest.fixture
def flow(database: Session, redis_live: None) -> int:
    return make_automation().id


SIGNS = count(1)


def come(
    caller: FlaskClient, flow: int, tab: str, node: str | None = None, sign: int | None = None
) -> list[tuple[str, str | None]]:
    sign = sign or next(SIGNS)
    answer = caller.put(f"/api/automations/{flow}/presence", json={"tab": tab, "node": node, "sign": sign})
    assert answer.status_code == 200, answer.get_json()
    return [(each["tab"], each["node"]) for each in answer.get_json()["items"]]


def leave(caller: FlaskClient, flow: int, tab: str, sign: int | None = None) -> None:
    answer = caller.delete(f"/api/automations/{flow}/presence?tab={tab}&sign={sign or next(SIGNS)}")
    assert answer.status_code == 204, answer.get_json()


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
    leave(other, flow, "a")
    assert come(other, flow, "b") == [("a", None), ("b", None)]
    leave(one, flow, "a")
    assert come(other, flow, "b") == [("b", None)]


def test_a_sign_that_arrives_after_the_leaving_brings_nobody_back(signed_in: SignedIn, flow: int) -> None:
    """Whether the tab was there before or not; when it comes again by itself, it is there."""
    one, other = signed_in("marketer"), signed_in("marketer")
    first, late, leaving, again = (next(SIGNS) for _ in range(4))
    come(one, flow, "a", sign=first)
    leave(one, flow, "a", sign=leaving)
    leave(one, flow, "b", sign=leaving)
    assert come(one, flow, "a", sign=late) == []
    assert come(one, flow, "b", sign=late) == []
    assert come(other, flow, "a", sign=late) == [("a", None)]  # whose name is the same, by chance or not
    leave(other, flow, "a")
    assert come(one, flow, "a", sign=again) == [("a", None)]


def test_who_does_not_count_is_heard_in_the_order_of_arrival(admin: Caller, flow: int) -> None:
    """Other programs need no number."""
    door = f"/api/automations/{flow}/presence"
    for _ in range(2):
        assert [each["tab"] for each in admin.put(door, json={"tab": "a"}).get_json()["items"]] == ["a"]
        assert admin.delete(f"{door}?tab=a").status_code == 204
        assert presence.there(flow) == []


def test_a_leaving_that_arrives_late_takes_nobody_away(admin: Caller, flow: int) -> None:
    """Nor does an older sign lead back to the step that was left since."""
    late, leaving, step, again = (next(SIGNS) for _ in range(4))
    come(admin, flow, "a", "hot", sign=again)
    leave(admin, flow, "a", sign=leaving)
    assert come(admin, flow, "a", "cold", sign=step) == [("a", "hot")]
    assert come(admin, flow, "a", sign=late) == [("a", "hot")]


def test_what_is_known_of_a_tab_that_left_goes_by_itself(admin: Caller, flow: int) -> None:
    """Neither tabs nor their numbers gather in Redis."""
    come(admin, flow, "a")
    leave(admin, flow, "a")
    come(admin, flow, "b")
    kept = redis.client().keys(f"presence:{flow}*")
    assert len(kept) == 3
    assert all(0 < redis.client().ttl(key) <= 2 * presence.ABSENT_AFTER_SECONDS for key in kept)


def test_who_gives_no_sign_is_gone(admin: Caller, flow: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tab that was killed says nothing more."""
    come(admin, flow, "a")
    monkeypatch.setattr(presence, "ABSENT_AFTER_SECONDS", -1)
    assert come(admin, flow, "b") == []


def test_programs_are_nobody(program: FlaskClient, flow: int) -> None:
    """Presence belongs to people."""
    answer = program.put(f"/api/automations/{flow}/presence", json={"tab": "a", "sign": 1})
    assert answer.status_code == 403


def test_without_redis_nobody_is_seen_and_nothing_breaks(admin: Caller, database: Session) -> None:
    """The database holds the truth; who is here is a courtesy."""
    assert come(admin, make_automation().id, "a") == []
