import pytest
from sqlalchemy import text

from app.errors import Conflict, Invalid, NotFound
from app.models import Automation
from app.services import attributes, contacts, segments
from nodes.catalog import Kind
from tests.factories.contacts import make_contact

DOCUMENT = {
    "format": "cadenza.automation/1",
    "name": "Scoring",
    "settings": {},
    "nodes": [
        {"id": "a", "type": "update_attribute", "config": {"attribute": "SCORE", "operation": "add", "value": 5}}
    ],
    "edges": [],
    "layout": {},
}


@pytest.mark.row("C1")
def test_a_new_attribute_is_empty_for_everybody(database):
    """A number attribute exists at once, and is empty, not 0, for contacts that were there before."""
    contact = make_contact()
    made = attributes.create("score", Kind.NUMBER)
    assert (made.name, made in attributes.every()) == ("SCORE", True)
    assert contacts.get(contact).attributes["SCORE"] is None
    assert database.scalar(text(f"SELECT a{made.id} FROM contact WHERE id = :id"), {"id": contact}) is None


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        ("text", "text"),
        ("number", "double precision"),
        ("date", "date"),
        ("boolean", "boolean"),
        ("multiple_choice", "ARRAY"),
    ],
)
def test_the_database_holds_values_to_their_type(database, kind, column):
    """Each kind has a column of its own type."""
    made = attributes.create("X", Kind(kind))
    statement = text(
        "SELECT data_type FROM information_schema.columns WHERE table_name = 'contact' AND column_name = :name"
    )
    assert database.scalar(statement, {"name": f"a{made.id}"}) == column


@pytest.mark.parametrize("name", ["", "1A", "A B", "ÄPFEL", "A" * 51, "EMAIL", "a\0", "DROP TABLE", "A;B"])
def test_a_name_that_cannot_be_is_refused(database, name):
    """Names are plain capitals, and none that every contact has anyway."""
    with pytest.raises(Invalid) as refusal:
        attributes.create(name, Kind.TEXT)
    assert refusal.value.problems[0].field == "name"


def test_a_name_is_taken_once(database):
    """Case does not make another name."""
    attributes.create("SCORE", Kind.NUMBER)
    with pytest.raises(Conflict):
        attributes.create("Score", Kind.TEXT)


def test_options_belong_to_choices_only(database):
    """A number has no options; an option is there once."""
    with pytest.raises(Invalid):
        attributes.create("A", Kind.NUMBER, ["x"])
    with pytest.raises(Invalid, match="twice"):
        attributes.create("A", Kind.CATEGORY, ["x", "X"])


def test_options_that_contacts_have_stay(database):
    """An option goes when nobody has it, or when its values shall go too."""
    attributes.create("TIER", Kind.CATEGORY, ["gold", "silver", "none"])
    contact = make_contact(TIER="gold")
    assert attributes.set_options("TIER", ["gold", "silver"]).options == ("gold", "silver")
    with pytest.raises(Conflict, match="1 contacts"):
        attributes.set_options("TIER", ["silver"])
    attributes.set_options("TIER", ["silver"], drop_values=True)
    assert contacts.get(contact).attributes["TIER"] is None


def test_dropping_a_choice_leaves_the_others(database):
    """Of several choices only the one dropped goes."""
    attributes.create("LIKES", Kind.MULTIPLE_CHOICE, ["a", "b", "c"])
    both, one = make_contact(LIKES=["a", "b"]), make_contact(LIKES=["a"])
    with pytest.raises(Conflict):
        attributes.set_options("LIKES", ["b", "c"])
    attributes.set_options("LIKES", ["b", "c"], drop_values=True)
    assert [view.attributes["LIKES"] for view in contacts.fetch([both, one])] == [["b"], None]


def test_deleting_takes_the_values_along(database):
    """Afterwards neither the attribute nor its column is there, and the name is free again."""
    made = attributes.create("SCORE", Kind.NUMBER)
    contact = make_contact(SCORE=5)
    attributes.delete("score")
    assert "SCORE" not in contacts.get(contact).attributes
    again = attributes.create("SCORE", Kind.TEXT)
    assert (again.id != made.id, contacts.get(contact).attributes["SCORE"]) == (True, None)
    with pytest.raises(NotFound):
        attributes.delete("NOPE")


def test_an_attribute_in_use_is_not_deleted(database):
    """The refusal names the automations and segments that use it, drafts included."""
    attributes.create("SCORE", Kind.NUMBER)
    database.add(Automation(name="Scoring", draft=DOCUMENT))
    database.flush()
    segments.create("Hot", {"attribute": "SCORE", "op": "gte", "value": 20})
    with pytest.raises(Conflict) as refusal:
        attributes.delete("SCORE")
    assert [each.message for each in refusal.value.problems] == [
        "Used by the automation “Scoring” (draft).",
        "Used by the segment “Hot”.",
    ]
    assert "SCORE" in {each.name for each in attributes.every()}


def test_every_workspace_begins_with_names_and_country(database):
    """The defaults are made once, whatever is there already."""
    attributes.ensure_defaults()
    attributes.ensure_defaults()
    assert {"FIRSTNAME", "LASTNAME", "COUNTRY"} <= {each.name for each in attributes.every()}
