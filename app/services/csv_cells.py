"""Cells of text files that people open in spreadsheets."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")


def safe_cell(value: object) -> str:
    """Write a value so that no spreadsheet takes it for a formula: an apostrophe goes before the sign of one.

    Numbers, dates and truths are written plainly; several choices are joined by `|`.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if _FORMULA.match(value) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value).removesuffix(".0")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return safe_cell("|".join(map(str, value)) if isinstance(value, list | tuple) else str(value))


def unmarked(cell: str) -> str:
    """Take away the apostrophe that `safe_cell`, or a person for a spreadsheet's sake, put before a formula's sign."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def csv_lines(rows: Iterable[Iterable[object]], separator: str = ",") -> str:
    """Write rows as CSV, every cell safe."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([safe_cell(value) for value in row] for row in rows)
    return text.getvalue()
