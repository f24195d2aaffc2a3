import codecs

import pytest

from app.errors import Invalid
from app.services.imports.text_files import recognise

FRENCH = "Prénom;Nom;Ville\nÉlodie;Lefèvre;Besançon\nJosé;Muñoz;Málaga\n"
RUSSIAN = "Имя;Фамилия;Город\nАнна;Иванова;Москва\nПётр;Сидоров;Орёл\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-32"),
        (FRENCH, "cp1252"),
        ("email;prix\na@x.io;10 €\nb@x.io;“cher”\n", "cp1252"),
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-16-be"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        ("email;имя\na@x.io;Пётр\n", "cp1251"),
    ],
)
def test_every_common_encoding_is_recognised(text, encoding):
    """The letters come out as they were written, whatever program saved the file."""
    file = recognise(text.encode(encoding))
    lines = [line.split(";") for line in text.splitlines()]
    assert [file.headers(), *(row.cells for row in file.rows())] == lines


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_parts_evenly(separator):
    """Other separators inside the cells do not mislead."""
    rows = [["email", "note"], ["a@x.io", "one, two; three"], ["b@x.io", "x"]]
    text = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    file = recognise(text.encode())
    assert (file.separator, file.headers()) == (separator, ["email", "note"])


def test_a_file_may_lack_a_header():
    """A first row with an address is a row of data; columns go by number then."""
    file = recognise(b"ada@x.io,Ada\nbob@x.io,Bob\n")
    assert (file.headers(), [row.number for row in file.rows()]) == (["Column 1", "Column 2"], [1, 2])


def test_rows_are_counted_as_a_spreadsheet_does():
    """Line breaks inside cells and empty rows do not shift the numbers."""
    file = recognise(b'email,note\na@x.io,"two\nlines"\n,\n\nb@x.io,x\n')
    assert [(row.number, row.cells[0]) for row in file.rows()] == [(2, "a@x.io"), (5, "b@x.io")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\n",
        codecs.BOM_UTF8,
        b"PK\x03\x04rest of a workbook",
        b"%PDF-1.7",
        b"\x1f\x8bzipped",
        bytes(range(256)) * 20,
        codecs.BOM_UTF16_LE + b"a",
        b",".join([b"x"] * 501),
    ],
)
def test_what_is_no_text_file_of_rows_is_refused(content):
    """A refusal says what it is and what to choose instead."""
    with pytest.raises(Invalid) as refusal:
        recognise(content)
    assert refusal.value.problems[0].remedy


@pytest.mark.parametrize("broken", [b'email,note\na@x.io,"never closed\n', b'email,note\n"a"b,c\n'])
def test_a_broken_row_is_said_with_its_line(broken):
    """A quotation mark that is never closed does not swallow the rest of the file unnoticed."""
    with pytest.raises(Invalid, match="line"):
        list(recognise(broken).rows())


def test_a_hint_overrides_the_guess():
    """A person who knows better names the encoding; one that does not fit is refused."""
    content = "email;όνομα\na@x.io;Γιώργος\n".encode("cp1253")
    assert recognise(content, encoding="cp1253").headers() == ["email", "όνομα"]
    for encoding in ("utf-8", "nonsense", "zip", "a\0"):
        with pytest.raises(Invalid):
            recognise(content, encoding=encoding)
