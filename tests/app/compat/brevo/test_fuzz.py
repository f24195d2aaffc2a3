import json

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.services import attributes, companies, contacts, folders, lists
from app.services.contacts import ContactInput
from app.services.mailing import senders
from nodes.catalog import Kind
from tests.factories.mailing import template
from tests.factories.sales import make_deal

WORDS = st.sampled_from(
    ["a@x.io", "", "email_opened", "+33612345678", "2026-01-01", "9999-12-31T23:59:59Z", "SCORE", "\0", "é", "x" * 300]
)
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS | st.text()
)
KEYS = st.sampled_from(
    [
        *("email", "ext_id", "attributes", "listIds", "unlinkListIds", "emailBlacklisted", "updateEnabled", "getId"),
        *(
            "contacts",
            "id",
            "sms",
            "name",
            "folderId",
            "emails",
            "ids",
            "extIds",
            "all",
            "type",
            "enumeration",
            "value",
        ),
        *("label", "multiCategoryOptions", "events", "event_name", "identifiers", "email_id", "contact_id", "phone_id"),
        *("event_date", "event_properties", "contact_properties", "object", "SCORE", "SMS", "EMAIL", "EXT_ID"),
        *("jsonBody", "fileBody", "newList", "listName", "notifyUrl"),
        *("linkedContactsIds", "linkedCompaniesIds", "linkedDealsIds", "linkContactIds", "unlinkDealsIds", "deal_name"),
        *("amount", "pipeline", "deal_stage", "deal_owner", "number_of_employees", "text", "contactIds", "dealIds"),
        *("to", "sender", "subject", "htmlContent", "textContent", "params", "cc", "replyTo", "headers", "attachment"),
        *("content", "templateId", "messageVersions", "scheduledAt", "batchId", "tags", "templateName", "isActive"),
        *("url", "auth", "token", "key", "description", "batched", "emailTo", "otp", "ips", "contactEmail"),
        *("taskTypeId", "date", "notes", "done", "contactsIds", "dealsIds", "companiesIds", "assignToId"),
        *("bcc", "idempotencyKey", "tag", "toField", "domain", "customContactFilter", "exportAttributes"),
        *("exportMetadata", "includeListIds", "excludeListIds", "redirectionUrl"),
    ]
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=5), inner, max_size=6),
    max_leaves=20,
)
BODIES = st.dictionaries(KEYS, VALUES, max_size=8) | VALUES
CALLS = st.sampled_from(
    [
        ("POST", "/contacts"),
        ("PUT", "/contacts/ann@x.io"),
        ("POST", "/contacts/batch"),
        ("POST", "/contacts/import"),
        ("POST", "/contacts/export"),
        ("POST", "/contacts/doubleOptinConfirmation"),
        ("POST", "/smtp/blockedDomains"),
        ("POST", "/contacts/folders"),
        ("PUT", "/contacts/folders/{folder}"),
        ("POST", "/contacts/lists"),
        ("PUT", "/contacts/lists/{list}"),
        ("POST", "/contacts/lists/{list}/contacts/add"),
        ("POST", "/contacts/lists/{list}/contacts/remove"),
        ("POST", "/contacts/attributes/normal/SCORE"),
        ("PUT", "/contacts/attributes/category/SIZE"),
        ("POST", "/events"),
        ("POST", "/events/batch"),
        ("POST", "/crm/deals"),
        ("PATCH", "/crm/deals/{deal}"),
        ("PATCH", "/crm/deals/link-unlink/{deal}"),
        ("POST", "/companies"),
        ("PATCH", "/companies/link-unlink/{company}"),
        ("POST", "/crm/tasks"),
        ("POST", "/crm/notes"),
        ("POST", "/smtp/email"),
        ("POST", "/smtp/templates"),
        ("PUT", "/smtp/templates/{template}"),
        ("POST", "/smtp/template/preview"),
        ("POST", "/smtp/deleteHardbounces"),
        ("POST", "/senders"),
        ("PUT", "/senders/{sender}"),
        ("POST", "/webhooks"),
        ("PUT", "/webhooks/{webhook}"),
    ]
)
PLACES = st.sampled_from(
    [
        *("params.a", "params.a.b", "contact.SCORE", "params.missing", "3", "'a'", "params.a | upper(3)"),
        *("params.a | round('x')", "params.a | default(1, 2, 3)", "params.a | urlencode", "params.a | lower"),
    ]
)
COMPARED = st.sampled_from(["<", ">=", "==", "in", "not in"])
TABLES = (
    *("contact", "event", "inbox", "list", "folder", "list_member", "attribute", "process", "outbox"),
    *("deal", "deal_contact", "company", "task", "note"),
    *("message", "template", "template_version", "sender", "webhook", "suppression", "opt_in"),
)
QUERY_KEYS = st.sampled_from(
    [
        *("limit", "offset", "sort", "ids", "listIds", "segmentId", "filter", "createdSince", "modifiedSince"),
        *("identifierType", "startDate", "endDate", "contact_id", "event_name", "object_type"),
        *("email", "templateId", "messageId", "days", "event", "tags", "templateStatus", "type"),
        *("filters", "filters[attributes]", "filters[linkedContactsIds]", "filter[date]", "filter[contacts]", "page"),
        *("dateFrom", "dateTo", "entity", "entityIds", "sortBy", "modifiedSince", "linkedContactsIds"),
    ]
)
PAGES = st.sampled_from(
    [
        *("/contacts", "/contacts/ann@x.io", "/contacts/lists", "/contacts/folders", "/contacts/segments", "/events"),
        *("/crm/deals", "/companies", "/crm/tasks", "/crm/notes"),
        *("/smtp/emails", "/smtp/statistics/events", "/smtp/statistics/reports", "/smtp/statistics/aggregatedReport"),
        *("/smtp/templates", "/smtp/blockedContacts", "/webhooks"),
    ]
)

