"""Lists, folders, tags, segments and companies."""

import pytest

from app.adapters.catalog import load_catalog
from app.errors import Conflict, Invalid, NotFound
from app.services import attributes, companies, contacts, folders, lists, segments, tags
from app.services.paging import Paging
from nodes.catalog import Kind
from tests.factories.contacts import change, make_contact, make_contacts, make_list

VIP = {"tag": "vip", "op": "has"}


def test_a_list_counts_its_contacts(database):
    """Members are counted, those that take no email apart."""
    made, folder = make_list("News"), folders.create("Letters")
    first, second = make_contacts(2)
    contacts.update(change(first, email_blacklisted=True))
    assert lists.add(made, [first, second, 999_999]) == {first, second}
    assert lists.add(made, [first]) == set()
    view = lists.change(made, {"name": "Newsletter", "folder_id": folder})
    assert (view.name, view.folder, view.members, view.blacklisted) == ("Newsletter", (folder, "Letters"), 2, 1)
    assert (lists.remove(made, [second, 999_999]), lists.clear(made), lists.get(made).members) == ({second}, 1, 0)


def test_pickers_know_a_new_list_at_once(database):
    """Lists are among the names that automations may refer to, until they are deleted."""
    made = make_list("News")
    assert load_catalog().lists[made] == "News"
    lists.delete(made)
    assert made not in load_catalog().lists
    with pytest.raises(NotFound):
        lists.get(made)


def test_a_list_in_use_stays(database):
    """The refusal names who uses it; so does that of its folder."""
    folder = folders.create("F")
    made = lists.create("News", folder)
    segments.create("Readers", {"list": made, "op": "in"})
    for refused in (lambda: lists.delete(made), lambda: folders.delete(folder)):
        with pytest.raises(Conflict, match="Readers"):
            refused()


def test_a_folder_goes_with_its_lists(database):
    """Contacts of the lists stay."""
    folder = folders.create("F")
    made = lists.create("News", folder)
    contact = make_contact(lists=[made])
    assert folders.get(folder).lists == 1
    folders.delete(folder)
    assert contacts.get(contact).list_ids == []
    with pytest.raises(NotFound):
        folders.rename(folder, "G")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 201, "a\0b"])
def test_a_name_is_one_line(database, name):
    """Lists, folders, segments and companies have names that can be read."""
    for create in (lists.create, folders.create, lambda each: segments.create(each, VIP)):
        with pytest.raises(Invalid):
            create(name)


def test_a_list_needs_a_folder_that_exists(database):
    """An unknown folder is refused, by name of the field."""
    with pytest.raises(Invalid, match="folder"):
        lists.create("News", 999)


def test_tags_are_counted(database):
    """A tag lists how many contacts bear it."""
    make_contact(tags=["vip"])
    make_contact(tags=["vip", "new"])
    assert [tuple(each) for each in tags.every()] == [("new", 1), ("vip", 2)]


def test_a_segment_counts_whom_it_holds_now(database):
    """The count follows the contacts; names are taken once, in any case."""
    made = segments.create("Important", VIP)
    assert segments.get(made).contacts == 0
    make_contact(tags=["vip"])
    assert [(each.name, each.contacts) for each in segments.every()] == [("Important", 1)]
    with pytest.raises(Conflict):
        segments.create("IMPORTANT", VIP)
    segments.change(made, name="Very important", condition={"tag": "vip", "op": "has_not"})
    assert (segments.get(made).name, segments.get(made).contacts) == ("Very important", 0)
    segments.delete(made)
    assert segments.every() == []


def test_a_segment_whose_condition_broke_says_so(database):
    """A condition that refers to something that is gone has no count, and does not take the others along."""
    attributes.create("SCORE", Kind.NUMBER)
    broken, fine = segments.create("A", {"attribute": "SCORE", "op": "not_empty"}), segments.create("B", VIP)
    database.connection().exec_driver_sql(
        'UPDATE segment SET condition = \'{"attribute": "X", "op": "empty"}\' WHERE name = \'A\''
    )
    assert {each.id: each.contacts for each in segments.every()} == {broken: None, fine: 0}


def test_a_company_is_kept_with_its_contacts_counted(database):
    """Companies are found by name or domain, page by page."""
    made = [
        companies.create({"name": name, "domain": f"{name.lower()}.com", "size": 5})
        for name in ("Zeta", "acme", "Beta")
    ]
    contacts.update(change(make_contact(), company_id=made[1]))
    first = companies.find(Paging(limit=2))
    rest = companies.find(Paging(first.next_cursor, 2))
    assert [each.name for each in (*first.items, *rest.items)] == ["acme", "Beta", "Zeta"]
    assert [(each.id, each.contacts) for each in companies.find(Paging(), "ACME.c").items] == [(made[1], 1)]
    companies.change(made[1], {"country": "France", "size": None})
    assert (companies.get(made[1]).country, companies.get(made[1]).size) == ("France", None)
    companies.delete(made[1])
    with pytest.raises(NotFound):
        companies.get(made[1])


@pytest.mark.parametrize(
    ("field", "value"), [("name", None), ("name", ""), ("size", -1), ("size", "5"), ("size", True), ("country", "a\0")]
)
def test_a_company_field_that_cannot_be_is_refused(database, field, value):
    """The refusal names the field."""
    with pytest.raises(Invalid) as refusal:
        companies.create({"name": "Acme", field: value})
    assert refusal.value.problems[0].field == field
