"""The settings of a step that other tools call: its address, its last calls, and taking them once more."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from app.errors import TooManyRequests
from app.models import AuditEntry, Enrollment, Hook, HookCall
from app.services import hooks, intake
from app.services.automations import activation, checking, drafts
from app.services.hooks import addresses, receiving, replaying
from tests.factories.automations import make_automation
from tests.factories.hooks import PAYLOAD, STEP, called, make_called, post
from tests.support.live import drain_all


def path(automation, rest=""):
    return f"/api/automations/{automation}/hooks/{STEP}{rest}"


def calls(admin, automation):
    return admin.get(path(automation, "/calls")).json


def inside(database):
    return len(database.scalars(select(Enrollment.id)).all())


def remap(automation, **mapping):
    document = called()
    document["nodes"][0]["config"]["mapping"] = mapping
    drafts.save_draft(automation, checking.read(document), drafts.get(automation).draft_revision)
    activation.activate(automation, "en")


def test_an_address_stays_until_it_is_changed(admin):
    """Asking twice gives the same; changing it gives another."""
    automation, token = make_called(active=False)
    first = admin.put(path(automation)).json
    assert first["url"].endswith(f":8000/hooks/{token}")
    assert admin.put(path(automation)).json == first
    assert admin.post(path(automation, "/rotate")).json["url"] != first["url"]


@pytest.mark.parametrize("step", ["x" * 65, "a.b", "é"])
def test_an_address_is_of_a_step(admin, step):
    """What can be no step's name has none; nor has an automation that is not there."""
    automation = make_automation().id
    assert admin.put(f"/api/automations/{automation}/hooks/{step}").status_code == 404
    assert admin.put(path(4242)).status_code == 404
    assert admin.post(path(automation, "/rotate")).status_code == 404
    assert admin.get(path(automation, "/calls")).status_code == 404


def test_addresses_of_removed_steps_make_room(admin, database, monkeypatch):
    """There are as many as there may be steps: those of steps that stand, or were just drawn, stay."""
    monkeypatch.setattr(addresses, "MOST_NODES", 3)
    automation, token = make_called()
    for step in ("drawn", "removed"):
        assert admin.put(f"/api/automations/{automation}/hooks/{step}").status_code == 200
    another = f"/api/automations/{automation}/hooks/another"
    assert admin.put(another).status_code == 409
    old = datetime.now(UTC) - timedelta(days=2)
    database.execute(update(Hook).where(Hook.step.in_(["removed", STEP])).values(created_at=old))
    assert admin.put(another).status_code == 200
    assert set(database.scalars(select(Hook.step))) == {STEP, "drawn", "another"}
    assert admin.put(path(automation)).json["url"].endswith(token)


def test_nothing_is_made_in_the_archive(admin):
    """An automation that was put away gets no new addresses."""
    automation = make_automation().id
    activation.archive(automation)
    assert admin.put(path(automation)).status_code == 409


@pytest.mark.parametrize("role", ["rep", "guest"])
def test_who_may_not_edit_sees_neither_address_nor_calls(signed_in, role):
    """Both would let them do more than they may."""
    automation, _ = make_called()
    caller = signed_in(role)
    assert caller.put(path(automation)).status_code == 403
    assert caller.get(path(automation, "/calls")).status_code == 403


def test_calls_show_what_a_mapping_may_choose_from(admin, client):
    """Each value by its path, in short; what became of the call, and whose it was."""
    automation, token = make_called()
    post(client, token)
    (call,) = calls(admin, automation)["items"]
    assert (call["result"], call["problem"]) == ("accepted", None)
    assert call["contact"]["name"] == "maria@example.com"
    assert {"path": "order.items.0.name", "value": "tea"} in call["values"]
    assert {"path": "order.tags", "value": '["new","gift"]'} in call["values"]


