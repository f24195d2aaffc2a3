import csv

import pytest

from app.errors import Invalid, NotFound
from app.models import AuditEntry
from app.services import attributes, exports, imports
from app.services.contacts.finding import ContactQuery
from app.services.csv_cells import safe_cell
from app.services.imports import ImportOptions
from nodes.catalog import Kind
from tests.factories.contacts import make_contact, make_contacts, make_list


def exported(query=None):
    text = "".join(exports.export(query or ContactQuery()))
    assert text.startswith("\ufeff")
    return list(csv.DictReader(text[1:].splitlines()))


def test_everybody_found_is_written_once(database, monkeypatch):
    """One row a contact, however many batches it takes, and only those asked for."""
    monkeypatch.setattr(exports, "_BATCH", 2)
    make_contacts(5)
    make_contact(email="ada@x.io", FIRSTNAME="Ada", tags=["a", "b"], lists=[make_list("VIP")])
    assert len({row["email"] for row in exported()}) == 6
    (ada,) = exported(ContactQuery(search="ada@x.io"))
    assert (ada["FIRSTNAME"], ada["tags"], ada["lists"]) == ("Ada", "a|b", "VIP")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(sign):
    """An apostrophe goes before any sign that a spreadsheet would act on."""
    assert safe_cell(f"{sign}cmd|'/c calc'!A0") == f"'{sign}cmd|'/c calc'!A0"


@pytest.mark.parametrize(
    ("value", "cell"), [(5.0, "5"), (-2.5, "-2.5"), (None, ""), (True, "true"), (["a", "b"], "a|b"), ("plain", "plain")]
)
def test_values_are_written_plainly(value, cell):
    """Numbers stay numbers, below zero too."""
    assert safe_cell(value) == cell


def test_what_is_exported_can_be_imported(database):
    """A round trip through a file changes nothing."""
    attributes.create("SCORE", Kind.NUMBER)
    attributes.create("LIKES", Kind.MULTIPLE_CHOICE, ["tea", "cake"])
    make_contact(email="ada@x.io", FIRSTNAME="=1+1", SCORE=-5, LIKES=["tea", "cake"])
    text = "".join(exports.export(ContactQuery()))
    preview = imports.upload(text.encode(), "x.csv")
    mapping = {each.index: "skip" for each in preview.columns}
    mapping |= {each.index: f"attribute:{each.header}" for each in preview.columns if each.header.isupper()}
    imports.start(preview.id, ImportOptions(mapping={**mapping, 0: "email"}))
    imports.run(preview.id)
    assert (imports.get(preview.id).unchanged, imports.get(preview.id).failed) == (1, 0)


def test_an_export_is_on_record(database):
    """The audit log says how many contacts left the house."""
    make_contacts(2)
    exported()
    assert database.query(AuditEntry).filter_by(action="exported").one().detail == {"count": 2}


def test_a_bad_query_is_refused_before_the_first_byte(database):
    """Nothing is sent that would have to be taken back."""
    with pytest.raises(Invalid):
        exports.export(ContactQuery(condition={"x": 1}))
    with pytest.raises(NotFound):
        exports.export(ContactQuery(segment_id=99))
