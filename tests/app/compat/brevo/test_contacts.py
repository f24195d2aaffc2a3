import pytest
from brevo import Brevo
from brevo.contacts import UpdateBatchContactsRequestContactsItem
from brevo.core.api_error import ApiError
from brevo.errors import BadRequestError, NotFoundError
from sib_api_v3_sdk import ApiClient, ContactsApi, CreateContact, UpdateContact
from sib_api_v3_sdk.rest import ApiException

from app.services import attributes, lists
from nodes.catalog import Kind

EMAIL = "ann+shop@example.com"
IDENTIFIERS = {
    "email_id": EMAIL,
    "ext_id": "shop/42+a b",
    "phone_id": "+33612345678",
    "whatsapp_id": "+33700000001",
    "landline_number_id": "+33123456789",
}


@pytest.fixture
def ann(brevo: Brevo) -> int:
    """A contact with every identifier; returns its id."""
    attributes.create("SCORE", Kind.NUMBER)
    attributes.create("BORN", Kind.DATE)
    made = brevo.contacts.create_contact(
        email=EMAIL,
        ext_id=IDENTIFIERS["ext_id"],
        attributes={
            "firstname": "Ann",
            "SCORE": 20,
            "BORN": "1990-02-03",
            "NOBODY": "dropped",
            "SMS": IDENTIFIERS["phone_id"],
            "WHATSAPP": IDENTIFIERS["whatsapp_id"],
            "LANDLINE_NUMBER": IDENTIFIERS["landline_number_id"],
        },
    )
    return made.id


@pytest.mark.parametrize("kind", [*IDENTIFIERS, "contact_id", None])
def test_a_contact_is_read_by_every_identifier(brevo: Brevo, ann: int, kind: str | None):
    """A contact is read whole, whichever identifier names it."""
    identifier = IDENTIFIERS.get(kind, EMAIL) if kind != "contact_id" else str(ann)
    got = brevo.contacts.get_contact_info(identifier, **({"identifier_type": kind} if kind else {}))
    values = got.attributes.model_dump()
    assert (got.id, got.email, got.list_ids) == (ann, EMAIL, [])
    assert (values["FIRSTNAME"], values["SCORE"], values["BORN"]) == ("Ann", 20, "1990-02-03")
    assert values["SMS"] == IDENTIFIERS["phone_id"]
    assert "NOBODY" not in values


@pytest.mark.parametrize("kind", ["email_id", "ext_id", "phone_id", "contact_id"])
def test_the_older_client_reads_a_contact(sib: ApiClient, ann: int, kind: str):
    """The older client, which cannot say what an identifier is, reads a contact whole by a bare one."""
    got = ContactsApi(sib).get_contact_info(IDENTIFIERS.get(kind, ann))
    assert (got.id, got.email, got.attributes["SCORE"]) == (ann, EMAIL, 20)
    assert got.statistics.opened == []


@pytest.mark.parametrize("identifier", ["shop/42?x#y %2F", "+33612345678", "7", "a//b", "é"])
def test_an_identifier_may_hold_anything(sib: ApiClient, identifier: str):
    """Slashes, question marks, percent signs and bare numbers in an identifier reach the right contact."""
    api = ContactsApi(sib)
    made = api.create_contact(CreateContact(ext_id=identifier))
    got = api.get_contact_info(identifier)
    assert (got.id, got.email) == (made.id, "")
    assert got.attributes["EXT_ID"] == identifier


def test_a_contact_is_changed_in_part(brevo: Brevo, ann: int):
    """An update touches what it names, moves the address, and empties what is emptied."""
    folderless = lists.create("News")
    brevo.contacts.update_contact(
        EMAIL,
        attributes={"EMAIL": "new@example.com", "FIRSTNAME": "", "SCORE": "many", "SMS": ""},
        list_ids=[folderless],
        email_blacklisted=True,
    )
    got = brevo.contacts.get_contact_info("new@example.com")
    values = got.attributes.model_dump()
    assert (got.id, got.list_ids, got.email_blacklisted) == (ann, [folderless], True)
    assert values["SCORE"] == 20
    assert not {"FIRSTNAME", "SMS"} & values.keys()
    brevo.contacts.update_contact("new@example.com", unlink_list_ids=[folderless])
    assert brevo.contacts.get_contact_info(str(ann)).list_ids == []


def test_a_contact_is_deleted(brevo: Brevo, ann: int):
    """A deleted contact is gone, and deleting it again says so."""
    brevo.contacts.delete_contact(EMAIL)
    with pytest.raises(NotFoundError) as caught:
        brevo.contacts.delete_contact(EMAIL)
    assert caught.value.body["message"] == "Contact does not exist"
    with pytest.raises(NotFoundError):
        brevo.contacts.get_contact_info(str(ann))


