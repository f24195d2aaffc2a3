"""Exports as Brevo's clients ask for them: begun, watched, fetched."""

import csv
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
import pytest
from brevo import Brevo
from brevo.contacts import RequestContactExportRequestCustomContactFilter as Filter
from flask.testing import FlaskClient
from sib_api_v3_sdk import (
    ApiClient,
    ContactsApi,
    ProcessApi,
    RequestContactExport,
    RequestContactExportCustomContactFilter,
)
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.jobs.exports import run_export
from app.models import AuditEntry, Outbox, Process, ProcessPiece, Workspace
from app.services import attributes, contact_files, contacts, imports, segments
from app.services.contacts import ContactInput
from nodes.catalog import Kind
from tests.factories.contacts import make_contact, make_contacts, make_list

EVERYBODY = Filter(action_for_contacts="allContacts")


@pytest.fixture(autouse=True)
def score(database: Session) -> None:
    """An attribute to export."""
    attributes.create("SCORE", Kind.NUMBER)


def fetched(client: FlaskClient, address: str) -> list[Mapping[str, str]]:
    answer = client.get(urlsplit(address).path)
    assert answer.status_code == 200
    return list(csv.DictReader(answer.get_data(as_text=True).splitlines(), delimiter=";"))


def written(brevo: Brevo, client: FlaskClient, **asked: object) -> list[Mapping[str, str]]:
    process = brevo.contacts.request_contact_export(**{"custom_contact_filter": EVERYBODY, **asked}).process_id
    run_export(process)
    return fetched(client, brevo.process.get_process(process).export_url)


def test_contacts_are_written_as_a_process(brevo: Brevo, sib: ApiClient, client: FlaskClient, database: Session):
    """Queued, then completed with the address of the file, which is fetched without a key; the client is told."""
    make_contact(email="ann@x.io", SCORE=20)
    process = brevo.contacts.request_contact_export(
        custom_contact_filter=EVERYBODY, notify_url="https://shop.example/done"
    ).process_id
    waiting = ProcessApi(sib).get_process(process)
    assert (waiting.name, waiting.status, waiting.export_url) == ("EXPORTUSER", "queued", None)
    run_export(process)
    done = brevo.process.get_process(process)
    assert done.status == "completed"
    (ann,) = fetched(client, done.export_url)
    named = [name for name in ann if name in {"FIRSTNAME", "SCORE", "SMS"}]
    assert [*list(ann)[:2], *named, *list(ann)[-2:]] == [
        *("CONTACT ID", "EMAIL", "FIRSTNAME", "SCORE", "SMS", "ADDED_TIME", "MODIFIED_TIME"),
    ]
    assert (ann["EMAIL"], ann["SCORE"]) == ("ann@x.io", "20")
    call = database.scalars(select(Outbox)).one()
    told = {"processId": process, "status": "finished", "url": done.export_url}
    assert (call.payload["url"], json.loads(call.payload["body"])) == ("https://shop.example/done", told)


def test_what_is_chosen_is_written(brevo: Brevo, client: FlaskClient, database: Session):
    """Attributes, identifiers, lists and subscriptions; times in the workspace's zone or in UTC."""
    database.execute(update(Workspace).values(time_zone="Asia/Tokyo", revision=Workspace.revision + 1))
    news = make_list("News")
    said = {"email": "ann@x.io", "phone": "+33612345678"}
    ann = contacts.create(ContactInput(fields=said, attributes={"FIRSTNAME": "=1+1"}, add_lists=[news]))
    chosen = {
        "export_attributes": ["sms", "FIRSTNAME"],
        "export_mandatory_attributes": False,
        "export_metadata": ["_listIds", "ADDED_TIME"],
        "export_subscription_status": ["email_marketing"],
    }
    (row,) = written(brevo, client, **chosen)
    assert row.pop("ADDED_TIME").endswith("+09:00")
    assert row == {"SMS": "33612345678", "FIRSTNAME": "'=1+1", "_listIds": str(news), "EMAIL_MARKETING": "subscribed"}
    (row,) = written(brevo, client, **chosen, export_date_in_utc=True)
    assert row["ADDED_TIME"] == contacts.get(ann).created_at.astimezone(UTC).isoformat(timespec="seconds")


