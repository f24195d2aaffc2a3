import pytest
from sqlalchemy import event

from app import db
from app.errors import Conflict, Invalid, NotFound
from app.services import attributes, contacts
from app.services.contacts import ContactInput, Identifier
from nodes.catalog import Kind
from tests.factories.contacts import change, make_contact, make_contacts, make_list
from tests.factories.users import make_user


@pytest.fixture
def score(database):
    return attributes.create("SCORE", Kind.NUMBER)


def by_email(email, **attributes):
    return ContactInput(fields={"email": email}, attributes=attributes)


def results(outcomes):
    return [outcome.result for outcome in outcomes]


def test_one_call_creates_and_updates(score):
    """New rows are created, known ones updated, and what is as it was stays unchanged, in the order given."""
    contacts.write([by_email("Ada@Example.com", SCORE=5)])
    rows = [by_email("ada@example.com", SCORE=7), by_email("bob@example.com"), by_email("ADA@example.com", SCORE=7)]
    outcomes = contacts.write(rows)
    assert results(outcomes) == ["updated", "created", "unchanged"]
    assert contacts.get(outcomes[0].contact_id).attributes["SCORE"] == 7


def test_rows_of_a_batch_see_each_other(score):
    """Two rows about one new contact make one contact, and the later value stays."""
    first, second = contacts.write([by_email("ada@example.com", SCORE=1), by_email("ada@example.com", SCORE=2)])
    assert first.contact_id == second.contact_id
    assert contacts.get(first.contact_id).attributes["SCORE"] == 2


def test_only_what_is_given_changes(score):
    """A key that is not given keeps its value; None empties."""
    contact = make_contact(email="ada@example.com", SCORE=5)
    contacts.update(change(contact, phone="+33 6 12 34 56 78", email=None))
    view = contacts.get(contact)
    assert (view.email, view.phone, view.attributes["SCORE"]) == (None, "+33612345678", 5)


def test_a_batch_writes_different_columns_of_different_contacts(score):
    """Each contact gets its own changes, although all travel in one statement."""
    ada, bob = make_contact(SCORE=1), make_contact(SCORE=2)
    contacts.write([change(ada, ext_id="A"), ContactInput(who=Identifier("id", bob), attributes={"SCORE": 9})])
    shown = [(view.ext_id, view.attributes["SCORE"]) for view in contacts.fetch([ada, bob])]
    assert shown == [("A", 1), (None, 9)]


def test_the_number_of_statements_does_not_grow_with_the_rows(score):
    """A hundred rows take as many statements as two."""

    def statements(number):
        seen = []
        listener = lambda *arguments: seen.append(arguments[2])  # noqa: E731 - SQLAlchemy wants a callable
        event.listen(db.engine(), "before_cursor_execute", listener)
        contacts.write([by_email(f"{number}-{each}@example.com", SCORE=each) for each in range(number)])
        event.remove(db.engine(), "before_cursor_execute", listener)
        return len(seen)

    statements(1)
    assert 0 < statements(2) == statements(100)


@pytest.mark.parametrize(
    ("fields", "taken"),
    [
        ({"email": "ADA@example.com"}, "email"),
        ({"email": "new@example.com", "ext_id": "a-1"}, "ext_id"),
        ({"phone": "0033 612345678"}, "phone"),
    ],
)
def test_creating_a_known_contact_names_the_identifier(database, fields, taken):
    """A conflict says which identifier is taken, and by which contact."""
    ada = contacts.create(ContactInput(fields={"email": "ada@example.com", "ext_id": "a-1", "phone": "+33612345678"}))
    with pytest.raises(Conflict, match=str(ada)) as refusal:
        contacts.create(ContactInput(fields=fields))
    assert [problem.field for problem in refusal.value.problems] == [taken]


def test_an_identifier_of_another_contact_is_refused(database):
    """A contact cannot take over what identifies another one, and nothing of that row is written."""
    ada, bob = make_contact(email="ada@example.com"), make_contact(email="bob@example.com")
    with pytest.raises(Conflict):
        contacts.update(change(bob, email="ada@example.com", ext_id="b"))
    assert [(view.email, view.ext_id) for view in contacts.fetch([ada, bob])] == [
        ("ada@example.com", None),
        ("bob@example.com", None),
    ]


def test_a_refused_row_does_not_hold_up_the_others(score):
    """The others are written, and the outcome says what is wrong with the one."""
    outcomes = contacts.write([by_email("no address"), by_email("ada@example.com", SCORE="many"), by_email("b@x.io")])
    assert results(outcomes) == ["refused", "refused", "created"]
    assert [each.refusal.problems[0].field for each in outcomes[:2]] == ["email", "attributes.SCORE"]


