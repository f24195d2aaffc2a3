"""Test runs and scenarios over HTTP."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.services.automations import drafts
from nodes.texts import LANGUAGES
from tests.app.conftest import Caller
from tests.factories.automations import make_automation, make_score
from tests.factories.contacts import make_contact
from tests.support.documents import SCORING
from tests.support.live import document as document_of
from tests.support.sinks import every_sink_closed

STORY = {"story": [{"trigger": "opened", "properties": {"message_kind": "campaign"}}]}
TEXT = """Hot
  given SCORE = 15
  enter opened message_kind = "campaign"
  expect hot yes

Not hot yet
  enter opened message_kind = "campaign"
  expect hot yes
"""


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    make_score()


def drafted() -> int:
    """The lead scoring, drafted; whoever is hot is tagged, told about outside, and written down."""
    document = deepcopy(SCORING)
    document["nodes"] = [each for each in document["nodes"] if each["id"] not in {"assign", "alert"}]
    document["nodes"] += [
        {"id": "tag", "type": "add_tag", "config": {"tag": "hot"}},
        {"id": "hook", "type": "call_webhook", "config": {"url": "https://example.com/hook"}},
        {"id": "alert", "type": "send_alert", "config": {"to": "owner", "title": "Hot!", "by_mail": True}},
        {"id": "note", "type": "add_note", "config": {"text": "Hot"}},
    ]
    ways = [("hot", "yes", "tag"), ("tag", "next", "hook"), ("hook", "next", "alert"), ("alert", "next", "note")]
    document["edges"] = [each for each in document["edges"] if each["from"] in {"opened", "pushed", "points"}]
    document["edges"] += [{"from": source, "port": port, "to": target} for source, port, target in ways]
    return make_automation(document).id


def tried(caller: FlaskClient, automation: int, **body: Any) -> dict[str, Any]:
    answer = caller.post(f"/api/automations/{automation}/test-runs?lang=en", json=body)
    assert answer.status_code == 200, answer.get_json()
    found: dict[str, Any] = answer.get_json()
    return found


def test_nothing_leaves_a_test_run(admin: Caller, database: Session) -> None:
    """All kinds of effects happen on paper only: every sink there is fails this test when it is touched."""
    automation, contact = drafted(), make_contact(email="ann@example.com", SCORE=15)
    with every_sink_closed(database):
        came = tried(admin, automation, contact_id=contact, scenario=STORY)
    assert came["ending"] == "left"
    assert [line for step in came["steps"] for line in step["did"]] == [
        "SCORE = 20",
        "tag “hot”",
        "call POST https://example.com/hook",
        "alert the admins: “Hot!”",
        "note “Hot”",
    ]


def test_a_closed_sink_is_noticed(admin: Caller, database: Session) -> None:
    """The proof above can fail: a contact's change is a write."""
    contact = make_contact(email="ann@example.com")
    with every_sink_closed(database):
        answer = admin.patch(f"/api/contacts/{contact}", json={"attributes": {"SCORE": 1}})
    assert answer.status_code == 500


def test_a_test_run_shows_values_at_each_step(admin: Caller) -> None:
    """Each step tells its way, why, and the facts after it."""
    came = tried(admin, drafted(), scenario={"given": {"attributes": {"SCORE": 10}}, **STORY})
    assert [(step["node"], step["way"], step["because"]) for step in came["steps"]] == [
        ("opened", None, None),
        ("points", None, None),
        ("hot", "No", "SCORE: 15; is at least 20 → no"),
    ]
    assert [fact for step in came["steps"] for fact in step["facts"] if fact["changed"]] == [
        {"name": "SCORE", "value": "15", "changed": True}
    ]