def test_a_taken_identifier_is_a_duplicate(brevo: Brevo, sib: ApiClient, ann: int):
    """Making a contact anew is a 400 that names the identifier; each client raises its own error."""
    with pytest.raises(BadRequestError) as caught:
        brevo.contacts.create_contact(email=EMAIL.upper())
    assert caught.value.body["code"] == "duplicate_parameter"
    assert "email is already associated" in caught.value.body["message"]
    with pytest.raises(ApiException) as legacy:
        ContactsApi(sib).create_contact(CreateContact(email="b@x.io", attributes={"SMS": "0033 612345678"}))
    assert legacy.value.status == 400
    assert '"duplicate_identifiers":["SMS"]' in legacy.value.body


def test_update_enabled_creates_or_updates(wire, brevo: Brevo, ann: int):
    """With updateEnabled a known contact is changed and answered with an empty 204, a new one with its id."""
    known = wire.post("/contacts", json={"email": EMAIL, "attributes": {"SCORE": 5}, "updateEnabled": True})
    assert (known.status_code, known.content) == (204, b"")
    assert brevo.contacts.get_contact_info(str(ann)).attributes.SCORE == 5
    new = wire.post("/contacts", json={"email": "b@x.io", "updateEnabled": True})
    assert new.status_code == 201
    assert list(new.json()) == ["id"]


def test_many_contacts_are_changed_or_none(brevo: Brevo, ann: int):
    """A batch changes each of its contacts; when one is unknown it says which, and changes nobody."""
    change = UpdateBatchContactsRequestContactsItem
    made = brevo.contacts.create_contact(email="b@x.io").id
    brevo.contacts.update_batch_contacts(
        contacts=[change(id=ann, attributes={"SCORE": 1}), change(email="b@x.io", attributes={"SCORE": 2})]
    )
    assert brevo.contacts.get_contact_info(str(made)).attributes.SCORE == 2
    with pytest.raises(ApiError, match="indexes 1,2"):
        brevo.contacts.update_batch_contacts(
            contacts=[change(id=ann, attributes={"SCORE": 9}), change(email="no@x.io"), change(id=999)]
        )
    assert brevo.contacts.get_contact_info(str(ann)).attributes.SCORE == 1


def test_the_older_client_changes_contacts(sib: ApiClient, ann: int):
    """The older client updates and deletes by the quoted address."""
    api = ContactsApi(sib)
    api.update_contact(EMAIL, UpdateContact(attributes={"SCORE": 7}))
    assert api.get_contact_info(EMAIL).attributes["SCORE"] == 7
    api.delete_contact(EMAIL)
    with pytest.raises(ApiException) as caught:
        api.get_contact_info(EMAIL)
    assert caught.value.status == 404


@pytest.mark.parametrize(
    ("body", "code", "word"),
    [
        ({}, "missing_parameter", "Please provide Email or SMS"),
        ({"email": ""}, "missing_parameter", "Please provide Email or SMS"),
        ({"email": "nobody"}, "invalid_parameter", "email"),
        ({"email": 5}, "invalid_parameter", "email"),
        ({"email": "a@x.io", "attributes": []}, "invalid_parameter", "attributes"),
        ({"email": "a@x.io", "attributes": {"SMS": "abc"}}, "invalid_parameter", "telephone"),
        ({"email": "a@x.io", "attributes": {"SMS": {}}}, "invalid_parameter", "text"),
        ({"email": "a@x.io", "listIds": [99]}, "invalid_parameter", "list"),
        ({"email": "a@x.io", "listIds": ["1"]}, "invalid_parameter", "listIds"),
        ({"email": "a@x.io", "listIds": [2**63]}, "invalid_parameter", "listIds"),
        ({"email": "a@x.io", "emailBlacklisted": "yes"}, "invalid_parameter", "emailBlacklisted"),
        ({"email": "a@x.io", "updateEnabled": 1}, "invalid_parameter", "updateEnabled"),
        ({"email": "a" * 300 + "@x.io"}, "invalid_parameter", "email"),
        ({"ext_id": "a\u0000b"}, "invalid_parameter", "ext_id"),
    ],
)
def test_a_bad_contact_is_refused_in_words(wire, body: dict[str, object], code: str, word: str):
    """A bad value is a 400 with a code and a message, and no contact is made."""
    answer = wire.post("/contacts", json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert word in answer.json()["message"]
    assert wire.get("/contacts").json() == {"contacts": [], "count": 0}


@pytest.mark.parametrize(
    ("identifier", "query", "status"),
    [
        ("a@x.io", "", 404),
        ("9" * 30, "", 404),
        ("é%ff", "", 404),
        ("a@x.io", "?identifierType=nickname", 400),
        ("abc", "?identifierType=contact_id", 400),
        ("abc", "?identifierType=email_id", 400),
        ("abc", "?identifierType=phone_id", 400),
    ],
)
def test_nobody_is_found_by_nonsense(wire, identifier: str, query: str, status: int):
    """An identifier that fits nobody is a 404; one that cannot be of its kind, or a kind that is none, a 400."""
    answer = wire.get(f"/contacts/{identifier}{query}")
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message"}
