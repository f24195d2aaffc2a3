"""Two contacts become one, and two again: nothing is lost on either way."""

from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.errors import Conflict, Invalid, NotFound
from app.models import AuditEntry, ContactAlias, ContactMerge, ContactMergeRows
from app.services import attributes, contacts, lists, merging
from app.services.contacts import ContactInput, Identifier
from nodes.catalog import Kind
from tests.app.services.merging.histories import fill, tables, told
from tests.factories.automations import receive
from tests.factories.contacts import make_contact, make_list

ADA, ADAS = "ada@example.com", "ada.private@example.com"


@pytest.fixture
def pair(database: Session) -> tuple[int, int]:
    """Ada, and Ada by another address: each on a list and with a tag of her own, and on one list together."""
    news, shop, both = make_list(), make_list(), make_list()
    return (
        make_contact(email=ADA, lists=[news, both], tags=["vip"]),
        make_contact(email=ADAS, lists=[shop, both], tags=["new"]),
    )


def filled(database: Session, pair: tuple[int, int]) -> tuple[int, int]:
    """The two with something in every table."""
    for number, each in zip((1000, 2000), pair, strict=True):
        fill(database, each, number)
    return pair


def count(database: Session, table: str, contact: int) -> int:
    return database.scalar(text(f"SELECT count(*) FROM {table} WHERE contact_id = :id"), {"id": contact}) or 0


def test_nothing_is_left_of_the_other_and_all_of_it_is_with_the_kept_one(database: Session, pair: tuple[int, int]):
    """Every table that names contacts is asked: none names the other any more, and no row was lost on the way."""
    ada, other = filled(database, pair)
    once = {
        "visit",
        "refusal",
        "watch_member",
        "list_member",
        "message_ledger",
        "pending_entry",
    }  # both had one of these
    before = {table: count(database, table, ada) + count(database, table, other) for table in tables(database)}
    empty = {table for table in before if not count(database, table, other)}

    merging.merge(ada, other, {})

    assert empty <= {"contact_tag", "consent", "consent_change", "deal_contact", "hook_call", "notification"}
    for table, rows in before.items():
        assert (table, count(database, table, other)) == (table, 0)
        assert (table, count(database, table, ada)) == (table, rows - (table in once))
    view = contacts.get(ada)
    assert view.email == ADA
    assert view.tags == ["new", "vip"]
    assert len(view.list_ids) == 3
    with pytest.raises(NotFound):
        contacts.get(other)


def test_what_waits_goes_by_the_partition_of_the_kept_one(database: Session, pair: tuple[int, int]):
    """Timers, held timers and the inbox are found where a drain of the kept contact's partition looks."""
    ada, other = filled(database, pair)
    merging.merge(ada, other, {})
    for table in ("timer", "held_timer", "inbox"):
        parts = set(database.scalars(text(f"SELECT part FROM {table}")))
        assert (table, parts) == (table, {ada % 16})
    assert database.scalar(text("SELECT messages FROM message_ledger")) == [["email", 1000], ["email", 2000]]
    assert database.scalar(text("SELECT times FROM refusal WHERE automation_id = 1")) == 4


def test_undone_at_once_everything_is_as_it_was(database: Session, pair: tuple[int, int]):
    """All tables say of the two what they said before, row by row."""
    ada, other = filled(database, pair)
    before = told(database, ada, other)

    merge = merging.merge(ada, other, {"email": "other"}).id
    assert contacts.get(ada).email == ADAS
    assert merging.undo(ada, merge) == other

    after = told(database, ada, other)
    for table, rows in before.items():
        assert (table, after[table]) == (table, rows)
    assert not database.scalar(select(func.count()).select_from(ContactMergeRows))
    assert not database.scalar(select(func.count()).select_from(ContactAlias))


def test_the_values_are_chosen_field_by_field(database: Session):
    """The kept one's goes by itself, the other's where there is none; numbers are added up or compared if wished."""
    for name, kind in (("SCORE", Kind.NUMBER), ("VISITS", Kind.NUMBER), ("CITY", Kind.TEXT), ("JOB", Kind.TEXT)):
        attributes.create(name, kind)
    attributes.create("BORN", Kind.DATE)
    attributes.create("LIKES", Kind.MULTIPLE_CHOICE, ["a", "b", "c"])
    attributes.create("MADE", Kind.NUMBER)
    ada = make_contact(SCORE=10, VISITS=3, CITY="Paris", JOB="", BORN="2001-01-01", LIKES=["a", "b"])
    other = make_contact(MADE=4, SCORE=5, VISITS=7, CITY="Lyon", JOB="Baker", BORN="2002-01-01", LIKES=["b", "c"])

    merging.merge(ada, other, {"SCORE": "sum", "VISITS": "larger", "BORN": "larger", "MADE": "sum"})

    values = contacts.get(ada).attributes
    assert (values["SCORE"], values["VISITS"], values["CITY"], values["JOB"]) == (15, 7, "Paris", "Baker")
    assert values["MADE"] == 4
    assert str(values["BORN"]) == "2002-01-01"
    assert values["LIKES"] == ["a", "b", "c"]