def test_a_refused_call_is_replayed_once_the_mapping_is_mended(admin, client, database):
    """It says what was wrong, is refused again while it is, and then lets its contact in, once."""
    automation, token = make_called(mapping={"email": "nowhere"})
    post(client, token)
    shown = calls(admin, automation)
    (call,) = shown["items"]
    assert (shown["refused"], call["problem"]["field"], call["problem"]["code"]) == (1, "nowhere", "nobody_named")
    assert admin.post(path(automation, f"/calls/{call['id']}/replay")).json["result"] == "refused"
    remap(automation, email="customer.email")
    replayed = admin.post(path(automation, f"/calls/{call['id']}/replay")).json
    assert (replayed["result"], replayed["problem"]) == ("accepted", None)
    drain_all()
    assert inside(database) == 1
    assert admin.post(path(automation, f"/calls/{call['id']}/replay")).status_code == 409
    assert admin.post(path(automation, "/calls/999/replay")).status_code == 404


def test_what_came_during_a_pause_is_replayed_at_once(admin, client, database):
    """All of it in the order it came in; what cannot be read stays."""
    automation, token = make_called(mapping={"email": "customer.email"})
    activation.pause(automation)
    post(client, token)
    post(client, token, {"customer": {"email": "bob@example.com"}})
    post(client, token, {"customer": {"email": "nonsense"}})
    assert admin.post(path(automation, "/replay")).status_code == 409
    activation.resume(automation)
    assert admin.post(path(automation, "/replay")).json == {"accepted": 2, "refused": 1, "left": 0}
    drain_all()
    assert (inside(database), calls(admin, automation)["refused"]) == (2, 1)


@pytest.fixture
def kept(client):
    """An automation that was paused while three people were sent."""
    automation, token = make_called(mapping={"email": "mail"})
    activation.pause(automation)
    for name in "abc":
        post(client, token, {"mail": f"{name}@example.com"})
    activation.resume(automation)
    return automation


def test_each_call_is_replayed_for_itself(admin, database, monkeypatch, kept):
    """One that is gone, or was taken meanwhile, keeps no other from being taken."""
    first, *others = database.scalars(select(HookCall.id).order_by(HookCall.id))
    assert admin.post(path(kept, f"/calls/{first}/replay")).status_code == 200
    monkeypatch.setattr(hooks.calls, "refused_ids", lambda *_: [999_999, first, *others])
    assert admin.post(path(kept, "/replay")).json == {"accepted": 2, "refused": 0, "left": 0}


def test_what_was_replayed_before_it_had_to_end_is_told(admin, database, monkeypatch, kept):
    """Too much to do, or too little time: what was done is done, and the rest is left for another time."""
    answers = iter(["taken", "busy"])

    def sometimes(*given):
        if next(answers) == "busy":
            raise TooManyRequests("Too far behind.", 5)
        return receiving.record(*given)

    monkeypatch.setattr(replaying, "record", sometimes)
    assert admin.post(path(kept, "/replay")).json == {"accepted": 1, "refused": 0, "left": 2}
    audited = database.scalars(select(AuditEntry.detail).where(AuditEntry.action == "automation.call_replayed")).one()
    assert audited["count"] == 1
    monkeypatch.setattr(replaying, "_AT_ONCE_SECONDS", -1)
    assert admin.post(path(kept, "/replay")).json == {"accepted": 0, "refused": 0, "left": 2}


def test_a_replay_survives_a_deadlock(admin, database, monkeypatch, kept):
    """Others write to the same contact: the event is recorded in another transaction."""
    record, deadlocks = intake._record, ["one"]

    def unlucky(session, *rest):
        if deadlocks:
            deadlocks.pop()
            session.execute(text("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'deadlock_detected'; END $$"))
        return record(session, *rest)

    monkeypatch.setattr(intake, "_record", unlucky)
    assert admin.post(path(kept, "/replay")).json == {"accepted": 3, "refused": 0, "left": 0}


