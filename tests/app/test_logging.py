import json
import logging
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.logging import JsonFormatter, PrivateFormatter, about, is_news, redact, set_ids
from app.version import VERSION


def record_of(message: str, error: Exception | None = None) -> logging.LogRecord:
    return logging.LogRecord("x", logging.ERROR, "f", 1, message, None, (type(error), error, None) if error else None)


@pytest.mark.parametrize(
    "text",
    [
        "failed for ann.lee+x@example.co.uk, again",
        "GET /v3/contacts/ann.lee%40example.co.uk",
        "DETAIL:  Key (email)=(ann.lee@example.co.uk) already exists.",
        "DETAIL:  Failing row contains (3, Ann Lee, …).",
        "sms to +33612345678",
    ],
)
def test_personal_data_never_reaches_a_log(text: str):
    """Mail addresses, phone numbers and what PostgreSQL repeats of a row are blotted out."""
    shown = redact(text)
    assert not any(part in shown for part in ("ann", "Ann", "612345678"))


def test_ordinary_lines_stay_as_they_are():
    """Blotting out costs no meaning elsewhere."""
    line = "drained 2000 events of part 7 in 0.12 s, order 123456789"
    assert redact(line) == line


def test_addresses_of_hooks_never_reach_a_log():
    """Whoever reads the log must not be able to call a step."""
    shown = redact("HTTP Request: POST http://127.0.0.1:8000/hooks/x3-_Qq8 answered 202")
    assert shown == "HTTP Request: POST http://127.0.0.1:8000/hooks/[token] answered 202"
    step = "POST /api/automations/7/hooks/called-2/replay answered 200"
    assert redact(step) == step


def test_tracebacks_are_blotted_out_too():
    """An exception's text may repeat what a person typed."""
    record = record_of("oops", ValueError("bad address ann@example.com"))
    assert "ann@" not in PrivateFormatter("%(message)s").format(record)
    assert "ann@" not in JsonFormatter("web").format(record)


def test_a_failed_statement_tells_nobody_what_it_would_have_written(database: Session):
    """Names are no pattern that could be blotted out: an error of the database does not hold them at all."""
    with pytest.raises(DBAPIError) as failed:
        database.execute(text("SELECT CAST(:given AS jsonb) -> 1 / 0"), {"given": '{"a1": "HIV clinic, Lyon"}'})
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "oops", None, (DBAPIError, failed.value, None))
    assert "clinic" not in PrivateFormatter("%(message)s").format(record)


def test_a_json_line_can_be_read_by_programs():
    """Each line is one object, whatever line breaks and quotes the message holds; ids are fields of their own."""
    with about(request="r-1"), about(event=3):
        line = JsonFormatter("worker").format(record_of('set "aside"\nfor ann@example.com', KeyError("x")))
    read = json.loads(line)
    assert "\n" not in line
    assert {"level": "ERROR", "process": "worker", "logger": "x", "request": "r-1", "event": 3}.items() <= read.items()
    assert read["message"] == 'set "aside"\nfor [e-mail]'
    assert "KeyError" in read["exception"]


def test_a_line_of_text_names_the_ids_too():
    """What a block is about stands behind each line inside, and behind none after it."""
    formatter = PrivateFormatter("%(message)s")
    set_ids(request="r-1")
    with about(part=7):
        assert formatter.format(record_of("drained")) == "drained [request=r-1 part=7]"
    set_ids()
    assert formatter.format(record_of("drained")) == "drained"


def test_what_happens_at_every_stop_is_no_news():
    """Gunicorn's line on connections that a stop cut stays out of the log; its other lines do not."""
    line = "Worker graceful timeout (pid:%s)"
    assert line in Path(find_spec("gunicorn.workers.ggevent").origin).read_text()
    assert not is_news(record_of(line % 7))
    assert is_news(record_of("Worker timed out (pid:7)"))


def test_the_version_is_that_of_the_project():
    """What a process says of itself at its start is what the project says."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
