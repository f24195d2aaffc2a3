"""The contract of the API, as the front end's types are made from it."""

import json
from pathlib import Path

from flask import Flask

FILE = Path(__file__).parents[2] / "openapi.json"


def test_the_committed_contract_is_up_to_date(app: Flask) -> None:
    """`openapi.json` is what the code says; if not: `flask --app wsgi openapi write openapi.json`."""
    assert json.loads(FILE.read_text()) == app.test_client().get("/api/openapi.json").get_json()


def test_every_operation_is_documented(app: Flask) -> None:
    """Each says what it does, and what an answer looks like, refusals included."""
    paths = json.loads(FILE.read_text())["paths"]
    for path, operations in paths.items():
        for method, operation in operations.items():
            if method != "parameters":
                assert operation.get("summary"), (method, path)
                assert any(status.startswith("2") for status in operation["responses"]), (method, path)


def test_names_are_told_apart(app: Flask) -> None:
    """No two forms share a name: that would make one of them `Name1`."""
    names = json.loads(FILE.read_text())["components"]["schemas"]
    assert [name for name in names if name[-1].isdigit()] == []
