import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from brevo import Brevo
from brevo.contacts import ImportContactsRequestJsonBodyItem, ImportContactsRequestNewList
from sib_api_v3_sdk import ApiClient, ContactsApi, ProcessApi, RequestContactImport
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Contact, ContactList, Outbox, Process
from app.services import attributes, imports, lists
from nodes.catalog import Kind

CSV = "EMAIL;FIRSTNAME;SCORE;NOBODY\nann@x.io;Ann;20;x\nbob@x.io;Böb;many;y\nnobody;No;1;z\n"


@pytest.fixture(autouse=True)
def score(database: Session) -> None:
    """An attribute to import into."""
    attributes.create("SCORE", Kind.NUMBER)


def people(brevo: Brevo) -> dict[str, dict[str, object]]:
    return {each.email: each.attributes.model_dump() for each in brevo.contacts.get_contacts(limit=100).contacts}


@pytest.fixture
def files(reachable_loopback: None) -> Iterator[str]:
    """An address where the file lies, at another server."""

    class Files(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/people.csv" else 404)
            self.end_headers()
            self.wfile.write(CSV.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Files)
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_text_is_imported_as_a_process(brevo: Brevo, sib: ApiClient):
    """An import is queued, then completed: columns go by name, what does not fit is left out, bad rows are told."""
    made = brevo.contacts.import_contacts(file_body=CSV, new_list=ImportContactsRequestNewList(list_name="New"))
    assert ProcessApi(sib).get_process(made.process_id).status == "queued"
    imports.run(made.process_id)
    assert people(brevo) == {"ann@x.io": {"FIRSTNAME": "Ann", "SCORE": 20}, "bob@x.io": {"FIRSTNAME": "Böb"}}
    done = brevo.process.get_process(made.process_id)
    assert (done.name, done.status) == ("IMPORTUSER", "completed")
    assert done.info.import_.invalid_emails.endswith(f"/api/imports/{made.process_id}/errors.csv")
    assert brevo.contacts.get_lists().lists[0].unique_subscribers == 2
    assert [each.id for each in brevo.process.get_processes().processes] == [made.process_id]


def test_objects_are_imported(brevo: Brevo):
    """JSON contacts of every type of value come in, whatever attributes each has."""
    attributes.create("VIP", Kind.BOOLEAN)
    attributes.create("LIKES", Kind.MULTIPLE_CHOICE, ["tea", "green; tea"])
    item = ImportContactsRequestJsonBodyItem
    made = brevo.contacts.import_contacts(
        json_body=[
            item(email="ann@x.io", attributes={"SCORE": 1.5, "VIP": True, "LIKES": ["tea"], "NOBODY": {"a": 1}}),
            item(email="bob@x.io", attributes={"firstname": 'B;"o"\nb', "SMS": "+33612345678"}),
        ]
    )
    imports.run(made.process_id)
    assert people(brevo) == {
        "ann@x.io": {"SCORE": 1.5, "VIP": True, "LIKES": ["tea"]},
        "bob@x.io": {"FIRSTNAME": 'B;"o"\nb', "SMS": "+33612345678"},
    }


def test_a_file_somewhere_is_imported(brevo: Brevo, files: str):
    """A file is fetched from its address; one that is not there is refused."""
    imports.run(brevo.contacts.import_contacts(file_url=f"{files}/people.csv").process_id)
    assert set(people(brevo)) == {"ann@x.io", "bob@x.io"}
    with pytest.raises(Exception, match="it answered 404"):
        brevo.contacts.import_contacts(file_url=f"{files}/other.csv")


def test_existing_contacts_are_updated_emptied_or_kept(brevo: Brevo):
    """The flags updateExistingContacts and emptyContactsAttributes decide what becomes of known contacts."""
    brevo.contacts.create_contact(email="ann@x.io", attributes={"FIRSTNAME": "Old", "SCORE": 7})
    text = "EMAIL;FIRSTNAME;SCORE\nann@x.io;New;\n"
    for options, expected in (
        ({"update_existing_contacts": False}, {"FIRSTNAME": "Old", "SCORE": 7}),
        ({}, {"FIRSTNAME": "New", "SCORE": 7}),
        ({"empty_contacts_attributes": True}, {"FIRSTNAME": "New"}),
    ):
        imports.run(brevo.contacts.import_contacts(file_body=text, **options).process_id)
        assert people(brevo) == {"ann@x.io": expected}


def test_the_older_client_imports(sib: ApiClient):
    """The older client imports onto a list and sets the blacklist."""
    news = lists.create("News")
    made = ContactsApi(sib).import_contacts(
        RequestContactImport(file_body="EMAIL\nann@x.io\n", list_ids=[news], email_blacklist=True)
    )
    imports.run(made.process_id)
    (contact,) = ContactsApi(sib).get_contacts_from_list(news).contacts
    assert (contact["email"], contact["emailBlacklisted"]) == ("ann@x.io", True)


def test_the_client_is_told_when_it_is_over(brevo: Brevo, database: Session):
    """A notifyUrl is called once with the process when the import is over."""
    made = brevo.contacts.import_contacts(file_body="EMAIL\nann@x.io\n", notify_url="https://shop.example/done")
    imports.run(made.process_id)
    (call,) = database.scalars(select(Outbox)).all()
    assert (call.kind, call.payload["url"]) == ("webhook", "https://shop.example/done")
    assert json.loads(call.payload["body"])["processId"] == made.process_id


def test_emptying_a_list_is_a_process_too(wire, brevo: Brevo):
    """Taking everybody off a list answers with a process that is over already."""
    news = lists.create("News")
    brevo.contacts.create_contact(email="ann@x.io", list_ids=[news])
    emptied = wire.post(f"/contacts/lists/{news}/contacts/remove", json={"all": True}).json()["contacts"]
    assert emptied["total"] == 1
    assert brevo.process.get_process(emptied["processId"]).status == "completed"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"fileBody": ""},
        {"fileBody": 5},
        {"fileBody": CSV, "jsonBody": [{"email": "a@x.io"}]},
        {"fileBody": "FIRSTNAME;SCORE\nAnn;3\n"},
        {"fileBody": "a@x.io;Ann\n"},
        {"fileBody": 'EMAIL\n"a@x.io'},
        {"fileBody": "EMAIL\na@x.io\n", "listIds": [99]},
        {"fileBody": "EMAIL\na@x.io\n", "newList": {"folderId": 1}},
        {"fileBody": "EMAIL\na@x.io\n", "newList": {"listName": "X", "folderId": 99}},
        {"fileBody": "EMAIL\na@x.io\n", "notifyUrl": "ftp://x.io"},
        {"fileBody": "EMAIL\na@x.io\n", "updateExistingContacts": "yes"},
        {"jsonBody": []},
        {"jsonBody": ["a@x.io"]},
        {"jsonBody": [{"email": 5}]},
        {
            "jsonBody": [{"email": "a@x.io"}, {"email": "b@x.io", "attributes": {"SCORE": 1}}],
            "emptyContactsAttributes": True,
        },
        {"fileUrl": "file:///etc/passwd"},
        {"fileUrl": "http://127.0.0.1:1/x.csv"},
        {"fileUrl": "http://[::ffff:169.254.169.254]/latest"},
        {"fileUrl": "http://"},
    ],
)
def test_a_bad_import_leaves_nothing_behind(wire, database: Session, body: dict[str, object]):
    """What cannot be imported, or points into our own network, is a 400 and makes no process, list or contact."""
    answer = wire.post("/contacts/import", json=body)
    assert (answer.status_code, set(answer.json())) == (400, {"code", "message"})
    counts = [database.scalar(select(func.count()).select_from(table)) for table in (Process, ContactList, Contact)]
    assert counts == [0, 0, 0]


def test_an_unknown_process_is_not_there(wire):
    """There is no process without its number."""
    assert wire.get("/processes/5").status_code == 404
    assert wire.get("/processes?limit=51").status_code == 400
