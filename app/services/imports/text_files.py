"""Text files as people have them: whatever encoding, whatever separator."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from charset_normalizer import from_bytes

from app.errors import Invalid

LARGEST_FILE: Final = 50 * 1024 * 1024
LARGEST_CELL: Final = 100_000
LONGEST_SHOWN: Final = 200
MOST_COLUMNS: Final = 500
ENCODINGS: Final = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("latin-1", "iso8859-2", "iso8859-5", "iso8859-9", "iso8859-15", "koi8_r", "koi8_u", "mac_roman", "mac_cyrillic"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
)
SEPARATORS: Final = (",", ";", "\t", "|")
_SAMPLE: Final = 256 * 1024
_CHUNK: Final = 1024 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FILES: Final = (
    (b"PK\x03\x04", "a workbook or archive"),
    (b"\xd0\xcf\x11\xe0", "an old workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
)
# Western letters stand alone among ASCII ones; those of other scripts come in runs.
_RUN = re.compile(rb"[\x80-\xff]{3,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_RUSSIAN: Final = ("cp1251", "koi8_r")
_OTHER_SCRIPTS: Final = ("cp1253", "cp1255", "shift_jis", "gb18030", "big5", "euc_kr")
# Bounded: a cell of a hundred thousand dots must not take a minute.
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")
_PRINTABLE: Final = bytes([*b"\t\n\r", *range(32, 127)])

csv.field_size_limit(LARGEST_CELL)


class Row(NamedTuple):
    """One row and its number as a spreadsheet shows it, from 1."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of rows. `has_header`: its first row names the columns."""

    content: bytes
    encoding: str
    separator: str
    has_header: bool

    def headers(self) -> list[str]:
        """The names of the columns; numbers where the file has none. Raises Invalid."""
        first = next(self._rows(), None)
        if first is None:
            return []
        if self.has_header:
            return [shown(cell.strip()) for cell in first.cells]
        return [f"Column {number}" for number, _ in enumerate(first.cells, 1)]

    def rows(self) -> Iterator[Row]:
        """Every row with something in it, without the header. Raises Invalid where the file is broken."""
        return islice(self._rows(), 1 if self.has_header else 0, None)

    def _rows(self) -> Iterator[Row]:
        stream = io.TextIOWrapper(io.BytesIO(self.content), self.encoding, newline="")
        reader = csv.reader(stream, delimiter=self.separator, strict=True)
        try:
            for number, cells in enumerate(reader, 1):
                if any(cell and not cell.isspace() for cell in cells):
                    yield Row(number, cells)
        except csv.Error as error:
            message = f"The file is broken at line {reader.line_num}: {error}."
            raise Invalid.field("file", "bad_csv", message, "Check the quotation marks there.") from error


def shown(cell: str) -> str:
    """Return the beginning of a cell without NUL characters, which cannot be stored."""
    return cell[:LONGEST_SHOWN].replace("\0", "\ufffd")


def recognise(content: bytes, *, encoding: str | None = None, separator: str | None = None) -> TextFile:
    """Find out how a file is written. Raises Invalid for what is not a text file of rows."""
    _refuse_other_files(content)
    encoding = _known_encoding(content, encoding) if encoding else _guessed_encoding(content)
    sample = codecs.getincrementaldecoder(encoding)().decode(content[:_SAMPLE])
    separator = separator or _guessed_separator(sample)
    first = next(iter(TextFile(content, encoding, separator, has_header=False).rows()), None)
    if first is None:
        raise Invalid.field("file", "empty", "The file is empty.", "Choose a file with at least one row.")
    if len(first.cells) > MOST_COLUMNS:
        message = f"The file has {len(first.cells)} columns."
        raise Invalid.field("file", "too_wide", message, f"At most {MOST_COLUMNS} are read.")
    has_header = not any(_EMAIL.fullmatch(cell.strip()) for cell in first.cells)
    return TextFile(content, encoding, separator, has_header)


def _refuse_other_files(content: bytes) -> None:
    for mark, kind in _OTHER_FILES:
        if content.startswith(mark):
            remedy = "Save the sheet as “CSV UTF-8” and choose that file."
            raise Invalid.field("file", "not_text", f"This is {kind}, not a text file.", remedy)
    if not content.strip():
        raise Invalid.field("file", "empty", "The file is empty.", "Choose a file with at least one row.")


def _known_encoding(content: bytes, encoding: str) -> str:
    if encoding not in ENCODINGS or not _decodes(content, encoding):
        message = f"The file cannot be read as “{encoding[:40]}”."
        remedy = f"Leave the encoding out to have it recognised, or use one of {', '.join(ENCODINGS)}."
        raise Invalid.field("encoding", "bad_encoding", message, remedy)
    return encoding


def _guessed_encoding(content: bytes) -> str:
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None) or _unmarked_utf16(content)
    if marked:
        return _known_encoding(content, marked)
    if _decodes(content, "utf-8"):
        return "utf-8"
    if b"\0" in content:
        raise Invalid.field("file", "not_text", "This is not a text file.", "Save the sheet as “CSV UTF-8”.")
    return _old_encoding(content)


def _unmarked_utf16(content: bytes) -> str | None:
    """In UTF-16, blanks, separators and Latin letters have a NUL beside them, always on the same side."""
    head = content[:4000]
    first, second = head[::2].count(0), head[1::2].count(0)
    ascii_alone = not head.translate(None, _PRINTABLE + b"\0")
    fewest = 0.3 if ascii_alone else 0.02
    if first + second < len(head) * fewest or min(first, second) * 20 > max(first, second):
        return None
    name = "utf-16-be" if first > second else "utf-16-le"
    return name if _decodes(content, name) else None


def _old_encoding(content: bytes) -> str:
    """The encoding of a file from before Unicode, told by its lines that are not ASCII."""
    lines = b"\n".join(islice((line for line in content.splitlines() if not line.isascii()), 2000))[:_SAMPLE]
    in_runs = sum(map(len, _RUN.findall(lines)))
    if in_runs * 2 <= len(_HIGH.findall(lines)):
        return "cp1252" if _decodes(content, "cp1252") else "latin-1"
    russian = max(_RUSSIAN, key=lambda name: sum(map(str.islower, lines.decode(name, "replace"))))
    letters = [letter for letter in lines.decode(russian, "replace") if not letter.isascii()]
    if sum("А" <= letter <= "я" or letter in "Ёё" for letter in letters) > 0.9 * len(letters):
        return russian
    best = from_bytes(lines, cp_isolation=[name for name in _OTHER_SCRIPTS if _decodes(content, name)]).best()
    return best.encoding if best else "latin-1"


def _decodes(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), _CHUNK):
            decoder.decode(content[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _guessed_separator(sample: str) -> str:
    """The separator that parts the first lines most evenly."""
    lines = [line for line in sample.splitlines()[:50] if line.strip()]
    return max(SEPARATORS, key=lambda separator: _evenness(lines, separator))


def _evenness(lines: Sequence[str], separator: str) -> tuple[float, int]:
    """How many lines have as many cells as the first, and how many cells that is; nothing for a single column."""
    try:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=separator)]
    except csv.Error:
        return (0, 0)
    if not widths or widths[0] < 2:
        return (0, 0)
    return (widths.count(widths[0]) / len(widths), widths[0])
