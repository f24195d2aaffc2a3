import pytest
from brevo import Brevo
from brevo.contacts import (
    AddContactToListRequestBodyEmails,
    AddContactToListRequestBodyExtIds,
    AddContactToListRequestBodyIds,
    RemoveContactFromListRequestBodyAll,
    RemoveContactFromListRequestBodyEmails,
)
from brevo.errors import BadRequestError, NotFoundError
from sib_api_v3_sdk import (
    AddContactToList,
    ApiClient,
    ContactsApi,
    CreateList,
    CreateUpdateFolder,
    RemoveContactFromList,
    UpdateList,
)

from app.services import contacts, segments
from app.services.contacts import ContactInput


@pytest.fixture
def news(brevo: Brevo) -> int:
    """A list in a folder of its own."""
    folder = brevo.contacts.create_folder(name="Marketing")
    return brevo.contacts.create_list(name="News", folder_id=folder.id).id


@pytest.fixture
def people() -> dict[str, int]:
    """Three contacts, by address; the last takes no mail."""
    rows = [
        ContactInput(fields={"email": f"{name}@x.io", "ext_id": name, "email_blacklisted": name == "cat"})
        for name in ("ann", "bob", "cat")
    ]
    return {
        f"{name}@x.io": outcome.contact_id
        for name, outcome in zip(("ann", "bob", "cat"), contacts.write(rows), strict=True)
    }


def test_folders_come_and_go(brevo: Brevo, sib: ApiClient):
    """Folders are made, renamed, read and deleted by either client."""
    made = brevo.contacts.create_folder(name="One").id
    ContactsApi(sib).update_folder(made, CreateUpdateFolder(name="Two"))
    assert ContactsApi(sib).get_folder(made).name == "Two"
    assert [(each.id, each.name) for each in brevo.contacts.get_folders().folders] == [(made, "Two")]
    brevo.contacts.delete_folder(made)
    with pytest.raises(NotFoundError) as caught:
        brevo.contacts.get_folder(made)
    assert caught.value.body["message"] == "Folder ID does not exist"


def test_deleting_a_folder_deletes_its_lists(brevo: Brevo, news: int, people: dict[str, int]):
    """A folder takes its lists with it, and leaves the contacts."""
    brevo.contacts.add_contact_to_list(news, request=AddContactToListRequestBodyEmails(emails=list(people)))
    folder = brevo.contacts.get_list(news).folder_id
    brevo.contacts.delete_folder(folder)
    with pytest.raises(NotFoundError):
        brevo.contacts.get_list(news)
    assert brevo.contacts.get_contacts().count == 3


def test_a_list_is_moved_and_renamed(brevo: Brevo, sib: ApiClient, news: int):
    """A list changes its name or its folder, and is found in the folder."""
    other = brevo.contacts.create_folder(name="Other").id
    brevo.contacts.update_list(news, name="Letters")
    ContactsApi(sib).update_list(news, UpdateList(folder_id=other))
    got = ContactsApi(sib).get_list(news)
    assert (got.name, got.folder_id, got.dynamic_list) == ("Letters", other, False)
    assert [each.id for each in brevo.contacts.get_folder_lists(other).lists] == [news]
    brevo.contacts.delete_list(news)
    assert brevo.contacts.get_lists().count == 0


def test_members_are_counted(brevo: Brevo, news: int, people: dict[str, int]):
    """List and folder tell how many take mail and how many do not."""
    brevo.contacts.add_contact_to_list(news, request=AddContactToListRequestBodyIds(ids=list(people.values())))
    shown = brevo.contacts.get_list(news)
    folder = brevo.contacts.get_folder(shown.folder_id)
    for each in (shown, folder):
        assert (each.total_subscribers, each.total_blacklisted, each.unique_subscribers) == (2, 1, 2)


def test_only_those_for_whom_it_made_a_difference_succeed(brevo: Brevo, news: int, people: dict[str, int]):
    """Adding echoes the identifiers sent: success for new members, failure for members and strangers."""
    add, remove = brevo.contacts.add_contact_to_list, brevo.contacts.remove_contact_from_list
    add(news, request=AddContactToListRequestBodyExtIds(ext_ids=["ann"]))
    added = add(news, request=AddContactToListRequestBodyEmails(emails=["ann@x.io", "Bob@x.io", "no@x.io"])).contacts
    assert (added.success, added.failure) == (["Bob@x.io"], ["ann@x.io", "no@x.io"])
    with pytest.raises(BadRequestError) as caught:
        add(news, request=AddContactToListRequestBodyIds(ids=[people["ann@x.io"], 999]))
    assert caught.value.body["message"] == "Contact already in list and/or does not exist"
    gone = remove(news, request=RemoveContactFromListRequestBodyEmails(emails=["ann@x.io", "cat@x.io"])).contacts
    assert (gone.success, gone.failure) == (["ann@x.io"], ["cat@x.io"])
    assert remove(news, request=RemoveContactFromListRequestBodyAll(all_=True)).contacts.total == 1