def test_an_example_is_replayed_once_the_step_runs(admin, client, database):
    """Before, it is told what to do."""
    automation, token = make_called(active=False)
    post(client, token)
    (call,) = calls(admin, automation)["items"]
    replay = path(automation, f"/calls/{call['id']}/replay")
    assert admin.post(replay).status_code == 409
    activation.activate(automation, "en")
    assert admin.post(replay).json["contact"]["name"] == PAYLOAD["customer"]["email"]
    drain_all()
    assert inside(database) == 1


def test_an_example_by_the_author_is_kept_like_a_call(admin, database):
    """Its values can be chosen from at once; nobody enters, and what could not be sent is refused."""
    automation, _ = make_called()
    answer = admin.post(path(automation, "/calls"), json={"payload": PAYLOAD})
    assert (answer.status_code, answer.json["result"]) == (201, "example")
    assert calls(admin, automation)["items"] == [answer.json]
    assert {"path": "order.items.0.name", "value": "tea"} in answer.json["values"]
    drain_all()
    assert inside(database) == 0
    assert admin.post(path(automation, "/calls"), json={"payload": ["a"]}).status_code == 422
    assert admin.post(path(automation, "/calls"), json={"payload": {"a": "\0"}}).json["errors"][0]["field"] == "a"


def test_what_was_refused_waits_on_when_its_words_become_the_example(admin, client, database):
    """Whoever mends the mapping by what could not be understood has it taken afterwards."""
    automation, token = make_called(mapping={"email": "nowhere"})
    post(client, token)
    admin.post(path(automation, "/calls"), json={"payload": PAYLOAD})
    assert calls(admin, automation)["refused"] == 1


def test_a_mapping_is_tried_before_it_is_in_force(admin, client):
    """What a call would lead to by it: whose it is, known or new, and attributes as they would stand there."""
    automation, token = make_called()
    kept = admin.post(path(automation, "/calls"), json={"payload": PAYLOAD}).json
    tried = path(automation, f"/calls/{kept['id']}/preview")
    mapping = {"email": "customer.email", "message_id": "order.id", "attributes": {"AGE": "customer.age"}}
    expected = {
        "problem": None,
        "contact": None,
        "identifiers": [{"name": "email", "value": "maria@example.com"}],
        "attributes": [{"name": "AGE", "value": "31"}],
        "message_id": "o-1",
    }
    assert admin.post(tried, json={"mapping": mapping}).json == expected
    post(client, token)
    assert admin.post(tried, json={"mapping": mapping}).json["contact"]["name"] == "maria@example.com"


@pytest.mark.parametrize(
    ("mapping", "field"),
    [
        ({"email": "customer.mail"}, "customer.mail"),
        ({"email": "customer.city"}, "customer.city"),
        ({"email": "customer.email", "attributes": {"AGE": "customer.city"}}, "customer.city"),
        ({"email": "customer.email", "attributes": {"GONE": "customer.city"}}, "customer.city"),
    ],
)
def test_a_mapping_that_would_be_refused_says_why(admin, mapping, field):
    """The path in what was sent is named."""
    automation, _ = make_called()
    kept = admin.post(path(automation, "/calls"), json={"payload": PAYLOAD}).json
    tried = admin.post(path(automation, f"/calls/{kept['id']}/preview"), json={"mapping": mapping}).json
    assert tried["problem"]["field"] == field


@pytest.mark.parametrize("mapping", [None, {}, {"attributes": {}}, {"email": 3}, {"mail": "a"}])
def test_what_is_no_mapping_cannot_be_tried(admin, mapping):
    """One that names nobody, or what nothing is known of."""
    automation, _ = make_called()
    kept = admin.post(path(automation, "/calls"), json={"payload": PAYLOAD}).json
    answer = admin.post(path(automation, f"/calls/{kept['id']}/preview"), json={"mapping": mapping})
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "mapping")