def test_everything_wrong_with_a_row_is_said_at_once(score):
    """A row with three faults names all three."""
    row = ContactInput(fields={"email": "x", "phone": "12"}, attributes={"NOPE": 1, "SCORE": 1})
    with pytest.raises(Invalid) as refusal:
        contacts.create(row)
    assert [problem.field for problem in refusal.value.problems] == ["email", "phone", "attributes.NOPE"]


def test_tolerance_leaves_out_attributes_that_do_not_fit(score):
    """Loose clients get the contact without the attributes that are unknown or ill-typed; texts are read by kind."""
    rows = [by_email("ada@example.com", SCORE="12", NOPE=1), by_email("bob@example.com", SCORE="many")]
    ada, bob = contacts.write(rows, tolerant=True)
    shown = [view.attributes["SCORE"] for view in contacts.fetch([ada.contact_id, bob.contact_id])]
    assert shown == [12, None]


def test_a_contact_must_be_known_by_something(database):
    """Neither a new contact nor a changed one may be without any identifier."""
    with pytest.raises(Invalid, match="known by"):
        contacts.create(ContactInput(fields={"time_zone": "Europe/Paris"}))
    with pytest.raises(Invalid, match="known by"):
        contacts.update(change(make_contact(), email=None))


def test_keeping_leaves_known_contacts_as_they_are(score):
    """In the mode `keep`, known contacts only join lists; new ones are created."""
    ada, joined = make_contact(email="ada@example.com", SCORE=1), make_list()
    row = ContactInput(fields={"email": "ada@example.com"}, attributes={"SCORE": 9}, add_lists=[joined])
    contacts.write([row, by_email("bob@example.com")], "keep")
    view = contacts.get(ada)
    assert (view.attributes["SCORE"], view.list_ids) == (1, [joined])


def test_updating_somebody_unknown_is_refused(database):
    """An update never creates."""
    with pytest.raises(NotFound):
        contacts.update(change(4_000_000, ext_id="x"))
    with pytest.raises(NotFound):
        contacts.update(ContactInput(who=Identifier("email", "nobody@example.com")))


def test_lists_and_tags_are_joined_and_left(database):
    """Memberships are set as asked, tags made on the way."""
    first, second = make_list(), make_list()
    who = Identifier("id", make_contact(lists=[first], tags=["vip", "new"]))
    contacts.update(ContactInput(who=who, add_lists=[second], remove_lists=[first]))
    contacts.update(ContactInput(who=who, add_tags=["hot"], remove_tags=["new"]))
    view = contacts.get(int(who.value))
    assert (view.list_ids, view.tags) == ([second], ["hot", "vip"])


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (ContactInput(fields={"email": "a@x.io", "owner_id": 999_999}), "owner_id"),
        (ContactInput(fields={"email": "a@x.io", "company_id": 999_999}), "company_id"),
        (ContactInput(fields={"email": "a@x.io"}, add_lists=[999_999]), "lists"),
        (ContactInput(fields={"email": "a@x.io", "time_zone": "Mars/Olympus"}), "time_zone"),
        (ContactInput(fields={"email": "a@x.io", "ext_id": "a\0b"}), "ext_id"),
        (ContactInput(fields={"email": "a@x.io", "ext_id": "\ud800"}), "ext_id"),
        (ContactInput(fields={"email": "a@x.io"}, add_tags=["x" * 101]), "tags"),
    ],
)
def test_a_reference_or_text_that_cannot_be_stored_is_named(database, row, field):
    """Each refusal names its field."""
    with pytest.raises(Invalid) as refusal:
        contacts.create(row)
    assert [problem.field for problem in refusal.value.problems] == [field]


def test_a_new_owner_is_a_hand_over(database):
    """Giving a contact an owner is written down as an assignment; giving it the same owner again is not."""
    rep, contact = make_user("rep"), make_contact()
    for _ in range(2):
        contacts.update(change(contact, owner_id=rep.id))
    assert database.connection().exec_driver_sql("SELECT contact_id, user_id FROM assignment").all() == [
        (contact, rep.id)
    ]


def test_contacts_are_found_by_every_identifier(database):
    """Ids come back in the order asked, None where nobody is meant."""
    fields = {"email": "ada@example.com", "ext_id": "a-1", "phone": "+33612345678", "whatsapp": "+33712345678"}
    ada = contacts.create(ContactInput(fields=fields))
    asked = [
        Identifier("whatsapp", "+33 7 12 34 56 78"),
        Identifier("email", "ADA@example.com"),
        Identifier("email", "not an address"),
        Identifier("ext_id", "a-1"),
        Identifier("phone", "0033612345678"),
        Identifier("id", ada),
        Identifier("landline", "+33612345678"),
    ]
    assert contacts.resolve(asked) == [ada, ada, None, ada, ada, ada, None]


def test_many_contacts_at_once(database):
    """A thousand contacts are created in one go, each with an id of its own."""
    assert len(set(make_contacts(1000))) == 1000
