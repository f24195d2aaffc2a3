"""Letting contacts into automations through the API."""

import pytest

from app.models import PARTITIONS
from app.services.drain import drain
from tests.factories.automations import make_automation, make_score, scoring
from tests.factories.contacts import make_contact


@pytest.fixture
def automation(database):
    make_score()
    return make_automation(scoring(), active=True).id


def let_in():
    drain(range(PARTITIONS))


def test_contacts_enter_by_whatever_names_them(admin, automation):
    """Ids, addresses and external ids; unknown ones are counted, and a repeated message does nothing more."""
    first = make_contact(email="ann@example.com")
    body = {"contacts": [{"id": first}, {"email": "ANN@example.com"}, {"ext_id": "nope"}, {}], "message_id": "m-1"}
    path = f"/api/automations/{automation}/entries"
    assert admin.post(path, json=body).json == {"accepted": 1, "duplicates": 0, "not_found": 2, "bulk_entry": None}
    assert admin.post(path, json=body).json["duplicates"] == 1
    let_in()
    (run,) = admin.get(f"/api/automations/{automation}/enrollments").json["items"]
    assert run["contact"]["id"] == first


def test_a_crowd_is_followed_and_cancelled(admin, automation):
    """Its figures move on, its journeys say how contacts came in, and an ended one cannot be cancelled."""
    contact = make_contact(tags=["vip"])
    segment = admin.post("/api/segments", json={"name": "VIP", "condition": {"tag": "vip", "op": "has"}}).json["id"]
    path = f"/api/automations/{automation}/entries"
    asked = admin.post(path, json={"crowd": {"segment": segment}})
    assert (asked.status_code, asked.json["accepted"]) == (202, 1)
    let_in()
    (shown,) = admin.get(path).json["items"]
    assert (shown["name"], shown["total"], shown["taken"], shown["entered"]) == ("VIP", 1, 1, 1)
    assert shown["created_by"]["id"] == admin.user.id
    assert admin.post(f"{path}/{shown['id']}/cancel").status_code == 409
    (journey,) = admin.get(f"/api/contacts/{contact}/enrollments").json["items"]
    assert journey["event"]["name"] == "Added with “VIP”"


def test_one_run_is_read_alone(admin, automation):
    """As in the list of its contact's runs; it is no run of another contact."""
    contact, other = make_contact(tags=["vip"]), make_contact()
    admin.post(f"/api/automations/{automation}/entries", json={"contacts": [{"id": contact}]})
    let_in()
    (run,) = admin.get(f"/api/contacts/{contact}/enrollments").json["items"]
    assert admin.get(f"/api/contacts/{contact}/enrollments/{run['id']}").json == run
    assert admin.get(f"/api/contacts/{other}/enrollments/{run['id']}").status_code == 404


def test_a_crowd_is_cancelled(admin, automation):
    """Nobody enters after the answer."""
    make_contact()
    path = f"/api/automations/{automation}/entries"
    number = admin.post(path, json={"crowd": {}}).json["bulk_entry"]
    assert admin.post(f"{path}/{number}/cancel").json["cancelled_at"] is not None
    let_in()
    assert admin.get(f"/api/automations/{automation}/enrollments").json["items"] == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"contacts": [{"id": 1}], "crowd": {}}, 422),
        ({"contacts": []}, 422),
        ({"contacts": [{"id": 1}] * 1001}, 422),
        ({"crowd": {"segment": 999}}, 404),
        ({"crowd": {"condition": {"tag": "x"}}}, 422),
        ({"crowd": {}, "properties": {"a b": 1}}, 422),
    ],
)
def test_what_makes_no_sense_is_refused(admin, automation, body, status):
    """Nothing enters."""
    assert admin.post(f"/api/automations/{automation}/entries", json=body).status_code == status


def test_an_automation_that_is_off_refuses(admin):
    """409, with what to do."""
    draft = make_automation().id
    assert admin.post(f"/api/automations/{draft}/entries", json={"crowd": {}}).status_code == 409
