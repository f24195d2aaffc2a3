"""Rules of pages over HTTP: who may change them, what is refused, and the way through the past."""

import pytest
from sqlalchemy.orm import Session

from app.services import workspace
from app.services.web import recategorising
from tests.app.conftest import Caller, SignedIn
from tests.factories.contacts import make_contact

RULE = {"by": "path", "value": "/shoes", "category": "Shoes"}
ADDRESS = "/api/page-categories"


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()


def test_rules_are_kept_in_order(admin: Caller):
    """What was saved is read again as it was."""
    rules = [RULE, {"by": "title", "value": "Hats", "category": "Hats"}]
    assert admin.put(ADDRESS, json={"rules": rules}).get_json()["rules"] == rules
    assert admin.get(ADDRESS).get_json() == {"rules": rules, "applying": None}


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ({**RULE, "by": "weather"}, "rules.0.by"),
        ({**RULE, "value": " "}, "rules.0.value"),
        ({**RULE, "category": "x" * 61}, "rules.0.category"),
        ({**RULE, "value": "a\0b"}, "rules.0.value"),
    ],
)
def test_a_rule_that_is_none_is_refused_by_its_place(admin: Caller, rule: dict[str, str], field: str):
    """Nothing is kept then."""
    answer = admin.put(ADDRESS, json={"rules": [rule]})
    assert answer.status_code == 422
    assert [each["field"] for each in answer.get_json()["errors"]] == [field]


def test_only_admins_change_rules(signed_in: SignedIn):
    """Marketers see them, and may try others."""
    marketer = signed_in("marketer")
    assert marketer.put(ADDRESS, json={"rules": []}).status_code == 403
    assert marketer.post(f"{ADDRESS}/preview", json={"rules": [RULE]}).get_json() == {"items": []}


def test_the_way_through_the_past_can_be_watched(admin: Caller):
    """It is under way once at a time."""
    make_contact()
    begun = admin.post(f"{ADDRESS}/apply", json={"days": 30})
    assert (begun.status_code, begun.get_json()["state"]) == (202, "queued")
    assert admin.post(f"{ADDRESS}/apply", json={"days": 30}).status_code == 409
    recategorising.work()
    done = admin.get(ADDRESS).get_json()["applying"]
    assert (done["state"], done["processed"], done["total"]) == ("completed", 1, 1)


def test_interests_of_nobody_are_not_found(admin: Caller):
    """A contact without interests has none; one that is not there is told so."""
    assert admin.get(f"/api/contacts/{make_contact()}/interests").get_json() == {"items": []}
    assert admin.get("/api/contacts/999999/interests").status_code == 404


def test_the_way_through_the_past_can_be_cancelled(admin: Caller, signed_in: SignedIn):
    """Once, while it is under way; then it may begin anew."""
    make_contact()
    assert admin.post(f"{ADDRESS}/cancel").status_code == 409
    admin.post(f"{ADDRESS}/apply", json={"days": 30})
    assert signed_in("marketer").post(f"{ADDRESS}/cancel").status_code == 403
    assert admin.post(f"{ADDRESS}/cancel").get_json()["state"] == "cancelled"
    recategorising.work()
    applying = admin.get(ADDRESS).get_json()["applying"]
    assert (applying["state"], applying["processed"]) == ("cancelled", 0)
    assert admin.post(f"{ADDRESS}/apply", json={"days": 30}).status_code == 202


def test_what_goes_on_breaking_is_given_up_with_the_reason(admin: Caller, monkeypatch: pytest.MonkeyPatch):
    """It is tried some times, the kind of fault in sight; then it stands still until somebody asks for it again."""
    make_contact()
    tries = []

    def broken(_rules: object) -> None:
        tries.append(1)
        raise ValueError("this view cannot be read")

    with monkeypatch.context() as breaking:
        breaking.setattr(recategorising, "Rules", broken)
        admin.post(f"{ADDRESS}/apply", json={"days": 30})
        recategorising.work()
        first = admin.get(ADDRESS).get_json()["applying"]
        assert (first["state"], first["error"]) == ("queued", "ValueError")
        for _ in range(2 * recategorising.MOST_FAULTS):
            recategorising.work()
    given_up = admin.get(ADDRESS).get_json()["applying"]
    assert (given_up["state"], given_up["error"], len(tries)) == ("failed", first["error"], recategorising.MOST_FAULTS)
    admin.post(f"{ADDRESS}/apply", json={"days": 30})
    recategorising.work()
    done = admin.get(ADDRESS).get_json()["applying"]
    assert (done["state"], done["error"]) == ("completed", None)


def test_a_fault_that_passes_is_forgotten(admin: Caller, monkeypatch: pytest.MonkeyPatch):
    """What broke once goes on where it stood."""
    make_contact()
    admin.post(f"{ADDRESS}/apply", json={"days": 30})
    with monkeypatch.context() as breaking:
        breaking.setattr(recategorising, "Rules", None)
        recategorising.work()
    recategorising.work()
    done = admin.get(ADDRESS).get_json()["applying"]
    assert (done["state"], done["processed"], done["error"]) == ("completed", 1, None)