def test_the_older_client_keeps_members(sib: ApiClient, news: int, people: dict[str, int]):
    """The older client adds, lists and removes members."""
    api = ContactsApi(sib)
    assert api.add_contact_to_list(news, AddContactToList(emails=["ann@x.io"])).contacts.success == ["ann@x.io"]
    page = api.get_contacts_from_list(news)
    assert (page.count, page.contacts[0]["email"]) == (1, "ann@x.io")
    api.remove_contact_from_list(news, RemoveContactFromList(ids=[people["ann@x.io"]]))
    assert api.get_contacts_from_list(news).count == 0
    assert api.create_list(CreateList(name="More", folder_id=api.get_list(news).folder_id)).id > news


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"emails": []},
        {"emails": ["a@x.io"], "ids": [1]},
        {"emails": "a@x.io"},
        {"emails": [1]},
        {"ids": ["1"]},
        {"ids": [0]},
        {"ids": list(range(1, 152))},
        {"extIds": [None]},
    ],
)
def test_members_must_be_named_one_way(wire, news: int, body: dict[str, object]):
    """Exactly one kind of identifier, at most 150 of them."""
    answer = wire.post(f"/contacts/lists/{news}/contacts/add", json=body)
    assert answer.status_code == 400
    assert answer.json()["code"] in {"missing_parameter", "invalid_parameter", "out_of_range"}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/contacts/lists", {"name": "X"}, 400),
        ("POST", "/contacts/lists", {"name": "X", "folderId": 99}, 400),
        ("POST", "/contacts/lists", {"folderId": 1}, 400),
        ("POST", "/contacts/folders", {"name": "  "}, 400),
        ("POST", "/contacts/folders", {"name": 1}, 400),
        ("PUT", "/contacts/folders/99", {"name": "X"}, 404),
        ("DELETE", "/contacts/folders/99", None, 404),
        ("GET", "/contacts/folders/99/lists", None, 404),
        ("PUT", "/contacts/lists/99", {"name": "X"}, 404),
        ("DELETE", "/contacts/lists/99", None, 404),
        ("GET", "/contacts/lists/99/contacts", None, 404),
        ("GET", f"/contacts/lists/{2**70}", None, 404),
        ("POST", "/contacts/lists/99/contacts/add", {"ids": [1]}, 404),
        ("GET", "/contacts/lists?limit=51", None, 400),
        ("GET", "/contacts/lists?offset=-1", None, 400),
        ("GET", "/contacts/lists?sort=up", None, 400),
        ("GET", "/contacts/folders?limit=many", None, 400),
    ],
)
def test_what_does_not_exist_or_fit_is_refused(wire, method: str, path: str, body, status: int):
    """Unknown lists and folders are a 404, bad values a 400, both in words."""
    answer = wire.request(method, path, json=body)
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message"}


def test_pages_go_by_age(brevo: Brevo):
    """Lists come newest first, ten at a time at first; past the end there are none, with the same count."""
    folder = brevo.contacts.create_folder(name="F").id
    made = [brevo.contacts.create_list(name=f"L{number}", folder_id=folder).id for number in range(12)]
    page = brevo.contacts.get_lists()
    assert ([each.id for each in page.lists], page.count) == (made[:1:-1], 12)
    page = brevo.contacts.get_lists(limit=5, offset=10, sort="asc")
    assert ([each.id for each in page.lists], page.count) == (made[10:], 12)
    page = brevo.contacts.get_lists(offset=50)
    assert (page.lists, page.count) == ([], 12)


def test_segments_are_listed(brevo: Brevo):
    """Segments come with name and category."""
    made = segments.create("Buyers", {"field": "email", "op": "not_empty"})
    page = brevo.contacts.get_segments()
    assert [(each.id, each.segment_name) for each in page.segments] == [(made, "Buyers")]
    assert page.count == 1
