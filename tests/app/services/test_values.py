import pytest
from marshmallow import ValidationError

from app.api.schemas.base import Line
from app.errors import Invalid
from app.services import values


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Ada@Example.COM", "ada@example.com"),
        (" ada.l+x@sub.example.co ", "ada.l+x@sub.example.co"),
        ("ada@EXÄMPLE.de", "ada@exämple.de"),
        ("o'hara@example.com", "o'hara@example.com"),
    ],
)
def test_an_address_is_kept_in_one_form(given, kept):
    """Case and blanks around it do not make another address."""
    assert values.email(given) == kept


@pytest.mark.parametrize(
    "given", ["", "ada", "ada@", "@example.com", "ada@localhost", "a b@example.com", "a@b@c.de", "a..b@x.io", 7, None]
)
def test_what_is_no_address_is_refused_with_a_remedy(given):
    """A refusal names the field and shows how an address looks."""
    with pytest.raises(Invalid) as refusal:
        values.email(given)
    assert [(each.field, bool(each.remedy)) for each in refusal.value.problems] == [("email", True)]


@pytest.mark.parametrize(
    "given", ["+33 6 12 34 56 78", "0033612345678", "33612345678", "+33 (6) 12-34.56/78", 33612345678]
)
def test_a_number_is_kept_in_international_form(database, given):
    """Whatever stands between the digits, it is the same number."""
    assert values.phone(given) == "+33612345678"


@pytest.mark.parametrize("given", ["", "0612345678", "12", "+1234567890123456", "call me", "+33x612345678", True])
def test_a_number_without_country_is_refused(database, given):
    """What cannot be dialled from everywhere is no number."""
    with pytest.raises(Invalid, match=r"number|text"):
        values.phone(given)


@pytest.mark.parametrize("given", ["a\0b", "\ud800", "x" * 5001, 5, None])
def test_text_that_cannot_be_stored_is_refused(given):
    """NUL, halves of characters and endless texts do not reach the database."""
    with pytest.raises(Invalid):
        values.storable("note", given)


@pytest.mark.parametrize(
    ("given", "exists"), [("Europe/Paris", True), ("UTC", True), ("Mars", False), ("../etc", False), ("", False)]
)
def test_a_time_zone_must_exist(given, exists):
    """Only names of real zones pass."""
    if exists:
        assert values.time_zone(given) == given
    else:
        with pytest.raises(Invalid):
            values.time_zone(given)


@pytest.mark.parametrize("given", ["Joyeux anniversaire\u00a0!", "Réveil\u202f: offres", "夏の\u3000セール"])
def test_any_space_may_stand_in_a_line(given):
    """What a French keyboard writes before a colon is a space, to the forms of the API as well."""
    assert values.line("name", given) == given
    assert Line().deserialize(given) == given


@pytest.mark.parametrize("given", ["two\nlines", "a\ttab", "a\u2028separator", "\u00a0", ""])
def test_what_is_no_line_is_refused(given):
    """Line breaks, control characters, and nothing at all are no name."""
    with pytest.raises(Invalid):
        values.line("name", given)
    with pytest.raises(ValidationError):
        Line().deserialize(given)
