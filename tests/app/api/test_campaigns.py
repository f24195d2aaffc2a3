"""Campaigns through our own API: written, checked, sent, told of; by whom."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models import AuditEntry, Campaign
from tests.factories.campaigns import list_of, work
from tests.factories.mailing import template
from tests.support.mailbox import Mailbox


def written(marketer: FlaskClient, **settings: Any) -> dict[str, Any]:
    """A draft of a marketer's."""
    answer = marketer.post("/api/campaigns", json={"name": "Sale", "settings": settings})
    assert answer.status_code == 201, answer.json
    made: dict[str, Any] = answer.json
    return made


def test_a_campaign_is_written_sent_and_told_of(signed_in: Any, database: Session, mailbox: Mailbox):
    """From the empty draft to the list of its recipients; each step is in the log."""
    marketer = signed_in("marketer")
    path = f"/api/campaigns/{written(marketer)['id']}"
    settings = {"lists": [list_of("a@example.com", "b@example.com")], "template": template(), "subject": "Only today"}
    marketer.put(path, json={"name": "Autumn sale", "settings": settings})
    asked = marketer.post("/api/campaigns/estimate", json=settings).json
    assert (asked["found"], asked["reached"]) == (2, 2)
    assert marketer.post(f"{path}/test", json={"to": "me@example.com"}).status_code == 204
    assert marketer.post(f"{path}/start").json["state"] == "sending"
    work(database)
    assert [each["Subject"] for each in mailbox.letters] == ["[Test] Only today", "Only today", "Only today"]
    (line,) = marketer.get("/api/campaigns?search=autumn").json["items"]
    assert (line["state"], line["settled"], line["total"]) == ("done", 2, 2)
    told = marketer.get(f"{path}/report").json
    assert (told["sent"], told["delivered"], told["campaign"]["created_by"]["name"][:4]) == (2, 2, "User")
    names = [each["address"] for each in marketer.get(f"{path}/recipients?which=sent").json["items"]]
    assert sorted(names) == ["a@example.com", "b@example.com"]
    actions = database.scalars(select(AuditEntry.action).where(AuditEntry.entity == "campaign").order_by(AuditEntry.id))
    assert actions.all() == ["created", "updated", "campaign.started"]


def test_what_is_missing_is_named_and_nothing_leaves(signed_in: Any, database: Session, mailbox: Mailbox):
    """Field by field, in one answer."""
    marketer = signed_in("marketer")
    made = written(marketer)
    answer = marketer.post(f"/api/campaigns/{made['id']}/start")
    assert answer.status_code == 422
    assert {each["field"] for each in answer.json["errors"]} == {"lists", "template"}
    assert marketer.get(f"/api/campaigns/{made['id']}").json["state"] == "draft"


def test_what_was_started_is_not_changed_but_copied(signed_in: Any, database: Session, mailbox: Mailbox):
    """The copy is a draft that says the same, but for the time; a draft can be deleted."""
    marketer = signed_in("marketer")
    settings = {"lists": [list_of("a@example.com")], "template": template(), "send_at": "2100-01-01T09:00:00Z"}
    path = f"/api/campaigns/{written(marketer, **settings)['id']}"
    marketer.post(f"{path}/start")
    assert marketer.put(path, json={"name": "Other"}).status_code == 409
    assert marketer.delete(path).status_code == 409
    copy = marketer.post(f"{path}/copy").json
    assert (copy["name"], copy["state"], copy["settings"]["send_at"]) == ("Sale (2)", "draft", None)
    assert copy["settings"]["lists"] == settings["lists"]
    assert marketer.delete(f"/api/campaigns/{copy['id']}").status_code == 204
    assert marketer.post(f"{path}/unschedule").json["state"] == "draft"


def test_who_saw_another_draft_neither_writes_over_it_nor_starts_it(
    signed_in: Any, database: Session, mailbox: Mailbox
):
    """Of two at the same draft the second is told; whoever names no revision means whichever there is."""
    marketer = signed_in("marketer")
    settings = {"lists": [list_of("a@example.com")], "template": template()}
    made = written(marketer, **settings)
    path, seen = f"/api/campaigns/{made['id']}", {"revision": made["revision"]}
    mine = marketer.put(path, json={"name": "Mine", "settings": settings, **seen})
    assert (mine.status_code, mine.json["revision"]) == (200, made["revision"] + 1)
    theirs = marketer.put(path, json={"name": "Theirs", **seen})
    assert (theirs.status_code, theirs.json["errors"][0]["code"]) == (409, "outdated")
    assert marketer.post(f"{path}/start", json=seen).status_code == 409
    assert [marketer.get(path).json[each] for each in ("name", "state")] == ["Mine", "draft"]
    assert marketer.put(path, json={"name": "Whichever", "settings": settings}).status_code == 200
    assert marketer.post(f"{path}/start", json={"revision": made["revision"] + 2}).json["state"] == "sending"


def test_what_has_begun_is_not_called_off_by_taking_it_back(signed_in: Any, database: Session, mailbox: Mailbox):
    """Taking back is for what waits, calling off for what has begun."""
    marketer = signed_in("marketer")
    settings = {"lists": [list_of("a@example.com")], "template": template(), "send_at": "2100-01-01T09:00:00Z"}
    path = f"/api/campaigns/{written(marketer, **settings)['id']}"
    marketer.post(f"{path}/start")
    assert marketer.post(f"{path}/cancel").status_code == 409
    database.execute(update(Campaign).values(state="sending"))
    assert marketer.post(f"{path}/unschedule").status_code == 409
    assert marketer.get(path).json["state"] == "sending"


def test_without_a_mail_server_none_starts(signed_in: Any, database: Session):
    """It would be for nothing."""
    marketer = signed_in("marketer")
    made = written(marketer, lists=[list_of("a@example.com")], template=template())
    answer = marketer.post(f"/api/campaigns/{made['id']}/start")
    assert (answer.status_code, "no mail server" in answer.json["detail"]) == (409, True)


def test_a_rep_reads_and_sends_none(signed_in: Any, database: Session):
    """Reading what came of it is for everybody."""
    made = written(signed_in("marketer"))
    rep = signed_in("rep")
    assert rep.get("/api/campaigns").status_code == 200
    assert rep.post(f"/api/campaigns/{made['id']}/start").status_code == 403
    assert rep.post("/api/campaigns", json={"name": "Mine"}).status_code == 403