robust = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def places(database: Session, client: FlaskClient, key: str) -> dict[str, int]:
    """A list in a folder, attributes and a contact, for the calls to meet."""
    attributes.create("SCORE", Kind.NUMBER)
    attributes.create("SIZE", Kind.CATEGORY, ["small"])
    contacts.write([ContactInput(fields={"email": "ann@x.io"})])
    folder = folders.create("F")
    deal, company = make_deal().id, companies.create({"name": "Acme"})
    sender = senders.create("Shop", "a@x.io")
    webhook = client.post("/v3/webhooks", json={"url": "https://x.io", "events": ["click"]}, headers={"api-key": key})
    return {
        "folder": folder,
        "list": lists.create("L", folder),
        "deal": deal,
        "company": company,
        "template": template(),
        "sender": sender,
        "webhook": webhook.get_json()["id"],
    }


def stored(database: Session) -> list[object]:
    return [
        database.scalar(text(f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {each} t")) for each in TABLES
    ]


@robust
@given(call=CALLS, body=BODIES)
def test_no_body_makes_a_fault(client: FlaskClient, database: Session, key: str, places: dict[str, int], call, body):
    """Whatever is sent, the answer is no 5xx, a refusal has a code and a message, and it changed nothing."""
    method, path = call
    before = stored(database)
    answer = client.open(f"/v3{path.format(**places)}", method=method, data=json.dumps(body), headers={"api-key": key})
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert {"code", "message"} <= answer.get_json().keys()
        assert stored(database) == before


@robust
@given(words=st.tuples(PLACES, COMPARED, PLACES), params=st.dictionaries(st.sampled_from("ab"), VALUES, max_size=2))
def test_no_value_makes_mail_a_fault(
    client: FlaskClient, database: Session, key: str, places: dict[str, int], words, params
):
    """Mail whose words do not fit the values sent along is refused, and nothing is kept of it; all other is taken."""
    one, compared, other = words
    page = f"{{% if {one} {compared} {other} %}}{{{{ {one} }}}}{{% endif %}}{{{{ {other} }}}}"
    body = {"sender": {"id": places["sender"]}, "to": [{"email": "ann@x.io"}], "subject": "S", "htmlContent": page}
    before = stored(database)
    answer = client.post("/v3/smtp/email", data=json.dumps(body | {"params": params}), headers={"api-key": key})
    assert answer.status_code in {201, 400}, answer.text
    assert answer.status_code == 201 or stored(database) == before


@robust
@given(page=PAGES, query=st.dictionaries(QUERY_KEYS, st.integers().map(str) | WORDS | st.text(), max_size=4))
def test_no_question_makes_a_fault(client: FlaskClient, key: str, places: dict[str, int], page: str, query):
    """Whatever is asked, the answer is no 5xx, and a refusal has a code and a message."""
    answer = client.get(f"/v3{page}", query_string=query, headers={"api-key": key})
    assert answer.status_code < 500, answer.text
    assert answer.status_code < 400 or {"code", "message"} <= answer.get_json().keys()


SENDER = {"email": "a@x.io"}
WHOLE = st.sampled_from(
    [
        (
            "/smtp/email",
            {
                "sender": SENDER,
                "to": [{"email": "ann@x.io"}],
                "subject": "Hello {{ params.name }}",
                "htmlContent": "<p>{{ params.name }}</p>",
                "params": {"name": "Ann"},
                "cc": [],
                "replyTo": {"email": "a@x.io"},
                "headers": {},
                "attachment": [],
                "messageVersions": [],
                "tags": [],
                "scheduledAt": "2999-01-01",
            },
        ),
        (
            "/smtp/templates",
            {"templateName": "T", "subject": "S", "sender": SENDER, "htmlContent": "x" * 20},
        ),
        (
            "/contacts/doubleOptinConfirmation",
            {
                "email": "ann@x.io",
                "includeListIds": [1],
                "templateId": 1,
                "redirectionUrl": "https://x.io",
                "attributes": {"SCORE": 1},
                "excludeListIds": [],
            },
        ),
        (
            "/contacts/export",
            {
                "customContactFilter": {"actionForContacts": "allContacts"},
                "exportAttributes": ["SCORE"],
                "exportMandatoryAttributes": True,
                "exportMetadata": ["_listIds"],
                "exportDateInUTC": True,
                "exportSubscriptionStatus": ["email_marketing"],
                "notifyUrl": "https://x.io",
            },
        ),
        ("/smtp/blockedDomains", {"domain": "x.io"}),
        ("/webhooks", {"url": "https://x.io", "events": ["click"], "auth": {}, "headers": []}),
        ("/crm/tasks", {"name": "T", "taskTypeId": "call", "date": "2026-01-01", "dealsIds": [], "notes": ""}),
        ("/crm/deals", {"name": "D", "attributes": {"amount": 1}, "linkedContactsIds": []}),
        ("/companies", {"name": "C", "attributes": {"number_of_employees": 1}, "linkedDealsIds": []}),
    ]
)


@robust
@given(whole=WHOLE, place=st.integers(0, 11), value=VALUES)
def test_no_single_value_makes_a_fault(
    client: FlaskClient, database: Session, key: str, places: dict[str, int], whole, place: int, value
):
    """A body that is right but for one field is taken, or refused with a code and a message and changes nothing."""
    path, body = whole
    name = list(body)[place % len(body)]
    before = stored(database)
    answer = client.post(f"/v3{path}", data=json.dumps(body | {name: value}), headers={"api-key": key})
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert {"code", "message"} <= answer.get_json().keys()
        assert stored(database) == before
