"""Forms of imports."""

from typing import Final

from flask_smorest.fields import Upload
from marshmallow import fields, validate

from app.api.schemas.base import Form, Id, Utc
from app.services.imports import ImportState
from app.services.imports.text_files import ENCODINGS, MOST_COLUMNS, SEPARATORS
from nodes.catalog import Kind
from workflows.strict import BoundedList, Flag

_STATE: Final = validate.OneOf(tuple(ImportState))


class ImportFile(Form):
    """A text file of rows, at most 50 MB."""

    file = Upload(required=True)


class ImportHints(Form):
    """How the file is written, where recognising it went wrong."""

    encoding = fields.String(load_default=None, validate=validate.OneOf(ENCODINGS))
    delimiter = fields.String(load_default=None, validate=validate.OneOf(SEPARATORS))


class ColumnGuess(Form):
    """Where a column probably goes: a field or an attribute."""

    field = fields.String()
    attribute = fields.String()


class ColumnSuggestion(Form):
    """An attribute that could be made of a column."""

    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(tuple(Kind)))


class ImportColumn(Form):
    """A column of the file with its first values."""

    index = fields.Integer(required=True)
    header = fields.String(required=True)
    samples = fields.List(fields.String(), required=True)
    guess = fields.Nested(ColumnGuess, required=True, allow_none=True)
    suggestion = fields.Nested(ColumnSuggestion, required=True)


class ImportPreview(Form):
    """The file as it was understood."""

    id = fields.Integer(required=True)
    state = fields.String(required=True, validate=_STATE)
    columns = fields.List(fields.Nested(ImportColumn), required=True)
    rows_total_estimate = fields.Integer(required=True)
    encoding = fields.String(required=True)
    delimiter = fields.String(required=True)
    preview_rows = fields.List(fields.List(fields.String()), required=True)


class ColumnTarget(Form):
    """Where a column goes."""

    column = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST_COLUMNS))
    target = fields.String(
        required=True,
        validate=validate.Length(1, 100),
        metadata={"description": "email, phone, ext_id, time_zone, attribute:NAME, new:NAME:kind or skip"},
    )


class ImportStart(Form):
    """How to take the file in."""

    mapping = BoundedList(fields.Nested(ColumnTarget), required=True, validate=validate.Length(1, MOST_COLUMNS))
    list_id = Id(load_default=None, allow_none=True)
    update_existing = Flag(load_default=True)
    empty_overwrites = Flag(load_default=False)


class ImportCellError(Form):
    """What is wrong with a cell, or (without a column) with its row; rows counted as a spreadsheet does."""

    row = fields.Integer(required=True)
    column = fields.String(required=True)
    value = fields.String(required=True)
    message = fields.String(required=True)


class ImportProgress(Form):
    """How far an import is, and what became of its rows; `problem` says why it failed."""

    id = fields.Integer(required=True)
    state = fields.String(required=True, validate=_STATE)
    filename = fields.String(required=True)
    processed = fields.Integer(required=True)
    total = fields.Integer(required=True)
    created = fields.Integer(required=True)
    updated = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    problem = fields.String(required=True, allow_none=True)
    errors_sample = fields.List(fields.Nested(ImportCellError), required=True)
    created_at = Utc(required=True)
    finished_at = Utc(required=True, allow_none=True)
