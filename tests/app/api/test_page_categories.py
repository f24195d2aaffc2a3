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
