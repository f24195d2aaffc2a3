"""What people and programs change sets automations off."""

import pytest

from app.services import attributes, contacts, imports, lists
from app.services.contacts import ContactInput, Identifier
from app.services.imports import ImportOptions
from nodes.catalog import Kind
from tests.factories.contacts import make_contact, make_list
from tests.support import live

TAG = ("tag", "add_tag", {"tag": "seen"})


@pytest.fixture
def score(database):
    return attributes.create("SCORE", Kind.NUMBER)


def listen(trigger, config):
    live.activate(live.document([("trigger", trigger, config), TAG], [("trigger", "next", "tag")]))


def seen(contact):
    live.drain_all()
    return contacts.get(contact).tags == ["seen"]


def test_a_new_contact_is_heard_of(database):
    """Creating sets off, updating does not."""
    before = make_contact()
    listen("contact_created", {})
    contacts.update(ContactInput(who=Identifier("id", before), fields={"ext_id": "x"}))
    assert (seen(before), seen(make_contact())) == (False, True)


def test_an_imported_contact_is_heard_of(database):
    """Rows of a file set off like anything else."""
    listen("contact_created", {})
    preview = imports.upload(b"email\nada@x.io\n", "x.csv")
    imports.start(preview.id, ImportOptions(mapping={0: "email"}))
    imports.run(preview.id)
    assert seen(contacts.one(Identifier("email", "ada@x.io")))


@pytest.mark.parametrize("how", ["with the contact", "by the list", "again"])
def test_joining_a_list_is_heard_of(database, how):
    """Whichever way a contact joins, it sets off once; being on the list already does not."""
    joined, contact = make_list(), make_contact()
    if how == "again":
        lists.add(joined, [contact])
    listen("added_to_list", {"list": joined})
    if how == "with the contact":
        contacts.update(ContactInput(who=Identifier("id", contact), add_lists=[joined]))
    else:
        lists.add(joined, [contact])
    assert seen(contact) == (how != "again")


@pytest.mark.parametrize(("after", "heard"), [(7, True), (5, False), (None, True)])
def test_a_changed_attribute_is_heard_of(score, after, heard):
    """Another value sets off, the same one does not."""
    contact = make_contact(SCORE=5)
    listen("attribute_changed", {"attribute": "SCORE"})
    contacts.update(ContactInput(who=Identifier("id", contact), attributes={"SCORE": after}))
    assert seen(contact) == heard