def test_only_those_meant_are_written(brevo: Brevo, sib: ApiClient, client: FlaskClient):
    """By list, by segment, and by whether they take mail."""
    news = make_list("News")
    make_contact(email="on@x.io", lists=[news], SCORE=5)
    make_contact(email="off@x.io", SCORE=50)
    contacts.write([ContactInput(fields={"email": "left@x.io", "email_blacklisted": True}, add_lists=[news])])
    high = segments.create("High", {"all": [{"attribute": "SCORE", "op": "gt", "value": 10}]})

    def emails(**asked: object) -> list[str]:
        return [row["EMAIL"] for row in written(brevo, client, custom_contact_filter=Filter(**asked))]

    assert emails(action_for_contacts="allContacts", list_id=news) == ["on@x.io", "left@x.io"]
    assert emails(action_for_contacts="subscribed", list_id=news) == ["on@x.io"]
    assert emails(action_for_contacts="unsubscribed") == ["left@x.io"]
    assert emails(action_for_contacts="allContacts", segment_id=high) == ["off@x.io"]
    older = RequestContactExport(
        export_attributes=["EMAIL"],
        custom_contact_filter=RequestContactExportCustomContactFilter(action_for_contacts="subscribed", list_id=news),
    )
    process = ContactsApi(sib).request_contact_export(older).process_id
    run_export(process)
    assert [row["EMAIL"] for row in fetched(client, ProcessApi(sib).get_process(process).export_url)] == ["on@x.io"]


@pytest.mark.parametrize("people", [0, 3, 4])
def test_a_file_goes_on_where_it_broke_off(
    brevo: Brevo, client: FlaskClient, database: Session, monkeypatch: pytest.MonkeyPatch, people: int
):
    """Turn by turn, each contact once, whether the last piece is full or not; the clock finds what was begun."""
    monkeypatch.setattr(contact_files, "_BATCH", 2)
    monkeypatch.setattr(contact_files, "TURN_SECONDS", 0.0)
    queued: list[int] = []
    monkeypatch.setattr(contact_files, "hand_on", queued.append)
    make_contacts(people)
    process = brevo.contacts.request_contact_export(custom_contact_filter=EVERYBODY).process_id
    while contact_files.run(process):
        contact_files.resume()
        assert queued[-1] == process
    rows = fetched(client, brevo.process.get_process(process).export_url)
    assert len({row["EMAIL"] for row in rows}) == len(rows) == people
    assert contact_files.run(process) is False
    assert database.scalar(select(Process.processed).where(Process.id == process)) == people


def test_a_file_whose_segment_is_gone_ends(brevo: Brevo, client: FlaskClient, database: Session):
    """The process is over, without an address; so is one that broke off again and again."""
    segment = segments.create("All", {"all": [{"attribute": "SCORE", "op": "gt", "value": 10}]})
    asked = Filter(action_for_contacts="allContacts", segment_id=segment)
    process = brevo.contacts.request_contact_export(custom_contact_filter=asked).process_id
    segments.delete(segment)
    other = brevo.contacts.request_contact_export(custom_contact_filter=EVERYBODY).process_id
    database.execute(update(Process).where(Process.id == other).values(params=Process.params.concat({"starts": 8})))
    for each in (process, other):
        run_export(each)
        done = brevo.process.get_process(each)
        assert (done.status, done.export_url) == ("completed", None)


def test_a_file_is_kept_for_three_days(brevo: Brevo, client: FlaskClient, database: Session):
    """Not before it is written, not after; nobody makes an address."""
    process = brevo.contacts.request_contact_export(custom_contact_filter=EVERYBODY).process_id
    row = database.get_one(Process, process)
    path = urlsplit(row.params["address"]).path
    assert client.get(path).status_code == 404
    run_export(process)
    assert client.get(path).status_code == 200
    assert client.get(f"{path}x").status_code == 404
    row.created_at = datetime.now(UTC) - timedelta(days=3, seconds=1)
    database.flush()
    contact_files.forget_old()
    assert client.get(path).status_code == 404
    assert database.scalar(select(func.count()).select_from(ProcessPiece)) == 0


