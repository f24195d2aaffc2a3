import pytest

from app.services.imports.guesses import guess_columns
from nodes.catalog import Attribute, Kind

ATTRIBUTES = {
    "FIRSTNAME": Attribute("FIRSTNAME", Kind.TEXT),
    "LASTNAME": Attribute("LASTNAME", Kind.TEXT),
    "COUNTRY": Attribute("COUNTRY", Kind.TEXT),
    "LEAD_SCORE": Attribute("LEAD_SCORE", Kind.NUMBER),
}


def guess(header, *samples):
    (found,) = guess_columns([header], [samples], ATTRIBUTES)
    return found


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("E-Mail", "email"),
        ("Adresse e-mail", "email"),
        ("Электронная почта", "email"),
        ("Mobile phone", "phone"),
        ("Téléphone", "phone"),
        ("Телефон", "phone"),
        ("External ID", "ext_id"),
        ("Time zone", "time_zone"),
        ("First Name", "attribute:FIRSTNAME"),
        ("PRÉNOM", "attribute:FIRSTNAME"),
        ("Имя", "attribute:FIRSTNAME"),
        ("nom de famille", "attribute:LASTNAME"),
        ("Pays", "attribute:COUNTRY"),
        ("lead score", "attribute:LEAD_SCORE"),
    ],
)
def test_usual_headers_are_known_in_every_language(header, target):
    """Case, accents and punctuation do not matter."""
    assert str(guess(header).target) == target


def test_values_tell_an_address():
    """A column of addresses is the email, whatever it is called."""
    assert str(guess("xyz", "ada@x.io", "bob@x.io").target) == "email"
    assert guess("xyz", "ada@x.io", "bob").target is None


def test_each_thing_is_guessed_once():
    """Of two columns for the same thing the first gets it."""
    first, second = guess_columns(["email", "mail"], [[], []], {})
    assert (str(first.target), second.target) == ("email", None)


@pytest.mark.parametrize(
    ("header", "samples", "name", "kind"),
    [
        ("Umsatz (2026)", ["1 200,50", "3"], "UMSATZ_2026", "number"),
        ("Geboren am", ["1990-01-31"], "GEBOREN_AM", "date"),
        ("VIP?", ["yes", "no"], "VIP", "boolean"),
        ("Город", ["Москва"], "GOROD", "text"),
        ("Ещё", ["x"], "ESCHE", "text"),
        ("2nd", [], "C_2ND", "text"),
        ("", [], "C", "text"),
    ],
)
def test_an_attribute_is_suggested_for_the_rest(header, samples, name, kind):
    """Its name can be an attribute's, its kind is the narrowest that fits."""
    found = guess(header, *samples)
    assert (found.new_name, found.new_kind) == (name, kind)
