"""Text files that are broken in every way: refused in words, or each of their rows accounted for."""

import csv
import io
from time import process_time
from typing import Any, Final

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Contact
from app.services import imports
from tests.app.conftest import Caller
from tests.factories.contacts import make_contact
from tests.hostile.answers import told
from tests.support.stored import everything
from tests.support.uploads import uploaded

ENCODINGS: Final = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252", "cp1251", "koi8_r", "shift_jis"]
ENDS: Final = ["\n", "\r\n", "\r", "\n\n", "\n\r"]
CELLS: Final = [
    *("ann@example.com", "new@example.com", "Ünï@example.com", "nobody", "", " ", "5", "-5,5", "12/31/2026", "pro"),
    *("=1+1", "@SUM(A1)", "'", '"', '""', 'a"b', '"never closed', "a\nb", "\0", "\ufeff", "œuvre", "Привет", "x" * 300),
]
WORDS: Final = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
FORMULAS: Final = st.builds(str.__add__, st.sampled_from(["", "=", "+", "-", "@", "'", "'=", "''@", '"', "|"]), WORDS)
HEADERS: Final = ["email", "SCORE", "PLAN", "phone", "", "email", "time zone", "имя"]

examples = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Files of rows with odd cells, in any encoding, with any line ends, some of them cut off."""
    separator = draw(st.sampled_from(",;\t|"))
    row = st.lists(st.sampled_from(CELLS), min_size=1, max_size=6)
    rows = [draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=5)), *draw(st.lists(row, max_size=8))]
    text = "".join(separator.join(cells) + draw(st.sampled_from(ENDS)) for cells in rows)
    content = text.encode(draw(st.sampled_from(ENCODINGS)), "replace")
    return content[: len(content) - draw(st.integers(0, 3))]


def mapping_of(preview: dict[str, Any]) -> list[dict[str, Any]]:
    """Columns go where they were guessed to; the first is the address if none is."""
    guesses = [each["guess"] or {} for each in preview["columns"]]
    targets = [each.get("field") or f"attribute:{each['attribute']}" if each else "skip" for each in guesses]
    if not {"email", "phone", "ext_id"} & set(targets):
        targets[0] = "email"
    return [{"column": column, "target": target} for column, target in enumerate(targets)]


def imported(caller: FlaskClient, preview: dict[str, Any]) -> dict[str, Any]:
    """Import a file that was uploaded, and see what became of it."""
    path = f"/api/imports/{preview['id']}"
    assert caller.post(f"{path}/start", json={"mapping": mapping_of(preview)}).status_code == 202
    done: dict[str, Any] = {"state": "running"}
    while done["state"] == "running":  # a large one takes several turns
        imports.run(preview["id"])
        done = caller.get(path).json
    return done


def contacts(database: Session) -> int:
    return database.scalar(select(func.count()).select_from(Contact)) or 0


@examples
@given(content=files() | st.binary(max_size=300))
def test_each_row_is_accounted_for(owner: Caller, database: Session, content: bytes):
    """A file is refused and nothing kept, or each row is taken or named among the errors, and none is lost."""
    before, known = everything(database), contacts(database)
    preview = uploaded(owner, content)
    if preview.status_code != 201:
        assert told(preview, 422)
        assert everything(database) == before
        return
    done = imported(owner, preview.json)
    assert done["state"] == "finished"
    results = [done[result] for result in ("created", "updated", "unchanged", "failed")]
    assert done["total"] == done["processed"] == sum(results) > 0
    assert contacts(database) - known == done["created"]
    assert len({each["row"] for each in done["errors_sample"]}) == done["failed"]


MONSTERS: Final[dict[str, bytes]] = {
    "nothing": b"",
    "blank": b" \r\n\t\n",
    "a mark alone": b"\xef\xbb\xbf",
    "no row": b"email;SCORE\n",
    "empty rows": b"email\n" + b"\n" * 100_000,
    "separators alone": b"email\n" + b"," * 1000,
    "NULs alone": b"\0" * 1000,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "a workbook": b"PK\x03\x04" + bytes(1000),
    "half of UTF-16": "email\na@x.io\n".encode("utf-16")[:-1],
    "one endless line": b"x" * 2_000_000,
    "one endless cell": b"email,note\na@x.io," + b"x" * 200_000,
    "quotes alone": b"email\n" + b'"' * 300_001,
    "a quote that never closes": b"email\n" + b"a@x.io\n" * 1000 + b'"b@x.io\n' * 3,
    "too many columns": b",".join([b"c"] * 501) + b"\n" + b",".join([b"c"] * 501),
}


@pytest.mark.parametrize("name", MONSTERS)
def test_what_holds_no_rows_is_refused(owner: Caller, database: Session, name: str):
    """Files without rows, or that cannot be read to their end, are refused in words, and nothing is kept."""
    before = everything(database)
    assert told(uploaded(owner, MONSTERS[name]), 422)
    assert everything(database) == before


@pytest.mark.parametrize(
    ("content", "emails"),
    [
        (b"email\rmac@x.io\rtwo@x.io\r", {"mac@x.io", "two@x.io"}),
        (b"email\r\nm1@x.io\nm2@x.io\rm3@x.io", {"m1@x.io", "m2@x.io", "m3@x.io"}),
        ("\ufeffemail\n\ufeffjoined@x.io\n".encode(), {"joined@x.io"}),
        (b"email\na\0b@x.io\nfine@x.io\n", {"fine@x.io"}),
        (b"email,email\none@x.io,two@x.io\n", {"one@x.io"}),
        (b",\none@x.io,\n", {"one@x.io"}),
        (b"one@x.io\ntwo@x.io\n", {"one@x.io", "two@x.io"}),
        ("email\nпочта@пример.рф\n".encode("cp1251"), {"почта@пример.рф"}),
        ("email\na@x.io\n".encode("utf-32"), {"a@x.io"}),
    ],
)
def test_odd_files_are_understood(owner: Caller, database: Session, content: bytes, emails: set[str]):
    """Old line ends, marks within, doubled and missing headers, none at all: the rows are read all the same."""
    known = set(database.scalars(select(Contact.email)))
    imported(owner, uploaded(owner, content).json)
    assert set(database.scalars(select(Contact.email))) - known == emails


def test_a_cell_made_to_be_read_slowly_is_read_at_once(owner: Caller):
    """No pattern takes longer than the length of a cell suggests."""
    trap = b"a@" + b"." * 90_000 + b"@"
    began = process_time()
    uploaded(owner, trap + b"\n" + trap + b"\n")
    assert process_time() - began < 5


def test_a_hundred_thousand_rows_with_a_tenth_broken(owner: Caller, database: Session):
    """A large file is imported as far as it is right, and every broken row is in the file of errors."""
    rows = [f"c{n}@x.io;{n}" if n % 10 else f"c{n}.x.io;=cmd|' /C calc'!A{n}" for n in range(100_000)]
    preview = uploaded(owner, "\n".join(["email;SCORE", *rows]).encode("utf-16")).json
    done = imported(owner, preview)
    assert (done["state"], done["created"], done["failed"]) == ("finished", 90_000, 10_000)
    errors = list(csv.reader(owner.get(f"/api/imports/{preview['id']}/errors.csv").text.splitlines()))
    assert len({row for row, *_ in errors[1:]}) == 10_000
    assert not any(cell.startswith(("=", "+", "-", "@")) for _, _, cell, _ in errors)


@examples
@given(texts=st.lists(FORMULAS, min_size=1, max_size=5))
def test_exports_hold_no_formulas_and_come_back(owner: Caller, database: Session, texts: list[str]):
    """No cell of an export is a formula to a spreadsheet, and importing the file again changes nothing."""
    for text in texts:
        make_contact(tags=["=tag"], FIRSTNAME=text)
    exported = owner.get("/api/contacts/export")
    content = exported.get_data()
    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
    assert exported.headers["Content-Disposition"].startswith("attachment")
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    done = imported(owner, uploaded(owner, content).json)
    assert (done["created"], done["updated"], done["failed"]) == (0, 0, 0)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\0b.csv", "<script>alert(1)</script>.csv", "x" * 5000, "é\r\nX: y"]
)
def test_a_file_may_be_called_anything(owner: Caller, name: str):
    """A name is kept to be shown, shortened; it never becomes a path or a header."""
    answer = uploaded(owner, name=name)
    assert answer.status_code == 201 or told(answer, 422)
    assert "X" not in answer.headers


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the parser's file of half a form
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "multipart/form-data"),
        (b"", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data; name=file\r\n\r\nemail\r\n--x--", "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nem',
            "multipart/form-data; boundary=x",
        ),
        (b"--x\r\n" * 5000, "multipart/form-data; boundary=x"),
        (b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n' * 2000, "multipart/form-data; boundary=x"),
        (b"email\na@x.io\n", "text/csv"),
        (b"file=email", "application/x-www-form-urlencoded"),
        (b'{"file": "email"}', "application/json"),
    ],
)
def test_a_broken_form_is_refused(owner: Caller, database: Session, body: bytes, kind: str):
    """What is no form with a file in it is refused, whatever it says it is."""
    before = everything(database)
    assert told(owner.post("/api/imports", data=body, content_type=kind))
    assert everything(database) == before