@pytest.mark.parametrize(("wanted", "field"), [({"SIZE": "kept"}, "fields.SIZE"), ({"email": "sum"}, "fields.email")])
def test_what_cannot_be_chosen_is_refused_by_name(database: Session, pair: tuple[int, int], wanted: Any, field: str):
    """A field that there is not, and a way that does not fit; nothing was changed."""
    with pytest.raises(Invalid) as refused:
        merging.merge(*pair, wanted)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert contacts.get(pair[1]).email == ADAS


def test_something_must_be_left_that_the_contact_is_known_by(database: Session):
    """Both of them have an e-mail or a phone: to take the empty one of each leaves nothing."""
    ada = make_contact(email=ADA)
    other = contacts.create(ContactInput(fields={"phone": "+33612345678"}))
    with pytest.raises(Invalid, match="known by"):
        merging.merge(ada, other, {"email": "other", "phone": "kept"})


def test_a_contact_is_not_merged_with_itself_or_with_nobody(database: Session, pair: tuple[int, int]):
    """Both are refused in words."""
    with pytest.raises(Invalid, match="same contact"):
        merging.merge(pair[0], pair[0], {})
    with pytest.raises(NotFound):
        merging.merge(pair[0], 999_999, {})


def test_what_comes_by_an_old_name_reaches_the_kept_contact(database: Session, pair: tuple[int, int]):
    """By the address it had, its external id, or its number: nobody new is made; the kept one keeps its address."""
    ada, other = pair
    contacts.update(ContactInput(who=Identifier("id", other), fields={"ext_id": "X-9"}))
    merging.merge(ada, other, {"ext_id": "kept"})

    receive(ADAS)
    for name in (Identifier("ext_id", "X-9"), Identifier("id", other), Identifier("email", ADAS)):
        assert contacts.resolve([name]) == [ada]
    contacts.write([ContactInput(fields={"email": ADAS, "time_zone": "Europe/Paris"})])

    assert database.scalar(text("SELECT count(*) FROM contact")) == 1
    assert count(database, "event", ada) == 1
    assert (contacts.get(ada).email, contacts.get(ada).time_zone) == (ADA, "Europe/Paris")
    with pytest.raises(Conflict):
        contacts.create(ContactInput(fields={"email": ADAS}))


def test_undone_names_mean_the_other_again_and_what_came_since_stays(database: Session, pair: tuple[int, int]):
    """Events before the merge go back; one that came since, and a note written since, stay with the kept contact."""
    ada, other = pair
    receive(ADAS)
    merge = merging.merge(ada, other, {}).id
    receive(ADAS)
    database.execute(text("INSERT INTO note (contact_id, text) VALUES (:id, 'since')"), {"id": ada})

    merging.undo(ada, merge)
    receive(ADAS)

    assert (count(database, "event", ada), count(database, "event", other)) == (1, 2)
    assert count(database, "note", ada) == 1
    assert contacts.resolve([Identifier("email", ADAS)]) == [other]


def test_points_that_came_since_stay_and_those_of_the_other_go(database: Session):
    """10 + 5 by the merge, 7 since: 17 stay. What somebody wrote over since is not written over."""
    attributes.create("SCORE", Kind.NUMBER)
    attributes.create("CITY", Kind.TEXT)
    ada, other = make_contact(SCORE=10), make_contact(SCORE=5, CITY="Lyon")
    merge = merging.merge(ada, other, {"SCORE": "sum"}).id
    contacts.update(ContactInput(who=Identifier("id", ada), attributes={"SCORE": 22, "CITY": "Nice"}))

    merging.undo(ada, merge)

    found = [contacts.get(each).attributes for each in (ada, other)]
    assert [(each["SCORE"], each["CITY"]) for each in found] == [(17, "Nice"), (5, "Lyon")]