def test_where_a_contact_left_is_told_in_every_language(admin: Caller) -> None:
    """By a way with nothing behind it, of which the step and the way are named; a drawn end needs no words."""
    automation = drafted()
    cold = tried(admin, automation, scenario=STORY)
    assert (cold["ending"], cold["node"]) == ("left", "hot")
    assert cold["reason"] == "Left after “SCORE is at least 20?” by “No”: nothing follows there."
    url = f"/api/automations/{automation}/test-runs"
    said = {admin.post(f"{url}?lang={each}", json={"scenario": STORY}).get_json()["reason"] for each in LANGUAGES}
    assert len(said) == 3
    hot = tried(admin, automation, scenario={"given": {"attributes": {"SCORE": 15}}, **STORY})
    assert (hot["ending"], hot["node"], hot["reason"]) == ("left", "note", None)


def test_who_is_taken_out_did_not_come_to_the_end(admin: Caller) -> None:
    """An exit condition is named with the step before which it was met."""
    document = dict(deepcopy(drafts.get(drafted()).document))
    document["settings"]["exit_conditions"] = [{"all": [{"attribute": "SCORE", "op": "gte", "value": 5}]}]
    came = tried(admin, make_automation(document).id, scenario=STORY)
    assert (came["ending"], came["reason"]) == ("left", "Met an exit condition, at “SCORE is at least 20?”.")


def test_an_exit_is_a_drawn_end(admin: Caller) -> None:
    """Whoever leaves there went all the way."""
    steps = [("opened", "email_opened", {}), ("out", "exit", {})]
    came = tried(admin, make_automation(document_of(steps, [("opened", "next", "out")])).id, scenario=STORY)
    assert (came["ending"], came["node"], came["reason"]) == ("left", "out", None)


def test_an_event_that_does_not_fit_lets_nobody_in(admin: Caller) -> None:
    """Without the kind of message that the filter asks for there is no way at all."""
    came = tried(admin, drafted(), scenario={"story": [{"trigger": "opened"}]})
    assert (came["ending"], came["steps"]) == ("none", [])


def test_a_draft_that_cannot_run_is_not_rehearsed(admin: Caller) -> None:
    """The first thing that is wrong is said."""
    automation = make_automation().id
    answer = admin.post(f"/api/automations/{automation}/test-runs", json={})
    assert (answer.status_code, answer.get_json()["errors"][0]["code"]) == (422, "no_trigger")


def test_scenarios_are_kept_run_changed_and_forgotten(admin: Caller) -> None:
    """A text of two becomes two scenarios; one of them fails until it is put right."""
    url = f"/api/automations/{drafted()}/scenarios"
    kept = admin.post(url, json={"text": TEXT}).get_json()["items"]
    assert "".join(f"{each['text']}\n" for each in kept).rstrip() == TEXT.rstrip()
    results = admin.post(f"{url}/run?lang=en", json={}).get_json()["items"]
    assert [(each["name"], each["holds"]) for each in results] == [("Hot", True), ("Not hot yet", False)]
    assert [each["text"] for each in results[1]["verdicts"]] == ["“SCORE is at least 20?”: Yes – but: No"]
    admin.put(f"{url}/{kept[1]['id']}", json={"text": kept[1]["text"].replace("hot yes", "hot no")})
    assert all(each["holds"] for each in admin.post(f"{url}/run", json={}).get_json()["items"])
    assert admin.delete(f"{url}/{kept[0]['id']}").status_code == 204
    assert [each["name"] for each in admin.get(url).get_json()["items"]] == ["Not hot yet"]


def test_a_text_that_is_no_scenario_is_refused(admin: Caller) -> None:
    """The refusal names the line, in the language that was asked for."""
    url = f"/api/automations/{drafted()}/scenarios"
    answer = admin.post(f"{url}?lang=en", json={"text": "Hot\n  hopes for yes"})
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "text")
    assert answer.get_json()["detail"] == "Line 2: “hopes” is not one of given, at, enter, after, expect."
    assert "Строка 2" in admin.post(f"{url}?lang=ru", json={"text": "Hot\n  hopes for yes"}).get_json()["detail"]
    kept = admin.post(url, json={"text": TEXT}).get_json()["items"][0]["id"]
    refused = admin.put(f"{url}/{kept}?lang=ru", json={"text": TEXT})
    assert refused.get_json()["errors"][0]["message"] == "Напишите здесь один сценарий."


