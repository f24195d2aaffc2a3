"""Logs of every process: one line an event, and no personal data in any of them."""

import logging
import re
import sys

_ADDRESS = re.compile(r"[^\s'\"<>()=/,;:]+(?:@|%40)[^\s'\"<>()=/,;:]+")
_PHONE = re.compile(r"\+\d{7,15}\b")
# PostgreSQL repeats the offending row in these lines of its errors.
_DATABASE_DETAIL = re.compile(r"^(?:DETAIL|CONTEXT):.*$", re.MULTILINE)
_QUIET = ("alembic", "rq.worker", "rq.job", "rq.queue", "httpx", "httpcore")


class PrivateFormatter(logging.Formatter):
    """Blots out mail addresses, phone numbers and what PostgreSQL says of a row, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def redact(text: str) -> str:
    """The text without personal data."""
    text = _DATABASE_DETAIL.sub("DETAIL: [removed]", text)
    return _PHONE.sub("[phone]", _ADDRESS.sub("[e-mail]", text))


def configure(level: str, process: str) -> None:
    """Log to standard error from now on; `process` names this one in each line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PrivateFormatter(f"%(asctime)s {process}[%(process)d] %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
