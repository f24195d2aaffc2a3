"""One id a request: taken from whoever calls, or made here; in every line of the log and in the answer."""

import logging
import re
import time
import uuid
from typing import Final

from flask import Flask, Response, g, request

from app.logging import set_ids

HEADER: Final = "X-Request-ID"
# What a caller sends stands in the log: nothing that could be a mail address or break a line.
_TAKEN: Final = re.compile(r"[A-Za-z0-9._:-]{1,100}")
_SLOW_SECONDS: Final = 1.0

log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Give each request its id. To be installed first: what comes after may want to log."""
    app.before_request(_begin)
    app.after_request(_answered)
    app.teardown_request(_forget)


def current() -> str:
    """Return the id of the present request."""
    request_id: str = g.request_id
    return request_id


def _begin() -> None:
    given = request.headers.get(HEADER, "")
    g.request_id = given if _TAKEN.fullmatch(given) else uuid.uuid4().hex
    g.request_began = time.monotonic()
    set_ids(request=g.request_id)


def _answered(response: Response) -> Response:
    response.headers[HEADER] = current()
    seconds = time.monotonic() - g.request_began
    level = logging.WARNING if seconds > _SLOW_SECONDS else logging.DEBUG
    # The route, not the path: a path may hold a mail address.
    log.log(level, "%s %s: %d in %.3f s", request.method, request.url_rule, response.status_code, seconds)
    return response


def _forget(_error: BaseException | None) -> None:
    set_ids()