def test_a_sum_of_fractions_is_undone_to_what_it_was(database: Session):
    """0.1 + 0.2 - 0.2 is not 0.1 to a machine."""
    attributes.create("SCORE", Kind.NUMBER)
    ada, other = make_contact(SCORE=0.1), make_contact(SCORE=0.2)
    merging.undo(ada, merging.merge(ada, other, {"SCORE": "sum"}).id)
    assert [contacts.get(each).attributes["SCORE"] for each in (ada, other)] == [0.1, 0.2]


def test_of_two_merges_into_one_contact_the_later_is_undone_first(database: Session, pair: tuple[int, int]):
    """Both brought the same list: undoing the earlier one first would take it from the contact, and say nothing."""
    ada, other = pair
    shop = make_list()
    third = make_contact(email="third@example.com", lists=[shop])
    lists.add(shop, [other])
    first = merging.merge(ada, other, {}).id
    second = merging.merge(ada, third, {}).id
    with pytest.raises(Conflict, match="that merge first"):
        merging.undo(ada, first)

    merging.undo(ada, second)
    assert shop in contacts.get(ada).list_ids
    merging.undo(ada, first)
    assert shop not in contacts.get(ada).list_ids


def test_merges_in_a_row_are_undone_from_the_last(database: Session, pair: tuple[int, int]):
    """The other became part of Ada, Ada of a third: names lead on, and the first is undone only after the second."""
    ada, other = pair
    third = make_contact(email="third@example.com")
    first = merging.merge(ada, other, {}).id
    second = merging.merge(third, ada, {}).id
    assert contacts.resolve([Identifier("email", ADAS), Identifier("id", other)]) == [third, third]
    with pytest.raises(Conflict, match="that merge first"):
        merging.undo(ada, first)

    merging.undo(third, second)
    assert contacts.resolve([Identifier("email", ADAS)]) == [ada]
    merging.undo(ada, first)
    assert contacts.resolve([Identifier("email", ADAS)]) == [other]
    with pytest.raises(Conflict, match="already"):
        merging.undo(ada, first)


def test_what_somebody_else_is_called_by_now_stands_against_undoing(database: Session, pair: tuple[int, int]):
    """The kept contact was given the other's address by hand: it is named, and nothing was changed."""
    ada, other = pair
    merge = merging.merge(ada, other, {}).id
    contacts.update(ContactInput(who=Identifier("id", ada), fields={"email": ADAS}))
    with pytest.raises(Conflict, match=ADAS):
        merging.undo(ada, merge)
    assert contacts.get(ada).email == ADAS


def test_who_did_it_and_when_is_kept(database: Session, pair: tuple[int, int]):
    """On the contact's page and in the log of changes, undone ones too."""
    ada, other = pair
    merge = merging.merge(ada, other, {}).id
    merging.undo(ada, merge)
    (shown,) = merging.of_contact(ada)
    assert (shown.id, shown.contact_id, shown.name) == (merge, other, ADAS)
    assert shown.undone_at is not None
    actions = database.scalars(select(AuditEntry.action).where(AuditEntry.entity_id == str(ada))).all()
    assert actions[-2:] == ["merged", "unmerged"]


def test_erasing_the_kept_contact_erases_whom_it_was_merged_with(database: Session, pair: tuple[int, int]):
    """No row of a merge is left, nor of whoever came by way of another, nor what names them by what they were."""
    ada, other = filled(database, pair)
    third = make_contact(email="third@example.com")
    merging.merge(ada, other, {})
    merging.merge(third, ada, {})
    payload = '{"userId": "' + ADAS + '"}'
    database.execute(
        text(
            "INSERT INTO source_message (source_id, kind, name, result, problems, payload)"
            " VALUES (900, 'k', 'n', 'refused', '[]', :payload)"
        ),
        {"payload": payload},
    )

    contacts.delete([third])

    for table in (ContactMerge, ContactMergeRows, ContactAlias):
        assert not database.scalar(select(func.count()).select_from(table))
    for table in tables(database):
        assert (table, database.scalar(text(f"SELECT count(*) FROM {table}"))) == (table, 0)
    assert set(database.scalars(text("SELECT id FROM erased_contact"))) == {ada, other, third}


def test_the_preview_says_what_there_is_to_choose_and_what_comes_along(database: Session, pair: tuple[int, int]):
    """Fields in which both are empty are left out; nothing is changed by looking."""
    ada, other = filled(database, pair)
    before = told(database, ada, other)
    shown = merging.preview(ada, other)
    assert [(each.name, each.kept, each.other, list(each.ways)) for each in shown.fields] == [
        ("email", ADA, ADAS, ["kept", "other"])
    ]
    assert (shown.counts["event"], shown.counts["note"], shown.takes_no_mail) == (3, 1, False)
    assert told(database, ada, other) == before
