"""Logs of every process: one line an event, as text or JSON, with the ids it is about and no personal data."""

import logging
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final, Literal, TypeAlias

import orjson

from app.version import VERSION

Format: TypeAlias = Literal["text", "json"]
FORMATS: Final[tuple[Format, ...]] = ("text", "json")

_ADDRESS = re.compile(r"[^\s'\"<>()=/,;:]+(?:@|%40)[^\s'\"<>()=/,;:]+")
# In the API the name of a step follows, which is no secret.
_HOOK = re.compile(r"(?P<step>/automations/\d+/hooks/[\w-]+)|/hooks/[\w-]+")
_PHONE = re.compile(r"\+\d{7,15}\b")
# PostgreSQL repeats the offending row in these lines of its errors.
_DATABASE_DETAIL = re.compile(r"^(?:DETAIL|CONTEXT):.*$", re.MULTILINE)
_QUIET = ("alembic", "rq.worker", "rq.job", "rq.queue", "httpx", "httpcore")

log = logging.getLogger(__name__)

_ids: ContextVar[Mapping[str, int | str]] = ContextVar("log_ids", default={})  # noqa: B039 - never changed in place


def set_ids(**ids: int | str) -> None:
    """Let each line of this context name these ids, and no others."""
    _ids.set(ids)


@contextmanager
def about(**ids: int | str) -> Iterator[None]:
    """Let each line inside the block name these ids as well: `about(event=3)`. Ids only: no names, no values."""
    token = _ids.set({**_ids.get(), **ids})
    try:
        yield
    finally:
        _ids.reset(token)


class PrivateFormatter(logging.Formatter):
    """Blots out mail addresses, phone numbers and what PostgreSQL says of a row, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        ids = "".join(f" {name}={value}" for name, value in _ids.get().items())
        return redact(super().format(record)) + (f" [{ids[1:]}]" if ids else "")


class JsonFormatter(logging.Formatter):
    """One JSON object a line: `at`, `level`, `process`, `pid`, `logger`, `message`, the ids, and `exception`."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "process": self._process,
            "pid": record.process,
            "logger": record.name,
            "message": redact(record.getMessage()),
            **_ids.get(),
        }
        if record.exc_info:
            line["exception"] = redact(self.formatException(record.exc_info))
        return orjson.dumps(line).decode()


def redact(text: str) -> str:
    """The text without personal data, and without addresses that whoever knows them may call."""
    text = _DATABASE_DETAIL.sub("DETAIL: [removed]", text)
    text = _HOOK.sub(lambda found: found["step"] or "/hooks/[token]", text)
    return _PHONE.sub("[phone]", _ADDRESS.sub("[e-mail]", text))


def is_news(record: logging.LogRecord) -> bool:
    """Let pass what gunicorn says, save that a stop cut connections: each open page keeps one, for live news."""
    return not record.getMessage().startswith("Worker graceful timeout")


def say_started(place: str) -> None:
    """Log that this process is up: which Cadenza, and where."""
    log.info("Started: Cadenza %s at %s.", VERSION, place)


def say_stopped() -> None:
    """Log that this process was asked to stop, and has finished what it was doing."""
    log.info("Stopped.")


def configure(level: str, process: str, form: Format) -> None:
    """Log to standard error from now on; `process` names this one in each line."""
    words = f"%(asctime)s {process}[%(process)d] %(levelname)s %(name)s: %(message)s"
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(process) if form == "json" else PrivateFormatter(words))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
