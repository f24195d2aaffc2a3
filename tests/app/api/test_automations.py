from copy import deepcopy
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.services import workspace
from tests.app.conftest import Caller, SignedIn
from tests.factories.automations import CALLING, happens, make_automation, make_score, opens, scoring

URL = "/api/automations"


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    make_score()


def made(caller: FlaskClient, **body: Any) -> dict[str, Any]:
    answer = caller.post(URL, json=body)
    assert answer.status_code == 201, answer.get_json()
    automation: dict[str, Any] = answer.get_json()
    return automation


def codes(answer: Any) -> set[tuple[str, str]]:
    return {(problem["field"], problem["code"]) for problem in answer.get_json()["errors"]}


def test_an_automation_is_made_three_ways(admin: Caller) -> None:
    """Empty, from a document, or from a template; a name of one's own goes first."""
    assert made(admin)["document"]["nodes"] == []
    assert made(admin, document=scoring(), name="Mine")["name"] == "Mine"
    assert made(admin, template="welcome_series")["name"] == "Welcome series"


def test_an_automation_is_whole(admin: Caller) -> None:
    """What is read back is what was sent, in canonical order, with all that the editor needs."""
    automation = made(admin, document=scoring())
    assert automation == admin.get(f"{URL}/{automation['id']}").get_json()
    assert automation["document"]["edges"][0] == {"from": "opened", "port": "next", "to": "points"}
    assert (automation["state"], automation["version"], automation["live_document"]) == ("draft", None, None)
    assert automation["created_at"].endswith("Z")


@pytest.mark.row("C8", "C17")
def test_a_draft_is_saved_with_what_is_to_say_of_it(admin: Caller) -> None:
    """The answer has the new revision, problems, and a phrase a step; an old revision gets 409 and changes nothing."""
    automation = made(admin)
    draft = {"document": scoring(re_entry=False), "base_revision": automation["draft_revision"]}
    saved = admin.put(f"{URL}/{automation['id']}/draft?lang=fr", json=draft).get_json()
    assert saved["draft_revision"] == automation["draft_revision"] + 1
    assert saved["summaries"]["points"] == "Ajouter 5 points à SCORE"
    assert [(each["code"], each["severity"]) for each in saved["problems"]] == [("re_entry_off", "warning")]
    draft["document"]["nodes"].pop()
    draft["document"]["edges"].pop()
    assert admin.put(f"{URL}/{automation['id']}/draft", json=draft).status_code == 409
    assert len(admin.get(f"{URL}/{automation['id']}").get_json()["document"]["nodes"]) == 4


@pytest.mark.row("C19")
def test_the_warning_about_re_entry_mends_itself(admin: Caller) -> None:
    """The check of a scoring automation without re-entry says so, with a patch that one click applies."""
    problem = admin.post(f"{URL}/check", json={"document": scoring(re_entry=False)}).get_json()["problems"][0]
    assert problem["message"] == "Re-entry is off, so each contact scores once."
    assert problem["fix"]["patch"] == {"re_entry": True}


def test_checking_keeps_nothing(admin: Caller) -> None:
    """A document is read and said in one sentence; no automation comes of it."""
    answer = admin.post(f"{URL}/check?lang=ru", json={"document": scoring()}).get_json()
    assert answer["sentence"].startswith("Письмо открыто")
    assert admin.get(URL).get_json()["items"] == []


@pytest.mark.row("C18")
def test_activation_lists_what_is_wrong(admin: Caller) -> None:
    """422 with every error, its step and field; mended, it is switched on."""
    document = scoring()
    document["nodes"][1]["config"]["attribute"] = "GONE"
    automation = made(admin, document=document)
    refused = admin.post(f"{URL}/{automation['id']}/activate", json={})
    assert (refused.status_code, codes(refused)) == (422, {("points/attribute", "unknown_attribute")})
    draft = {"document": scoring(), "base_revision": automation["draft_revision"]}
    admin.put(f"{URL}/{automation['id']}/draft", json=draft)
    active = admin.post(f"{URL}/{automation['id']}/activate", json={}).get_json()
    assert (active["state"], active["version"], active["activated_at"] is not None) == ("active", 1, True)


