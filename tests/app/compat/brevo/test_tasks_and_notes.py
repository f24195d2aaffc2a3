from datetime import UTC, datetime, timedelta

import httpx
import pytest
from brevo import Brevo
from brevo.errors import BadRequestError, NotFoundError
from sib_api_v3_sdk import ApiClient, NoteData, NotesApi, TasksApi

from app.services import companies
from tests.conftest import NOW
from tests.factories.contacts import make_contacts
from tests.factories.sales import make_deal
from tests.factories.users import make_user


@pytest.fixture
def ann() -> int:
    """A contact."""
    return make_contacts(1)[0]


def test_types_of_tasks_are_a_bare_array(brevo: Brevo):
    """The seven types that Brevo has."""
    titles = [each.title for each in brevo.tasks.get_all_task_types()]
    assert titles == ["Email", "Call", "Meeting", "Todo", "Lunch", "Deadline", "LinkedIn"]


def test_a_task_is_made_changed_and_deleted(brevo: Brevo, sib: ApiClient, ann: int):
    """A task is about a contact, a deal and a company; what is not sent stays."""
    rep, deal, acme = make_user("rep"), str(make_deal().id), str(companies.create({"name": "Acme"}))
    made = brevo.tasks.create_a_task(
        name="Call Ann",
        task_type_id="call",
        date=datetime(2026, 11, 30, 9, tzinfo=UTC),
        contacts_ids=[ann],
        deals_ids=[deal],
        companies_ids=[acme],
        assign_to_id=rep.email,
        notes="About the price",
    )
    got = brevo.tasks.get_a_task(made.id)
    assert (got.name, got.task_type_id, got.notes, got.done) == ("Call Ann", "call", "About the price", False)
    assert (got.contacts_ids, got.deals_ids, got.companies_ids) == ([ann], [deal], [acme])
    assert (got.date.date().isoformat(), got.assign_to_id) == ("2026-11-30", str(rep.id))
    brevo.tasks.update_a_task(made.id, done=True, task_type_id="meeting")
    got = brevo.tasks.get_a_task(made.id)
    assert (got.name, got.task_type_id, got.done, got.deals_ids) == ("Call Ann", "meeting", True, [deal])
    read = TasksApi(sib).crm_tasks_id_get(made.id)
    assert (read.id, read.contacts_ids, read.companies_ids) == (made.id, [ann], [acme])
    brevo.tasks.delete_a_task(made.id)
    with pytest.raises(NotFoundError):
        brevo.tasks.get_a_task(made.id)


def test_tasks_are_found_by_each_filter(brevo: Brevo, ann: int):
    """By type, state, day, person, contact, deal and company."""
    rep, deal, acme = make_user("rep"), str(make_deal().id), str(companies.create({"name": "Acme"}))
    now = datetime.now(UTC)
    create = brevo.tasks.create_a_task
    late = create(name="Late", task_type_id="email", date=now - timedelta(days=3), contacts_ids=[ann]).id
    today = create(name="Now", task_type_id="call", date=now, contacts_ids=[ann], assign_to_id=str(rep.id)).id
    soon = create(
        name="Soon",
        task_type_id="todo",
        date=now + timedelta(days=1),
        contacts_ids=[ann],
        deals_ids=[deal],
        companies_ids=[acme],
        done=True,
    ).id
    far = create(name="Far", task_type_id="lunch", date=now + timedelta(days=30), contacts_ids=[ann]).id

    def found(**filters: object) -> list[str]:
        return [each.id for each in brevo.tasks.get_all_tasks(sort="asc", sort_by="date", **filters).items]

    assert found() == [late, today, soon, far]
    assert found(filter_type="call") == found(filter_assign_to=rep.email) == found(filter_date="today") == [today]
    assert found(filter_status="done") == found(filter_deals=deal) == found(filter_companies=acme) == [soon]
    assert found(filter_date="tomorrow") == [soon]
    assert found(filter_status="undone", filter_contacts=str(ann)) == [late, today, far]
    assert found(filter_date="overdue") == [late]
    assert found(filter_date="week") == [today, soon]
    since, until = (int((now + timedelta(days=days)).timestamp() * 1000) for days in (20, 40))
    assert found(filter_date="range", date_from=since, date_to=until) == [far]
    assert found(limit=1, offset=3) == [far]


