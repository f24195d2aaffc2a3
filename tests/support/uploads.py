"""Sending files as browsers do."""

import io

from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, stream_encode_multipart

PEOPLE = "email;first name\nada@x.io;Ada\nnobody;Bob\n"


def uploaded(
    caller: FlaskClient, content: str | bytes = PEOPLE, query: str = "", *, name: str = "people.csv"
) -> TestResponse:
    """Upload a file to be imported."""
    file = FileStorage(io.BytesIO(content.encode() if isinstance(content, str) else content), name)
    body, length, boundary = stream_encode_multipart({"file": file}, use_tempfile=False)
    kind = f'multipart/form-data; boundary="{boundary}"'
    return caller.post(f"/api/imports{query}", input_stream=body, content_length=length, content_type=kind)