@pytest.mark.row("C19", "C20")
def test_re_entry_is_for_admins_until_a_setting_says_otherwise(admin: Caller, signed_in: SignedIn) -> None:
    """A marketer is refused with the reason; after an admin lets marketers choose, the same click works."""
    marketer = signed_in("marketer")
    url = f"{URL}/{made(marketer, document=scoring(re_entry=False))['id']}/activate"
    assert marketer.post(url, json={"re_entry": True}).status_code == 403
    assert marketer.post(url, json={"re_entry": False}).status_code == 200
    admin.patch("/api/workspace", json={"re_entry_by_marketers": True})
    active = marketer.post(url, json={"re_entry": True})
    assert active.get_json()["live_document"]["settings"]["re_entry"] is True


def test_the_way_of_an_automation(admin: Caller) -> None:
    """Activated, paused, resumed, archived, restored: each verb answers with the automation's new state."""
    automation = made(admin, document=scoring())
    states = [
        admin.post(f"{URL}/{automation['id']}/{verb}", json={}).get_json()["state"]
        for verb in ("activate", "pause", "resume", "archive", "restore")
    ]
    assert states == ["active", "paused", "active", "archived", "paused"]


def test_a_draft_is_renamed_copied_and_deleted(admin: Caller) -> None:
    """The name is changed in place; a copy is a draft; a draft in the archive can be deleted for good."""
    automation = made(admin, document=scoring())
    url = f"{URL}/{automation['id']}"
    assert admin.patch(url, json={"name": "  Hot leads "}).get_json()["document"]["name"] == "Hot leads"
    assert admin.post(f"{url}/duplicate?lang=fr").get_json()["name"] == "Hot leads (copie)"
    assert admin.delete(url).status_code == 409
    admin.post(f"{url}/archive")
    assert admin.delete(url).status_code == 204
    assert admin.get(url).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"document": []}, "document"),
        ({"document": {"format": "cadenza.automation/2", "name": "x"}}, "document.format"),
        (
            {"document": {"format": "cadenza.automation/1", "name": "x", "nodes": [{"id": "a b"}]}},
            "document.nodes[0].id",
        ),
        ({"document": {"format": "cadenza.automation/1", "name": "a\u0000b"}}, "document.name"),
        ({"name": "two\nlines"}, "name"),
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": 7}, "name"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_bad_documents_are_refused_by_field(admin: Caller, body: dict[str, Any], field: str) -> None:
    """A body that makes no automation is refused with the field at fault, and none is made."""
    answer = admin.post(URL, json=body)
    assert (answer.status_code, field in {problem["field"] for problem in answer.get_json()["errors"]}) == (422, True)
    assert admin.get(URL).get_json()["items"] == []


def test_a_file_goes_out_and_comes_in(admin: Caller) -> None:
    """The export is a file of that name; imported, it is the same automation."""
    automation = made(admin, document=scoring(), name="Scoring für alle!")
    exported = admin.get(f"{URL}/{automation['id']}/export")
    assert exported.headers["Content-Disposition"] == "attachment; filename=scoring-fur-alle.json"
    imported = admin.post(f"{URL}/import", json={"document": exported.get_json()})
    assert imported.get_json()["document"] == automation["document"]


def test_live_counts_and_runs(admin: Caller) -> None:
    """While it runs, each step counts, and each contact's run can be looked at."""
    automation = make_automation(scoring(), active=True)
    opens("maria@example.com")
    url = f"{URL}/{automation.id}"
    counts = admin.get(f"{url}/stats").get_json()
    assert counts["nodes"]["pause"] == {"waiting": 1, "passed": 0, "failed": 0}
    run = admin.get(f"{url}/enrollments?node=pause&state=active").get_json()["items"][0]
    assert (run["contact"]["email"], run["version"], run["wake_at"] is not None) == ("maria@example.com", 1, True)
    assert admin.get(f"{url}/enrollments?state=nowhere").status_code == 422
    assert admin.post(f"{url}/enrollments/{run['id']}/retry").status_code == 409


def test_the_list_has_a_page_a_time(admin: Caller) -> None:
    """A cursor leads from page to page; a made-up one is refused by name."""
    for _ in range(3):
        make_automation()
    first = admin.get(f"{URL}?limit=2").get_json()
    second = admin.get(f"{URL}?limit=2&cursor={first['next_cursor']}").get_json()
    assert (len(first["items"]), len(second["items"]), second["next_cursor"]) == (2, 1, None)
    assert codes(admin.get(f"{URL}?cursor=made-up")) == {("cursor", "bad_cursor")}
    assert admin.get(f"{URL}?limit=201").status_code == 422


