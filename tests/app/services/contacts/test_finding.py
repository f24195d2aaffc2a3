import pytest

from app.errors import Invalid, NotFound
from app.services import attributes, segments
from app.services.contacts.finding import ContactQuery, batches, count, count_condition, find, find_slice
from app.services.paging import Paging
from nodes.catalog import Kind
from tests.factories.contacts import make_contact, make_contacts, make_list

HOT = {"attribute": "SCORE", "op": "gte", "value": 20}


@pytest.fixture
def score(database):
    return attributes.create("SCORE", Kind.NUMBER)


def emails(query, sort="email", limit=50):
    return [each.email.partition("@")[0] for each in find(query, Paging(limit=limit), sort).items]


@pytest.mark.row("C22")
def test_hot_leads_are_listed_by_score(score):
    """Contacts over the threshold can be listed, the highest score first; those without any come last."""
    for name, value in (("ada", 20), ("bob", 35), ("cyd", 5), ("dan", None)):
        make_contact(email=f"{name}@x.io", SCORE=value)
    assert emails(ContactQuery(condition=HOT), "-SCORE") == ["bob", "ada"]
    assert emails(ContactQuery(), "-SCORE") == ["bob", "ada", "cyd", "dan"]
    assert emails(ContactQuery(), "SCORE") == ["cyd", "ada", "bob", "dan"]


@pytest.mark.parametrize("sort", ["SCORE", "-SCORE", "email", "-created_at", "TIER", "-BORN"])
def test_pages_together_are_the_whole_list(score, sort):
    """Page by page, each contact comes once, in the order of the whole list, empty values and equal ones included."""
    attributes.create("TIER", Kind.CATEGORY, ["a", "b"])
    attributes.create("BORN", Kind.DATE)
    for number in range(23):
        some = {"SCORE": number % 4, "TIER": "ab"[number % 2], "BORN": f"20{10 + number % 5}-01-01"}
        make_contact(**(some if number % 3 else {}))
    whole = [each.id for each in find(ContactQuery(), Paging(limit=100), sort).items]
    paged, cursor = [], None
    while True:
        found = find(ContactQuery(), Paging(cursor, 5), sort)
        paged += [each.id for each in found.items]
        assert found.total == 23
        cursor = found.next_cursor
        if cursor is None:
            break
    assert paged == whole


def test_words_are_found_in_names_and_identifiers(database):
    """Each word must be part of the name, the address, the number or the own id; signs mean themselves."""
    make_contact(email="ada@x.io", FIRSTNAME="Ada", LASTNAME="Lovelace")
    make_contact(email="grace_h@x.io", FIRSTNAME="Grace", LASTNAME="Hopper")
    make_contact(email="graceth@x.io")
    assert emails(ContactQuery(search="LOVE ada")) == ["ada"]
    assert emails(ContactQuery(search="grace_h")) == ["grace_h"]
    assert emails(ContactQuery(search="100%")) == []


def test_everything_asked_must_hold(score):
    """Segment, condition and list narrow each other."""
    joined = make_list()
    make_contact(email="ada@x.io", SCORE=30, lists=[joined])
    make_contact(email="bob@x.io", SCORE=30)
    make_contact(email="cyd@x.io", SCORE=3, lists=[joined])
    hot = segments.create("Hot", HOT)
    assert emails(ContactQuery(segment_id=hot, list_ids=[joined])) == ["ada"]
    assert emails(ContactQuery(segment_id=hot, condition={"attribute": "SCORE", "op": "lt", "value": 5})) == []
    assert count_condition(HOT) == 2


@pytest.mark.parametrize(
    "condition",
    [
        {},
        [],
        "x",
        {"attribute": "NOPE", "op": "eq", "value": 1},
        {"attribute": "SCORE", "op": "gte", "value": "x"},
        {"all": 5},
    ],
)
def test_what_is_no_condition_is_refused(score, condition):
    """A refusal says where, and nothing is searched."""
    with pytest.raises(Invalid) as refusal:
        count_condition(condition)
    assert refusal.value.problems[0].field.startswith("condition")


@pytest.mark.parametrize("sort", ["", "nope", "--email", "LIKES", "id; DROP TABLE contact"])
def test_an_order_that_does_not_exist_is_refused(database, sort):
    """Only fields and attributes with one value can be sorted by."""
    attributes.create("LIKES", Kind.MULTIPLE_CHOICE, ["a"])
    with pytest.raises(Invalid, match="sorted"):
        find(ContactQuery(), Paging(), sort)


def test_a_missing_segment_is_said(database):
    """A segment that is gone is not an empty one."""
    with pytest.raises(NotFound):
        count(ContactQuery(segment_id=999))


def test_slices_and_batches_miss_nobody(database):
    """Counting rows to skip, and going through all in batches, both give everybody once."""
    made = make_contacts(7)
    newest, total = find_slice(ContactQuery(), limit=3, offset=2, newest_first=True)
    assert ([each.id for each in newest], total) == (made[::-1][2:5], 7)
    assert [each.id for batch in batches(ContactQuery(), 3) for each in batch] == made