def test_a_task_or_note_on_a_deal_is_about_its_contact(brevo: Brevo, ann: int):
    """Here both are about a contact: without one, the deal's is meant; without that, the reason is said."""
    deal, empty = str(make_deal("D", ann).id), str(make_deal().id)
    task = brevo.tasks.create_a_task(name="T", task_type_id="todo", date=NOW, deals_ids=[deal]).id
    note = brevo.notes.create_a_note(text="N", deal_ids=[deal]).id
    assert brevo.tasks.get_a_task(task).contacts_ids == brevo.notes.get_a_note(note).contact_ids == [ann]
    with pytest.raises(BadRequestError) as caught:
        brevo.notes.create_a_note(text="N", deal_ids=[empty])
    assert "one contact" in caught.value.body["message"]


def test_notes_come_in_a_bare_array(brevo: Brevo, sib: ApiClient, wire: httpx.Client, ann: int):
    """A note is made with a 200, changed, listed bare by each client, and deleted."""
    deal, acme = str(make_deal().id), str(companies.create({"name": "Acme"}))
    answer = wire.post("/crm/notes", json={"text": "First", "contactIds": [ann], "dealIds": [deal]})
    assert answer.status_code == 200
    first = answer.json()["id"]
    second = NotesApi(sib).crm_notes_post(NoteData(text="Second", contact_ids=[ann], company_ids=[acme])).id
    brevo.notes.update_a_note(first, text="<p>First, again</p>")
    got = brevo.notes.get_a_note(first)
    assert (got.text, got.contact_ids, got.deal_ids, got.company_ids) == ("<p>First, again</p>", [ann], [deal], [])
    assert [each.id for each in brevo.notes.get_all_notes()] == [second, first]
    assert [each.id for each in brevo.notes.get_all_notes(entity="deals", entity_ids=deal)] == [first]
    assert [each.id for each in brevo.notes.get_all_notes(entity="companies", entity_ids=acme)] == [second]
    assert [each.id for each in brevo.notes.get_all_notes(entity="contacts", entity_ids=str(ann), limit=1)] == [second]
    later = int((datetime.now(UTC) + timedelta(days=1)).timestamp() * 1000)
    assert brevo.notes.get_all_notes(date_from=later) == []
    assert len(brevo.notes.get_all_notes(date_to=later)) == 2
    brevo.notes.delete_a_note(first)
    with pytest.raises(NotFoundError):
        brevo.notes.get_a_note(first)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/crm/tasks", {}, 400),
        ("POST", "/crm/tasks", {"name": "T", "taskTypeId": "call", "date": "2026-11-30"}, 400),
        ("POST", "/crm/tasks", {"name": "T", "taskTypeId": "nap", "date": "2026-11-30", "contactsIds": [1]}, 400),
        ("POST", "/crm/tasks", {"name": "T", "taskTypeId": "call", "date": "soon", "contactsIds": [1]}, 400),
        ("POST", "/crm/tasks", {"name": "T", "taskTypeId": "call", "date": "2026-11-30", "contactsIds": [1, 2]}, 400),
        ("POST", "/crm/tasks", {"name": "T", "taskTypeId": "call", "date": "2026-11-30", "duration": 600000}, 400),
        ("PATCH", "/crm/tasks/1", {"reminder": {"value": 1, "unit": "hours", "types": ["email"]}}, 400),
        ("PATCH", "/crm/tasks/999999", {"name": "T"}, 404),
        ("GET", "/crm/tasks?filter[status]=perhaps", None, 400),
        ("GET", "/crm/tasks?filter[date]=someday", None, 400),
        ("GET", "/crm/tasks?filter[colour]=blue", None, 400),
        ("GET", f"/crm/tasks?filter[date]=range&dateFrom={10**18}", None, 400),
        ("POST", "/crm/notes", {"contactIds": [1]}, 400),
        ("POST", "/crm/notes", {"text": "N", "contactIds": [1, 2]}, 400),
        ("PATCH", "/crm/notes/1", {}, 400),
        ("PATCH", "/crm/notes/999999", {"text": "N"}, 404),
        ("GET", "/crm/notes?entity=cats", None, 400),
        ("GET", "/crm/notes?entityIds=1", None, 400),
    ],
)
def test_what_tasks_and_notes_cannot_be_is_refused(wire: httpx.Client, method: str, path: str, body, status: int):
    """Unknown things are a 404, bad values a 400, all in words; what is not offered says why."""
    answer = wire.request(method, path, json=body)
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message"}


def test_notes_of_another_type_are_a_415(wire: httpx.Client):
    """As Brevo answers where the body is no JSON."""
    assert wire.post("/crm/notes", content=b"text=N", headers={"Content-Type": "text/plain"}).status_code == 415