def test_no_file_outlives_who_stands_in_it(
    brevo: Brevo, client: FlaskClient, database: Session, monkeypatch: pytest.MonkeyPatch
):
    """Once a contact is erased, what was written is gone, and what is being written begins anew without it."""
    monkeypatch.setattr(contact_files, "_BATCH", 1)
    monkeypatch.setattr(contact_files, "TURN_SECONDS", 0.0)
    ann, _ = make_contact(email="ann@x.io"), make_contact(email="bob@x.io")
    done, begun = (brevo.contacts.request_contact_export(custom_contact_filter=EVERYBODY).process_id for _ in range(2))
    while contact_files.run(done):
        pass
    path = urlsplit(brevo.process.get_process(done).export_url).path
    assert client.get(path).status_code == 200
    assert contact_files.run(begun)
    contacts.delete([ann])
    assert client.get(path).status_code == 404
    assert database.scalars(select(ProcessPiece)).all() == []
    while contact_files.run(begun):
        pass
    assert [row["EMAIL"] for row in fetched(client, brevo.process.get_process(begun).export_url)] == ["bob@x.io"]


def test_who_fetches_a_file_is_noted(brevo: Brevo, client: FlaskClient, database: Session):
    """With how many people stand in it."""
    make_contact(email="ann@x.io")
    written(brevo, client)
    (entry,) = database.scalars(select(AuditEntry).where(AuditEntry.action == "fetched"))
    assert (entry.entity, entry.detail["count"]) == ("contact", 1)


def test_what_was_exported_can_be_imported(brevo: Brevo, client: FlaskClient):
    """The same values come back, telephone numbers and formulas among them."""
    values = {"FIRSTNAME": "=1+1", "SMS": "+33612345678", "SCORE": 2.5}
    brevo.contacts.create_contact(email="ann@x.io", attributes=values)
    process = brevo.contacts.request_contact_export(custom_contact_filter=EVERYBODY).process_id
    run_export(process)
    text = client.get(urlsplit(brevo.process.get_process(process).export_url).path).get_data(as_text=True)
    brevo.contacts.delete_contact("ann@x.io")
    imports.run(brevo.contacts.import_contacts(file_body=text).process_id)
    assert brevo.contacts.get_contact_info("ann@x.io").attributes.model_dump() == values


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"customContactFilter": {}},
        {"customContactFilter": {"actionForContacts": "unsubscribedPerList", "listId": 1}},
        {"customContactFilter": {"actionForEmailCampaigns": "openers", "emailCampaignId": 1}},
        {"customContactFilter": {"actionForContacts": "allContacts", "listId": 99}},
        {"customContactFilter": {"actionForContacts": "allContacts", "segmentId": 99}},
        {"customContactFilter": {"actionForContacts": "allContacts", "segmentId": 1, "listId": 1}},
        {"customContactFilter": {"actionForContacts": "allContacts"}, "exportAttributes": ["NOBODY"]},
        {"customContactFilter": {"actionForContacts": "allContacts"}, "exportMandatoryAttributes": False},
        {"customContactFilter": {"actionForContacts": "allContacts"}, "exportMetadata": ["_tags"]},
        {"customContactFilter": {"actionForContacts": "allContacts"}, "notifyUrl": "ftp://x.io"},
    ],
)
def test_a_bad_export_leaves_nothing_behind(wire: httpx.Client, database: Session, body: dict[str, object]):
    """What cannot be exported is a 400 that says why, and makes no process."""
    answer = wire.post("/contacts/export", json=body)
    assert (answer.status_code, set(answer.json())) == (400, {"code", "message"})
    assert database.scalar(select(func.count(Process.id))) == 0