def test_tokens_of_webhooks_are_for_editors(admin: Caller, signed_in: SignedIn) -> None:
    """Who may only look sees that a header is sent, not what it says, in the file too; for editors it is all there."""
    document = deepcopy(CALLING)
    document["nodes"][1]["config"]["headers"] = "X-Token: s3cret\nAuthorization: Bearer s3cret"
    path = f"{URL}/{made(admin, document=document)['id']}"
    assert admin.post(f"{path}/activate", json={}).status_code == 200
    guest = signed_in("guest")
    shown = guest.get(path).get_json()
    for each in (shown["document"], shown["live_document"], guest.get(f"{path}/export").get_json()):
        config = next(node["config"] for node in each["nodes"] if node["id"] == "hook")
        assert config == {"url": "https://example.com/hook", "headers": "X-Token: ***\nAuthorization: ***"}
    assert "Bearer s3cret" in admin.get(f"{path}/export").get_data(as_text=True)


def test_templates_and_steps_speak_the_readers_language(admin: Caller, signed_in: SignedIn) -> None:
    """The language asked for wins; without one, the person's own."""
    reader = signed_in("rep")
    reader.patch("/api/session/user", json={"locale": "ru"})
    assert reader.get(f"{URL}/templates").get_json()[0]["name"] == "Оценка лидов"
    assert reader.get(f"{URL}/templates?lang=fr").get_json()[0]["name"] == "Scoring des leads"
    steps = {each["key"]: each for each in admin.get("/api/node-types?lang=fr").get_json()}
    step = steps["conditional_split"]
    assert (step["kind"], step["ports"][0]) == ("rule", {"key": "yes", "label": "Oui", "opens": "always"})
    assert [(port["key"], port["opens"]) for port in steps["multi_split"]["ports"]] == [
        ("branches", "each"),
        ("else", "always"),
    ]
    assert steps["random_split"]["ports"][1] == {"key": "control", "label": "Groupe témoin", "opens": "filled"}
    assert step["schema"]["properties"]["condition"]["title"] == "Condition"
    assert admin.get("/api/node-types?lang=xx").status_code == 422


def test_the_properties_of_events_are_known_by_name(admin: Caller, database: Session) -> None:
    """What events were sent with, and what their triggers ask about; nothing that only we put there."""
    happens("order_placed", "ann@example.com", total=9, currency="EUR", message="Ring twice")
    happens("email_opened", "ann@example.com", message=7, automation=3, campaign_id=2, subject="Hello")
    happens("webhook_received", "ann@example.com", **{"@hook": "1:2", "message": "Hello"})
    known = {each["event"]: each["properties"] for each in admin.get("/api/events/properties").get_json()}
    assert known["order_placed"] == ["currency", "message", "total"]
    assert {"message_kind", "subject"} <= set(known["email_opened"])
    assert not {"message", "automation", "campaign_id"} & set(known["email_opened"])
    assert known["webhook_received"] == ["message"]


def test_of_names_without_end_the_commonest_are_known(admin: Caller, database: Session) -> None:
    """A sender that makes up names as it goes fills no picker with them."""
    for _ in range(2):
        happens("counted", "ann@example.com", zone="north")
    happens("counted", "ann@example.com", **{f"at_{number:03}": number for number in range(150)})
    known = {each["event"]: each["properties"] for each in admin.get("/api/events/properties").get_json()}
    assert known["counted"] == [*(f"at_{number:03}" for number in range(99)), "zone"]


def test_the_vocabulary_has_every_name(admin: Caller) -> None:
    """Pickers are offered what exists: attributes, active people, pipelines, and operators with their words."""
    workspace.setup()
    words = admin.get("/api/vocabulary?lang=fr").get_json()
    assert {"name": "SCORE", "kind": "number", "options": []} in words["attributes"]
    assert [user["email"] for user in words["users"]] == [admin.user.email]
    assert words["pipelines"][0]["stages"][0]["name"] == "New"
    assert {"key": "gte", "label": "est d’au moins", "value": "number"} in words["operators"]["number"]
    events = {each["name"]: each["label"] for each in words["events"]}
    assert events["email_opened"] == "E-mail ouvert"
    assert {"web_push_clicked", "date_reached", "webhook_received"} <= set(events)
    assert list(events.values()) == sorted(events.values(), key=str.casefold)
