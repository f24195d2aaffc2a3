"""Cells of text files that people open in spreadsheets."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> str:
    """Write a value so that no spreadsheet takes it for a formula: an apostrophe goes before the sign of one.

    Numbers, dates and truths are written plainly; several choices are joined by `|`.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value).removesuffix(".0")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return safe_cell("|".join(map(str, value)) if isinstance(value, list | tuple) else str(value))


def csv_lines(rows: Iterable[Iterable[object]]) -> str:
    """Write rows as CSV, every cell safe."""
    text = io.StringIO()
    csv.writer(text).writerows([safe_cell(value) for value in row] for row in rows)
    return text.getvalue()