def test_steps_that_do_not_exist_are_refused_with_those_that_do(admin: Caller) -> None:
    """As text by the line, as data as a whole; the draft on the canvas counts, where it is sent along."""
    automation = drafted()
    url = f"/api/automations/{automation}/scenarios"
    text = "Hot\n  enter opened\n  expect split yes"
    said = admin.post(f"{url}?lang=en", json={"text": text}).get_json()["detail"]
    assert said.startswith("Line 3: there is no step “split”; the steps are: ")
    assert "hot (SCORE is at least 20?)" in said
    said = admin.post(f"{url}?lang=en", json={"text": "Hot\n  enter hot"}).get_json()["detail"]
    assert said.startswith("Line 2: nobody enters by “hot”; triggers are: opened (")
    refused = admin.post(f"{url}?lang=fr", json={"scenario": {"expect": [{"kind": "waits", "node": "split"}]}})
    assert (refused.status_code, refused.get_json()["errors"][0]["code"]) == (422, "unknown_step")
    document = deepcopy(dict(drafts.get(automation).document))
    document["nodes"].append({"id": "split", "type": "exit", "config": {}})
    assert admin.post(url, json={"text": text, "document": document}).status_code == 201


def test_a_scenario_whose_step_is_gone_says_so(admin: Caller) -> None:
    """What it says can no longer be told, though it was said when the step was there."""
    url = f"/api/automations/{drafted()}/scenarios"
    admin.post(url, json={"text": "Cold\n  enter opened\n  expect not tag"})
    document = document_of([("opened", "email_opened", {}), ("out", "exit", {})], [("opened", "next", "out")])
    (result,) = admin.post(f"{url}/run?lang=en", json={"document": document}).get_json()["items"]
    assert not result["holds"]
    assert result["fault"].startswith("In this scenario there is no step “tag”; the steps are: opened (")


def test_a_failing_scenario_keeps_the_draft_from_running(admin: Caller) -> None:
    """Unless somebody says why; the log keeps who and the reason."""
    automation = drafted()
    admin.post(f"/api/automations/{automation}/scenarios", json={"text": TEXT})
    refused = admin.post(f"/api/automations/{automation}/activate", json={})
    assert refused.status_code == 409
    assert [(each["code"], each["message"]) for each in refused.get_json()["errors"]] == [
        ("scenario_fails", "Not hot yet")
    ]
    done = admin.post(f"/api/automations/{automation}/activate", json={"override": "The threshold moves next week"})
    assert done.get_json()["state"] == "active"
    log = admin.get("/api/audit").get_json()["items"]
    (entry,) = [each for each in log if each["action"] == "automation.scenarios_overridden"]
    assert entry["detail"] == {"scenarios": ["Not hot yet"], "reason": "The threshold moves next week"}
    assert entry["user"]["id"] == admin.user.id


def test_the_command_runs_scenarios(app: Flask, database: Session, tmp_path: Path) -> None:
    """`flask automation test` ends with 1 where one fails, and says what came instead."""
    automation, file = drafted(), tmp_path / "scenarios.txt"
    file.write_text(TEXT)
    came = app.test_cli_runner().invoke(args=["automation", "test", str(automation), str(file)])
    assert came.exit_code == 1
    assert came.output.splitlines() == [
        "ok: Hot",
        "FAILED: Not hot yet",
        "    “SCORE is at least 20?”: Yes – but: No",
        "1 of 2 hold.",
    ]


def test_the_command_names_unknown_steps(app: Flask, database: Session, tmp_path: Path) -> None:
    """Before anything is run, with the line and the steps there are."""
    automation, file = drafted(), tmp_path / "scenarios.txt"
    file.write_text(TEXT.replace("expect hot", "expect split"))
    came = app.test_cli_runner().invoke(args=["automation", "test", str(automation), str(file)])
    assert came.exit_code == 1
    assert "Line 4: there is no step “split”; the steps are: opened (" in came.output
