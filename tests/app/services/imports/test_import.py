import pytest

from app.errors import Conflict, Invalid
from app.services import attributes, contacts, imports
from app.services.contacts.finding import ContactQuery, count
from app.services.imports import ImportOptions
from nodes.catalog import Kind
from tests.factories.contacts import make_contact, make_list

PEOPLE = "email;first name;score\nada@example.com;Ada;20\nbob@example.com;Bob;\n"
MAPPING = {0: "email", 1: "attribute:FIRSTNAME", 2: "attribute:SCORE"}


@pytest.fixture
def score(database):
    return attributes.create("SCORE", Kind.NUMBER)


def run(text, mapping, **options):
    """Upload, start and work through a file; returns how it ended."""
    content = text if isinstance(text, bytes) else text.encode()
    process_id = imports.upload(content, "people.csv").id
    imports.start(process_id, ImportOptions(mapping=mapping, **options))
    imports.run(process_id)
    return imports.get(process_id)


def stored(email):
    return contacts.get(contacts.one(contacts.Identifier("email", email)))


def test_a_file_becomes_contacts(score):
    """Each row makes a contact with the values of its columns, on the list asked for."""
    joined = make_list()
    done = run(PEOPLE, MAPPING, list_ids=[joined])
    assert (done.state, done.processed, done.total, done.created, done.failed) == ("finished", 2, 2, 2, 0)
    ada = stored("ada@example.com")
    assert (ada.attributes["FIRSTNAME"], ada.attributes["SCORE"], ada.list_ids) == ("Ada", 20, [joined])


def test_a_bad_row_is_refused_whole_and_named(score):
    """Nothing of a row with a fault is taken; each fault names row, column, value and remedy."""
    done = run(
        "email;score\nada@example.com;many\nno address;5\nbob@example.com;7\n", {0: "email", 1: "attribute:SCORE"}
    )
    assert (done.created, done.failed) == (1, 2)
    assert [(each.row, each.column, each.value) for each in done.errors_sample] == [
        (2, "score", "many"),
        (3, "email", "no address"),
    ]
    assert "Write it like" in done.errors_sample[0].message
    assert count(ContactQuery()) == 1
