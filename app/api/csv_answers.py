"""Answering with a text file that is still being written."""

from collections.abc import Iterator

from flask import Response


def csv_answer(pieces: Iterator[str], filename: str) -> Response:
    """Return a CSV file to be saved under this name, sent while it is made."""
    response = Response(pieces, mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    return response
