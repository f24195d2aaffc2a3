from datetime import date

import pytest

from app.errors import Invalid
from app.services.attribute_values import read, read_loosely
from nodes.catalog import Attribute, Kind

COLOURS = ("Red", "Green", "Blue")


def attribute(kind):
    return Attribute("A", Kind(kind), COLOURS if kind in {"category", "multiple_choice"} else ())


@pytest.mark.parametrize(
    ("kind", "given", "stored"),
    [
        ("text", "Ada", "Ada"),
        ("text", "", None),
        ("number", 5, 5.0),
        ("number", -2.5, -2.5),
        ("date", "2026-11-22", date(2026, 11, 22)),
        ("date", "2026-11-22T23:30:00+02:00", date(2026, 11, 22)),
        ("boolean", False, False),
        ("category", "red", "Red"),
        ("multiple_choice", ["Blue", "Red", "Blue"], ["Red", "Blue"]),
        ("multiple_choice", [], None),
        ("number", None, None),
    ],
)
def test_a_fitting_value_is_read_in_its_type(kind, given, stored):
    """Each kind has one stored form; there is one way to be empty."""
    assert read(attribute(kind), given) == stored


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("text", 5),
        ("text", "a\0b"),
        ("number", "5"),
        ("number", True),
        ("number", 10**400),
        ("number", float("nan")),
        ("number", float("inf")),
        ("date", "22.11.2026"),
        ("date", "2026-02-30"),
        ("date", "10000-01-01"),
        ("date", 20261122),
        ("boolean", "true"),
        ("boolean", 1),
        ("category", "Pink"),
        ("multiple_choice", "Red"),
        ("multiple_choice", ["Pink"]),
        ("multiple_choice", {"Red": 1}),
    ],
)
def test_an_ill_typed_value_is_refused_with_a_remedy(kind, given):
    """Nothing is guessed from JSON: its types are meant."""
    with pytest.raises(Invalid) as refusal:
        read(attribute(kind), given)
    assert [(each.field, bool(each.remedy)) for each in refusal.value.problems] == [("attributes.A", True)]


@pytest.mark.parametrize(
    ("kind", "given", "stored"),
    [
        ("number", " 1 234,5 ", 1234.5),
        ("number", "-1e3", -1000.0),
        ("date", "3/4/2026", date(2026, 4, 3)),
        ("date", "03.04.2026", date(2026, 4, 3)),
        ("boolean", "Oui", True),
        ("boolean", "нет", False),
        ("boolean", 1, True),
        ("category", "GREEN", "Green"),
        ("multiple_choice", "blue; red", ["Red", "Blue"]),
        ("text", 5, "5"),
        ("number", "  ", None),
    ],
)
def test_texts_of_files_are_read_as_people_write_them(kind, given, stored):
    """French decimals, days first, yes in three languages."""
    assert read_loosely(attribute(kind), given) == stored


def test_dates_can_have_the_month_first():
    """12/31/2026 is a date where the column is written so."""
    assert read_loosely(attribute("date"), "12/31/2026", month_first=True) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("number", "12 €"),
        ("number", "1,2,3"),
        ("number", "nan"),
        ("number", "1e999"),
        ("date", "31/31/2026"),
        ("boolean", "maybe"),
    ],
)
def test_a_text_that_does_not_fit_is_refused(kind, given):
    """What cannot be read for certain is not taken."""
    with pytest.raises(Invalid):
        read_loosely(attribute(kind), given)
